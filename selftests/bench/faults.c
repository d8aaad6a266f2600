// SPDX-License-Identifier: GPL-2.0
/*
 * faults.c - how long one fault takes, by kind
 *
 * usage: faults
 *
 * Prints a line a kind: its name, and nanoseconds a fault, the median of several
 * rounds.  In a VM whose clock counts instructions (bench.sh) these are the
 * instructions of a fault, the loop around it included.
 */
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#ifndef MADV_PAGEOUT
#define MADV_PAGEOUT 21
#endif

#define PAGES	2000
#define PAGE	4096UL
#define SIZE	(PAGES * PAGE)
#define ROUNDS	9

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
	/* One page a fault, also where the kernel would map those around it. */
	madvise(p, SIZE, MADV_RANDOM);
	return p;
}

static char *anonymous(void)
{
	return map(MAP_PRIVATE | MAP_ANONYMOUS, -1);
}

/* Nanoseconds a page, to write to all, or to read all. */
static double write_all(char *p)
{
	double start = now();
	size_t i;

	for (i = 0; i < SIZE; i += PAGE)
		*(volatile char *)(p + i) = 1;
	return (now() - start) / PAGES;
}

static double read_all(char *p)
{
	double start = now();
	size_t i;

	for (i = 0; i < SIZE; i += PAGE)
		(void)*(volatile char *)(p + i);
	return (now() - start) / PAGES;
}

static double first_touch(void)
{
	char *p = anonymous();
	double ns = write_all(p);

	munmap(p, SIZE);
	return ns;
}

/* With a child that shares the pages, or that has gone. */
static double after_fork(int shared)
{
	char *p = anonymous();
	pid_t pid;
	double ns;

	write_all(p);
	pid = fork();
	if (!pid)
		for (;;)
			pause();
	if (!shared) {
		kill(pid, SIGKILL);
		waitpid(pid, NULL, 0);
	}
	ns = write_all(p);
	if (shared) {
		kill(pid, SIGKILL);
		waitpid(pid, NULL, 0);
	}
	munmap(p, SIZE);
	return ns;
}

static double cow(void)
{
	return after_fork(1);
}

static double reuse(void)
{
	return after_fork(0);
}

static double file_mapped(int flags, double (*access)(char *))
{
	char name[] = "/tmp/pagestat-XXXXXX", *p;
	int fd = mkstemp(name);
	double ns;

	if (fd < 0 || unlink(name) || ftruncate(fd, SIZE))
		die(name);
	p = map(MAP_SHARED, fd);
	write_all(p);
	munmap(p, SIZE);
	p = map(flags, fd);
	ns = access(p);
	munmap(p, SIZE);
	close(fd);
	return ns;
}

static double shared_write(void)
{
	return file_mapped(MAP_SHARED, write_all);
}

static double private_write(void)
{
	return file_mapped(MAP_PRIVATE, write_all);
}

static double swap_in(void)
{
	char *p = anonymous();
	double ns;
	int i;

	write_all(p);
	for (i = 0; i < 20; i++)
		madvise(p, SIZE, MADV_PAGEOUT);
	ns = read_all(p);
	munmap(p, SIZE);
	return ns;
}

static const struct {
	const char *name;
	double (*measure)(void);
} kinds[] = {
	/* in the order of their names, for join(1) */
	{ "copy after fork", cow },
	{ "file, private write", private_write },
	{ "file, shared write", shared_write },
	{ "first touch", first_touch },
	{ "reuse after fork", reuse },
	{ "swap-in from zram", swap_in },
};

static int ascending(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

int main(void)
{
	double ns[ROUNDS];
	size_t k;
	int i;

	prctl(PR_SET_THP_DISABLE, 1, 0, 0, 0);
	for (k = 0; k < sizeof(kinds) / sizeof(*kinds); k++) {
		kinds[k].measure();
		for (i = 0; i < ROUNDS; i++)
			ns[i] = kinds[k].measure();
		qsort(ns, ROUNDS, sizeof(*ns), ascending);
		printf("%s\t%.0f\n", kinds[k].name, ns[ROUNDS / 2]);
	}
	return 0;
}
