// SPDX-License-Identifier: GPL-2.0
/*
 * test_tasks.c - unusual tasks: shared memory, a reused pid, a killed fault, a worker
 * of io_uring: whose counters count
 */
#include <fcntl.h>
#include <linux/io_uring.h>
#include <linux/userfaultfd.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "kernel.h"
#include "watch.h"

static char *mem;

/* The child uses its parent's memory and stack until it ends, but counts its own. */
static void vforks(void)
{
	pid_t pid;

	warm_up();
	mem = memory(PAGES);
	step();
	pid = vfork();
	if (!pid) {
		write_pages(mem, PAGES);
		_exit(0);
	}
	waitpid(pid, NULL, 0);
	step();
}

static int in_our_memory(void *start)
{
	write_pages(start, PAGES);
	return 0;
}

static void clones_memory_only(void)
{
	char *stack;
	pid_t pid;

	warm_up();
	mem = memory(PAGES);
	stack = memory(16);
	write_pages(stack, 16);
	step();
	pid = clone(in_our_memory, stack + 16 * page_size(), CLONE_VM | SIGCHLD, mem);
	waitpid(pid, NULL, 0);
	step();
}

/* What a child touches of its parent's memory is the child's, then "children"'s. */
#define EXPECT_CHILD_BILLED(run) do {					\
	struct counters before, after;					\
									\
	START(run);							\
	ASSERT_TRUE(counters_of("children", self->s.pid, &before));	\
	GO();								\
	ASSERT_TRUE(counters_of("children", self->s.pid, &after));	\
	EXPECT_EQ(0UL, GREW(zerofill));					\
	EXPECT_EQ(PAGES, after.n[PAGESTAT_zerofill] - before.n[PAGESTAT_zerofill]); \
	EXPECT_EQ(0UL, after.n[PAGESTAT_other] - before.n[PAGESTAT_other]); \
	EXPECT_EQ(FAULTS(), GREW(minor));				\
} while (0)

TEST_F(watch, vfork)
{
	EXPECT_CHILD_BILLED(vforks);
}

TEST_F(watch, clone_of_the_memory_alone)
{
	EXPECT_CHILD_BILLED(clones_memory_only);
}

/* Fork a child with this pid; 0 where another task has it, -1 where it cannot be. */
static pid_t child_with_pid(pid_t want, size_t pages)
{
	char text[16];
	pid_t pid;

	snprintf(text, sizeof(text), "%d", want - 1);
	if (!kernel_set("/proc/sys/kernel/ns_last_pid", text, NULL, 0))
		return -1;
	pid = fork();
	if (!pid) {
		write_pages(memory(pages), pages);
		_exit(0);
	}
	waitpid(pid, NULL, 0);
	return pid == want ? pid : 0;
}

TEST(a_reused_pid_is_another_process)
{
	struct counters first, both;
	struct rusage usage;
	pid_t pid = fork();
	int tries;

	if (!pid) {
		write_pages(memory(PAGES), PAGES);
		_exit(0);
	}
	ASSERT_EQ(pid, wait4(pid, NULL, 0, &usage));
	ASSERT_TRUE(counters_of("exited", pid, &first));
	for (tries = 0; tries < 100; tries++) {
		pid_t again = child_with_pid(pid, 7);

		if (again < 0)
			SKIP(return, "no ns_last_pid");
		if (again)
			break;
	}
	ASSERT_GT(100, tries);
	ASSERT_TRUE(counters_of("exited", pid, &both));
	EXPECT_EQ(2, both.rows);
	EXPECT_GT(both.start_ns, first.start_ns);
	EXPECT_LE(first.n[PAGESTAT_zerofill] + 7, both.n[PAGESTAT_zerofill]);
	EXPECT_GT(first.n[PAGESTAT_zerofill] + PAGES, both.n[PAGESTAT_zerofill]);
	EXPECT_FALSE(counters_of("processes", pid, &both));
}

static void waits_in_a_fault(void)
{
	struct uffdio_register range;
	struct uffdio_api api = { .api = UFFD_API };
	int fd = syscall(SYS_userfaultfd, O_CLOEXEC);

	warm_up();
	mem = memory(PAGES);
	range = (struct uffdio_register){
		.range = { (uintptr_t)mem, PAGES * page_size() },
		.mode = UFFDIO_REGISTER_MODE_MISSING,
	};
	if (fd < 0 || ioctl(fd, UFFDIO_API, &api) ||
	    ioctl(fd, UFFDIO_REGISTER, &range))
		_exit(4);
	step();
	write_pages(mem, 1);	/* nobody serves it */
}

