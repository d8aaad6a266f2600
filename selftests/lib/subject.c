// SPDX-License-Identifier: GPL-2.0
/* subject.c - a process that faults on demand, watched from outside */
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sched.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/sysinfo.h>
#include <sys/utsname.h>
#include <sys/wait.h>
#include <unistd.h>

#include "subject.h"

#define PAGEMAP_SWAPPED (1ULL << 62)

static int go_fd, done_fd;

size_t page_size(void)
{
	static size_t size;

	if (!size)
		size = sysconf(_SC_PAGESIZE);
	return size;
}

size_t huge_size(void)
{
	return page_size() / sizeof(uint64_t) * page_size();
}

size_t around(void)
{
	return 65536 / page_size();
}

static void fail(const char *what)
{
	printf("# subject: ");
	fflush(stdout);
	perror(what);
	_exit(1);
}

void must(int error)
{
	if (error)
		_exit(1);
}

bool subject_start(struct subject *s, void (*run)(void))
{
	int go[2], done[2];

	if (pipe(go) || pipe(done))
		fail("pipe");
	fflush(stdout);
	s->first = fork();
	if (s->first < 0)
		fail("fork");
	if (!s->first) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		prctl(PR_SET_THP_DISABLE, 1, 0, 0, 0);
		close(go[1]);
		close(done[0]);
		go_fd = go[0];
		done_fd = done[1];
		run();
		_exit(0);
	}
	close(go[0]);
	close(done[1]);
	s->go = go[1];
	s->done = done[0];
	return read(s->done, &s->pid, sizeof(s->pid)) == sizeof(s->pid);
}

bool subject_go(struct subject *s)
{
	return write(s->go, "", 1) == 1 &&
	       read(s->done, &s->pid, sizeof(s->pid)) == sizeof(s->pid);
}

void subject_end(struct subject *s)
{
	/* A skipped test started none, and kill(0) is for the whole process group. */
	if (!s->first)
		return;
	close(s->go);
	close(s->done);
	kill(s->first, SIGKILL);
	waitpid(s->first, NULL, 0);
	s->first = 0;
}

void step(void)
{
	pid_t pid = getpid();
	char c;

	/* The test has ended. */
	if (write(done_fd, &pid, sizeof(pid)) != sizeof(pid) ||
	    read(go_fd, &c, 1) != 1)
		_exit(0);
}

void become_child(void)
{
	pid_t pid;

	fflush(stdout);
	pid = fork();
	if (pid < 0)
		fail("fork");
	if (pid) {
		waitpid(pid, NULL, 0);
		_exit(0);
	}
	prctl(PR_SET_PDEATHSIG, SIGKILL);
}

pid_t bystander(void)
{
	pid_t parent = getpid();
	pid_t pid = fork();

	if (pid < 0)
		fail("fork");
	if (!pid) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		/* Stopped by a tracer, it may come here after its parent has ended. */
		while (getppid() == parent)
			pause();
		_exit(0);
	}
	return pid;
}

void dismiss(pid_t pid)
{
	kill(pid, SIGKILL);
	waitpid(pid, NULL, 0);
}

