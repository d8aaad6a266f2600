// SPDX-License-Identifier: GPL-2.0
/*
 * sleepers.c - threads that all sleep in a page fault at the same time
 *
 * usage: sleepers THREADS
 *
 * Prints a line when they all do, and ends when its standard input does: what
 * they wait for, a userfaultfd that nobody serves, goes with it.
 */
#include <fcntl.h>
#include <linux/userfaultfd.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
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

int main(int argc, char **argv)
{
	const unsigned long nr = argc == 2 ? strtoul(argv[1], NULL, 10) : 0;
	struct uffdio_api api = { .api = UFFD_API };
	struct uffdio_register reg = { .mode = UFFDIO_REGISTER_MODE_MISSING };
	pthread_attr_t small;
	struct uffd_msg msg;
	pthread_t thread;
	unsigned long i;
	char *mem, c;
	int uffd;

	if (!nr) {
		fprintf(stderr, "usage: sleepers THREADS\n");
		return 2;
	}
	mem = mmap(NULL, nr * PAGE, PROT_READ | PROT_WRITE,
		   MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	uffd = syscall(SYS_userfaultfd, O_CLOEXEC);
	if (mem == MAP_FAILED || uffd < 0)
		die("userfaultfd");
	reg.range.start = (unsigned long)mem;
	reg.range.len = nr * PAGE;
	if (ioctl(uffd, UFFDIO_API, &api) || ioctl(uffd, UFFDIO_REGISTER, &reg))
		die("UFFDIO_REGISTER");
	pthread_attr_init(&small);
	pthread_attr_setstacksize(&small, STACK);
	for (i = 0; i < nr; i++)
		if (pthread_create(&thread, &small, sleeper, mem + i * PAGE))
			die("pthread_create");
	for (i = 0; i < nr; i++)
		if (read(uffd, &msg, sizeof(msg)) != sizeof(msg))
			die("read");
	printf("%lu threads sleep in a fault\n", nr);
	fflush(stdout);
	_exit(read(0, &c, 1) < 0);
}
