// SPDX-License-Identifier: GPL-2.0
/*
 * faults.c - measure how long one fault takes, by kind
 *
 * usage: faults [ROUNDS | each | settle]
 *
 * The driver programs/stall has to be loaded.
 *
 * Prints a line for each kind: its name, and the nanoseconds of a fault.  That is the
 * mean of many short measurements without the shortest and the longest fifth: few of
 * them have a timer tick or a new page table in them.  In a VM whose clock counts
 * instructions (bench.sh), it is the instructions of a fault with the loop around it.
 * With "each", faults are measured one by one and the median is printed: what another
 * CPU does between two faults is then not measured.  With "settle", waits until the
 * same fault takes the same time several times: the boot has ended.
 */
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#ifndef MADV_PAGEOUT
#define MADV_PAGEOUT 21
#endif

#define STALL_PAIRS	_IO('s', 4)

#define PAGES	1000UL
#define PAGE	4096UL
#define SIZE	(PAGES * PAGE)
#define ROUNDS	9	/* at most */

static size_t at_once = 50;	/* how many pages one measurement has */

static void die(const char *what)
{
	perror(what);
	exit(1);
}

static double now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1e9 + t.tv_nsec;
}

static char *map(int flags, int fd)
{
	char *p = mmap(NULL, SIZE, PROT_READ | PROT_WRITE, flags, fd, 0);

	if (p == MAP_FAILED)
		die("mmap");
	/* So that a fault maps one page only, without read-ahead. */
	madvise(p, SIZE, MADV_RANDOM);
	return p;
}

static char *anonymous(void)
{
	return map(MAP_PRIVATE | MAP_ANONYMOUS, -1);
}

/* All measurements of one kind. */
static double chunk[ROUNDS * PAGES];
static size_t nr_chunks;

/* Write to all pages, or read them; with @note, record how long that took. */
static void access_all(char *p, int write, int note)
{
	double start = 0;
	size_t i;

	for (i = 0; i < PAGES; i++) {
		if (i % at_once == 0)
			start = now();
		if (write)
			*(volatile char *)(p + i * PAGE) = 1;
		else
			(void)*(volatile char *)(p + i * PAGE);
		if (note && i % at_once == at_once - 1)
			chunk[nr_chunks++] = (now() - start) / at_once;
	}
}

static void first_touch(void)
{
	char *p = anonymous();

	access_all(p, 1, 1);
	munmap(p, SIZE);
}

/* Write while a child shares the pages, or after it has ended. */
static void after_fork(int shared)
{
	char *p = anonymous();
	pid_t pid;

	access_all(p, 1, 0);
	pid = fork();
	if (!pid)
		for (;;)
			pause();
	if (!shared) {
		kill(pid, SIGKILL);
		waitpid(pid, NULL, 0);
	}
	access_all(p, 1, 1);
	if (shared) {
		kill(pid, SIGKILL);
		waitpid(pid, NULL, 0);
	}
	munmap(p, SIZE);
}

static void cow(void)
{
	after_fork(1);
}

static void reuse(void)
{
	after_fork(0);
}

static void file_mapped(int flags, int write)
{
	char name[] = "/tmp/pagestat-XXXXXX", *p;
	int fd = mkstemp(name);

	if (fd < 0 || unlink(name) || ftruncate(fd, SIZE))
		die(name);
	p = map(MAP_SHARED, fd);
	access_all(p, 1, 0);
	munmap(p, SIZE);
	p = map(flags, fd);
	access_all(p, write, 1);
	munmap(p, SIZE);
	close(fd);
}

static void shared_write(void)
{
	file_mapped(MAP_SHARED, 1);
}

/* A fault maps one page only, as measure.sh has turned off fault-around. */
static void shared_read(void)
{
	file_mapped(MAP_SHARED, 0);
}

static void private_write(void)
{
	file_mapped(MAP_PRIVATE, 1);
}

static void swap_in(void)
{
	char *p = anonymous();
	int i;

	access_all(p, 1, 0);
	for (i = 0; i < 20; i++)
		madvise(p, SIZE, MADV_PAGEOUT);
	access_all(p, 0, 1);
	munmap(p, SIZE);
}

/* A stall for want of memory, its entry and its end: no fault, but what slow ones pass. */
static void stalled(void)
{
	int fd = open("/dev/pagestat-stall", O_RDWR | O_CLOEXEC);
	double start;
	size_t i;

	if (fd < 0)
		die("/dev/pagestat-stall");
	for (i = 0; i < PAGES; i += at_once) {
		start = now();
		ioctl(fd, STALL_PAIRS, at_once);
		chunk[nr_chunks++] = (now() - start) / at_once;
	}
	close(fd);
}

static const struct {
	const char *name;
	void (*measure)(void);
} kinds[] = {
	{ "first touch", first_touch },
	{ "copy after fork", cow },
	{ "reuse after fork", reuse },
	{ "file, read", shared_read },
	{ "file, shared write", shared_write },
	{ "file, private write", private_write },
	{ "swap-in from zram", swap_in },
	{ "stall", stalled },
};

static int ascending(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

/* Measure a kind of fault; the first round is not used. */
static double measure(size_t kind, int rounds)
{
	size_t fifth, i;
	double sum = 0;

	for (i = 0; i <= (size_t)rounds; i++) {
		if (i <= 1)
			nr_chunks = 0;
		kinds[kind].measure();
	}
	qsort(chunk, nr_chunks, sizeof(*chunk), ascending);
	if (at_once == 1)
		return chunk[nr_chunks / 2];
	fifth = nr_chunks / 5;
	for (i = fifth; i < nr_chunks - fifth; i++)
		sum += chunk[i];
	return sum / (nr_chunks - 2 * fifth);
}

static void settle(void)
{
	double ns, last = 0;
	int tries, same = 0;

	for (tries = 0; same < 3; tries++) {
		if (tries == 200) {
			fputs("faults: the machine does not settle\n", stderr);
			exit(1);
		}
		usleep(100 * 1000);
		ns = measure(0, 3);
		same = ns < last * 1.005 && ns > last * 0.995 ? same + 1 : 0;
		last = ns;
	}
}

int main(int argc, char **argv)
{
	int each = argc > 1 && !strcmp(argv[1], "each");
	int rounds = argc > 1 && !each ? atoi(argv[1]) : 3;
	size_t k;

	prctl(PR_SET_THP_DISABLE, 1, 0, 0, 0);
	if (argc > 1 && !strcmp(argv[1], "settle")) {
		settle();
		return 0;
	}
	if (each)
		at_once = 1;
	if (rounds < 1 || rounds > ROUNDS) {
		fprintf(stderr, "faults: rounds: 1 to %d\n", ROUNDS);
		return 1;
	}
	for (k = 0; k < sizeof(kinds) / sizeof(*kinds); k++)
		printf("%s\t%.0f\n", kinds[k].name, measure(k, rounds));
	return 0;
}