char *memory(size_t pages)
{
	char *p = mmap(NULL, pages * page_size(), PROT_READ | PROT_WRITE,
		       MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (p == MAP_FAILED)
		fail("mmap");
	return p;
}

void write_pages(char *start, size_t pages)
{
	size_t i, size = page_size();

	for (i = 0; i < pages; i++)
		*(volatile char *)(start + i * size) = 1;
}

void read_pages(const char *start, size_t pages)
{
	size_t i, size = page_size();

	for (i = 0; i < pages; i++)
		(void)*(const volatile char *)(start + i * size);
}

/*
 * Touch the stack as far as the frames of later calls may reach: below this one,
 * and above it, as a tail call begins where its caller's frame was.
 */
static void __attribute__((noinline)) touch_stack(void)
{
	volatile char *above = (char *)__builtin_frame_address(0) + 1024;
	volatile char below[32768];
	size_t i;

	*above = *above;
	for (i = 0; i < sizeof(below); i += 1024)
		below[i] = 1;
}

/*
 * After a thread was scheduled out, the kernel writes to its rseq area, which is on a
 * page that is shared after fork: have that happen now.  A short sleep may end before
 * the thread is scheduled out; since about 6.19 only a change of the CPU is written.
 */
static void sleep_once(void)
{
	struct rusage before, after;
	cpu_set_t allowed;
	int cpu;

	sched_getaffinity(0, sizeof(allowed), &allowed);
	getrusage(RUSAGE_SELF, &before);
	do {
		usleep(1000);
		getrusage(RUSAGE_SELF, &after);
	} while (after.ru_nvcsw == before.ru_nvcsw);
	for (cpu = 0; cpu < get_nprocs_conf(); cpu++)
		run_on(cpu);
	sched_setaffinity(0, sizeof(allowed), &allowed);
}

void warm_up(void)
{
	char *p = memory(1);
	int fd[2];
	char c;

	touch_stack();
	read_pages(p, 1);
	write_pages(p, 1);
	munmap(p, page_size());
	if (pipe(fd) || write(fd[1], "", 1) != 1 || read(fd[0], &c, 1) != 1)
		fail("pipe");
	close(fd[0]);
	close(fd[1]);
	getpid();
	/* Some C libraries read the clock here, by the vDSO's data pages. */
	get_nprocs();
	sleep_once();
}

static size_t swapped(const char *start, size_t pages)
{
	int fd = open("/proc/self/pagemap", O_RDONLY);
	size_t i, nr = 0;
	uint64_t entry;

	if (fd < 0)
		fail("/proc/self/pagemap");
	for (i = 0; i < pages; i++) {
		off_t at = ((uintptr_t)start / page_size() + i) * sizeof(entry);

		if (pread(fd, &entry, sizeof(entry), at) != sizeof(entry))
			fail("/proc/self/pagemap");
		nr += !!(entry & PAGEMAP_SWAPPED);
	}
	close(fd);
	return nr;
}

bool kernel_since(int major, int minor)
{
	struct utsname name;
	int have[2];

	if (uname(&name) ||
	    sscanf(name.release, "%d.%d", &have[0], &have[1]) != 2)
		fail("uname");
	return have[0] > major || (have[0] == major && have[1] >= minor);
}

void run_on(int cpu)
{
	cpu_set_t set;

	CPU_ZERO(&set);
	CPU_SET(cpu, &set);
	sched_setaffinity(0, sizeof(set), &set);
}

void page_out(char *start, size_t pages)
{
	cpu_set_t allowed;
	int tries;

	sched_getaffinity(0, sizeof(allowed), &allowed);
	/*
	 * New pages wait in a batch of the CPU that touched them, where they cannot be
	 * reclaimed.  madvise() empties the batch of the CPU it runs on: try all CPUs.
	 */
	for (tries = 0; tries < 100; tries++) {
		run_on(tries % get_nprocs());
		if (madvise(start, pages * page_size(), MADV_PAGEOUT))
			fail("MADV_PAGEOUT");
		if (swapped(start, pages) == pages) {
			sched_setaffinity(0, sizeof(allowed), &allowed);
			return;
		}
		usleep(20000);
	}
	printf("# subject: only %zu of %zu pages went to swap\n",
	       swapped(start, pages), pages);
	fflush(stdout);
	_exit(1);
}

int cached_file(size_t pages)
{
	char name[] = "/tmp/pagestat-XXXXXX";
	int fd = mkstemp(name);
	char *page = calloc(1, page_size());
	size_t i;

	if (fd < 0 || !page)
		fail(name);
	unlink(name);
	for (i = 0; i < pages; i++)
		if (write(fd, page, page_size()) != (ssize_t)page_size())
			fail(name);
	free(page);
	return fd;
}

static void (*race_run)(void);
static atomic_int race_ready, race_on, race_done;

static void *racer(void *unused)
{
	int i, rounds = 0;

	(void)unused;
	touch_stack();
	for (;;) {
		atomic_fetch_add(&race_ready, 1);
		while (atomic_load(&race_on) == rounds)
			sched_yield();
		rounds++;
		/* So that both threads call it within a few instructions. */
		atomic_fetch_sub(&race_ready, 1);
		for (i = 0; i < 100000 && atomic_load(&race_ready); i++)
			;
		race_run();
		atomic_fetch_add(&race_done, 1);
	}
	return NULL;
}

void race_init(void (*run)(void))
{
	pthread_t thread;
	int i;

	race_run = run;
	for (i = 0; i < 2; i++)
		if (pthread_create(&thread, NULL, racer, NULL))
			fail("pthread_create");
	while (atomic_load(&race_ready) != 2)
		sched_yield();
}

void race(void)
{
	atomic_store(&race_done, 0);
	atomic_fetch_add(&race_on, 1);
	while (atomic_load(&race_done) != 2 || atomic_load(&race_ready) != 2)
		sched_yield();
}