TEST_F(watch, killed_in_the_middle_of_a_fault)
{
	struct rusage usage;
	struct counters c;
	int tries, status;

	START(waits_in_a_fault);
	ASSERT_TRUE(counters_of("processes", self->s.pid, &self->before));
	ASSERT_EQ(1, write(self->s.go, "", 1));
	for (tries = 0; tries < 100; tries++) {
		ASSERT_TRUE(counters_of("processes", self->s.pid, &self->after));
		if (GREW(uffd))
			break;
		usleep(20000);
	}
	EXPECT_COUNTED({ PAGESTAT_uffd, 1 }, END);
	kill(self->s.first, SIGKILL);
	ASSERT_EQ(self->s.first, wait4(self->s.first, &status, 0, &usage));
	ASSERT_TRUE(counters_of("exited", self->s.first, &c));
	EXPECT_EQ(SIGKILL, WTERMSIG(c.exit_code));
	EXPECT_EQ((uint64_t)usage.ru_minflt, c.n[PAGESTAT_minor]);
	EXPECT_EQ((uint64_t)usage.ru_majflt, c.n[PAGESTAT_major]);
	/* That fault failed; exit() itself needs no new page. */
	EXPECT_EQ(self->before.n[PAGESTAT_error] + 1, c.n[PAGESTAT_error]);
	EXPECT_EQ(self->before.n[PAGESTAT_zerofill], c.n[PAGESTAT_zerofill]);
	EXPECT_EQ(self->before.n[PAGESTAT_other], c.n[PAGESTAT_other]);
}

static unsigned int ring_entry(void *ring, unsigned int at)
{
	return *(volatile unsigned int *)((char *)ring + at);
}

/* Have io_uring read a file into memory, by a worker thread. */
static void read_by_worker(int fd, char *to, size_t len)
{
	struct io_uring_params p = { 0 };
	struct io_uring_sqe *sqe;
	int ring = syscall(SYS_io_uring_setup, 1, &p);
	unsigned int tail;
	char *sq;

	if (ring < 0)
		_exit(4);
	sq = mmap(NULL, p.sq_off.array + 4096, PROT_READ | PROT_WRITE,
		  MAP_SHARED | MAP_POPULATE, ring, IORING_OFF_SQ_RING);
	sqe = mmap(NULL, sizeof(*sqe), PROT_READ | PROT_WRITE,
		   MAP_SHARED | MAP_POPULATE, ring, IORING_OFF_SQES);
	if (sq == MAP_FAILED || sqe == MAP_FAILED)
		_exit(1);
	memset(sqe, 0, sizeof(*sqe));
	sqe->opcode = IORING_OP_READ;
	sqe->flags = IOSQE_ASYNC;
	sqe->fd = fd;
	sqe->addr = (uintptr_t)to;
	sqe->len = len;
	tail = ring_entry(sq, p.sq_off.tail);
	*(volatile unsigned int *)(sq + p.sq_off.array) = 0;
	__atomic_store_n((unsigned int *)(sq + p.sq_off.tail), tail + 1,
			 __ATOMIC_RELEASE);
	if (syscall(SYS_io_uring_enter, ring, 1, 1, IORING_ENTER_GETEVENTS,
		    NULL, 0) != 1)
		_exit(1);
}

static void has_a_worker(void)
{
	int fd = cached_file(PAGES);
	char *first = memory(1);

	warm_up();
	write_pages(first, 1);
	read_by_worker(fd, first, 1);	/* so that its code and data do not fault later */
	mem = memory(PAGES);
	step();
	lseek(fd, 0, SEEK_SET);
	read_by_worker(fd, mem, PAGES * page_size());
	step();
}

/* It is a thread of the process, as /proc/PID/stat has it. */
TEST_F(watch, a_worker_of_io_uring_is_billed_to_its_process)
{
	if (!kernel_since(5, 12))
		SKIP(return, "workers are not threads of the process in this kernel");
	ASSERT_TRUE(subject_start(&self->s, has_a_worker));
	GO();
	EXPECT_EQ(PAGES, GREW(kernel));
	EXPECT_EQ(PAGES, GREW(zerofill));
	EXPECT_EQ(FAULTS(), GREW(minor));
	EXPECT_EQ(0UL, GREW(other));
	EXPECT_EQ(GREW(minor) - PAGES, GREW(filemap) + GREW(zeromap));
}

static void *waits(void *unused)
{
	step();
	return unused;
}

/* The first thread ends, and stays as a zombie while the other lives. */
static void leaderless(void)
{
	pthread_t thread;

	warm_up();
	must(pthread_create(&thread, NULL, waits, NULL));
	syscall(SYS_exit, 0);
}

#define GROUP "/sys/fs/cgroup/pagestat-tasks"

TEST_F(watch, a_process_without_its_first_thread_has_its_control_group)
{
	char pid[16];
	struct stat st;

	START(leaderless);
	rmdir(GROUP);
	ASSERT_EQ(0, mkdir(GROUP, 0755));
	ASSERT_EQ(0, stat(GROUP, &st));
	snprintf(pid, sizeof(pid), "%d", self->s.pid);
	ASSERT_TRUE(kernel_set(GROUP "/cgroup.procs", pid, NULL, 0));
	ASSERT_TRUE(counters_of("processes", self->s.pid, &self->after));
	EXPECT_EQ(st.st_ino, self->after.cgroup_id);
	ASSERT_TRUE(counters_of("threads", self->s.pid, &self->after));
	EXPECT_EQ(2, self->after.rows);
	EXPECT_EQ(st.st_ino, self->after.cgroup_id);
	subject_end(&self->s);
	rmdir(GROUP);
}

TEST_HARNESS_MAIN
