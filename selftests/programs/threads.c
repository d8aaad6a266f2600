// SPDX-License-Identifier: GPL-2.0
/*
 * threads.c - a process of many threads, which sleep, or have exited and are not released
 *
 * usage: threads NR [exited]
 *
 * Prints its process ID when all NR threads are there, then waits for a line.  Threads
 * that have exited stay as long as who traces them does not wait for them: any user can
 * do that to processes of his own.
 */
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#define STACK	16384	/* the least that a thread may have */

static pthread_barrier_t all_there;
static bool exits;

static void stay(void)
{
	while (!exits)
		pause();
	/* This thread alone, without the C library's end of a thread. */
	syscall(SYS_exit, 0);
}

static void *be_a_thread(void *unused)
{
	pthread_barrier_wait(&all_there);
	stay();
	return unused;
}

/* The process of NR threads, itself one of them. */
static int be_threads(unsigned int nr, int ready)
{
	char *stacks = mmap(NULL, (size_t)nr * STACK, PROT_READ | PROT_WRITE,
			    MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	pthread_attr_t attr;
	pthread_t thread;
	int err;

	if (stacks == MAP_FAILED)
		return 1;
	pthread_barrier_init(&all_there, NULL, nr);
	pthread_attr_init(&attr);
	for (unsigned int i = 1; i < nr; i++) {
		pthread_attr_setstack(&attr, stacks + (size_t)i * STACK, STACK);
		err = pthread_create(&thread, &attr, be_a_thread, NULL);
		if (err) {
			fprintf(stderr, "thread %u: %s\n", i, strerror(err));
			return 1;
		}
	}
	pthread_barrier_wait(&all_there);
	if (!exits && write(ready, "", 1) != 1)
		return 1;
	stay();
	return 0;
}

/* Lets all threads go on to their end, and waits for none of them. */
static bool trace_to_the_end(unsigned int nr)
{
	siginfo_t stopped;

	for (unsigned int exited = 0; exited < nr;) {
		if (waitid(P_ALL, 0, &stopped, WSTOPPED | __WALL))
			return false;
		exited += stopped.si_status >> 8 == PTRACE_EVENT_EXIT;
		if (ptrace(PTRACE_CONT, stopped.si_pid, NULL, NULL))
			return false;
	}
	return true;
}

int main(int argc, char **argv)
{
	const long nr = argc > 1 ? strtol(argv[1], NULL, 10) : 0;
	int go[2], ready[2];
	bool ok;
	pid_t pid;
	char c;

	exits = argc == 3 && strcmp(argv[2], "exited") == 0;
	if (nr <= 0 || nr > INT_MAX || argc > 2 + exits) {
		fprintf(stderr, "usage: threads NR [exited]\n");
		return 2;
	}
	if (pipe(go) || pipe(ready))
		return 1;
	pid = fork();
	if (pid == 0) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		if (read(go[0], &c, 1) != 1)
			_exit(1);
		_exit(be_threads((unsigned int)nr, ready[1]));
	}
	ok = !exits || ptrace(PTRACE_SEIZE, pid, NULL,
			      PTRACE_O_TRACECLONE | PTRACE_O_TRACEEXIT) == 0;
	if (!ok || write(go[1], "", 1) != 1)
		return 1;
	close(ready[1]);
	ok = exits ? trace_to_the_end((unsigned int)nr) : read(ready[0], &c, 1) == 1;
	if (!ok) {
		perror("threads");
		return 1;
	}
	printf("%d\n", pid);
	fflush(stdout);
	if (read(STDIN_FILENO, &c, 1) < 0)
		perror("stdin");
	kill(pid, SIGKILL);
	return 0;
}
