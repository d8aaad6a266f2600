// SPDX-License-Identifier: GPL-2.0
/*
 * storm.c - fault, fork, exec and exit on all CPUs, for a number of seconds
 *
 * usage: storm SECONDS
 *
 * If it is killed before, its children are, too.
 */
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define WORKERS	4
#define SIZE	(64 * 4096)

static void *touch(void *mem)
{
	char *p = mem;
	size_t i;

	for (i = 0; i < SIZE; i += 4096)
		p[i]++;
	return NULL;
}

static void work(time_t end)
{
	pthread_t thread;
	char *mem;
	pid_t pid;

	while (time(NULL) < end) {
		mem = mmap(NULL, SIZE, PROT_READ | PROT_WRITE,
			   MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
		if (mem == MAP_FAILED || pthread_create(&thread, NULL, touch, mem))
			exit(1);
		touch(mem);
		pid = fork();
		if (!pid) {
			touch(mem);
			execl("/bin/true", "true", NULL);
			_exit(1);
		}
		touch(mem);
		pthread_join(thread, NULL);
		madvise(mem, SIZE, MADV_PAGEOUT);
		touch(mem);
		waitpid(pid, NULL, 0);
		munmap(mem, SIZE);
	}
}

int main(int argc, char **argv)
{
	time_t end = time(NULL) + (argc > 1 ? atoi(argv[1]) : 10);
	int i;

	for (i = 0; i < WORKERS; i++) {
		if (!fork()) {
			prctl(PR_SET_PDEATHSIG, SIGKILL);
			work(end);
			return 0;
		}
	}
	while (wait(NULL) > 0)
		;
	return 0;
}
