// SPDX-License-Identifier: GPL-2.0
/*
 * sleepers.c - many threads that sleep in a page fault at the same time
 *
 * usage: sleepers THREADS [serve]
 *
 * Prints a line when all of them do, and ends when it reads one: then the userfaultfd
 * is closed, which nobody served.  With "serve", the faults are served then; as each is
 * tried a second time, it is a major one.  When the threads have ended, a second line
 * has how many major faults the kernel counted.
 */
#include <fcntl.h>
#include <linux/userfaultfd.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#define PAGE	4096UL
#define STACK	(16 * PAGE)

static void die(const char *what)
{
	perror(what);
	exit(1);
}

static void *sleeper(void *page)
{
	*(volatile char *)page = 1;
	return NULL;
}

static void serve(int uffd, struct uffdio_range range, const pthread_t *threads,
		  unsigned long nr)
{
	struct uffdio_zeropage zero = { .range = range };
	struct rusage usage;

	if (ioctl(uffd, UFFDIO_ZEROPAGE, &zero))
		die("UFFDIO_ZEROPAGE");
	while (nr--)
		pthread_join(threads[nr], NULL);
	getrusage(RUSAGE_SELF, &usage);
	printf("%ld\n", usage.ru_majflt);
}

int main(int argc, char **argv)
{
	const unsigned long nr = argc > 1 ? strtoul(argv[1], NULL, 10) : 0;
	const bool served = argc == 3 && !strcmp(argv[2], "serve");
	struct uffdio_api api = { .api = UFFD_API };
	struct uffdio_register reg = { .mode = UFFDIO_REGISTER_MODE_MISSING };
	pthread_attr_t small;
	struct uffd_msg msg;
	pthread_t *threads;
	unsigned long i;
	char *mem, c;
	int uffd;

	if (!nr || argc > 2 + served) {
		fprintf(stderr, "usage: sleepers THREADS [serve]\n");
		return 2;
	}
	mem = mmap(NULL, nr * PAGE, PROT_READ | PROT_WRITE,
		   MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	uffd = syscall(SYS_userfaultfd, O_CLOEXEC);
	threads = calloc(nr, sizeof(*threads));
	if (mem == MAP_FAILED || uffd < 0 || !threads)
		die("userfaultfd");
	reg.range.start = (unsigned long)mem;
	reg.range.len = nr * PAGE;
	if (ioctl(uffd, UFFDIO_API, &api) || ioctl(uffd, UFFDIO_REGISTER, &reg))
		die("UFFDIO_REGISTER");
	pthread_attr_init(&small);
	pthread_attr_setstacksize(&small, STACK);
	for (i = 0; i < nr; i++)
		if (pthread_create(&threads[i], &small, sleeper, mem + i * PAGE))
			die("pthread_create");
	for (i = 0; i < nr; i++)
		if (read(uffd, &msg, sizeof(msg)) != sizeof(msg))
			die("read");
	printf("%lu threads sleep in a fault\n", nr);
	fflush(stdout);
	if (read(0, &c, 1) < 0)
		die("stdin");
	if (served)
		serve(uffd, reg.range, threads, nr);
	fflush(stdout);
	_exit(0);
}
