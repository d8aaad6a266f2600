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
#include <dirent.h>
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

static pthread_barrier_t all_there, all_exit;
static bool exits;

static void stay(void)
{
	while (!exits)
		pause();
	pthread_barrier_wait(&all_exit);
	/* This thread alone, without the C library's end of a thread. */
	syscall(SYS_exit, 0);
}

static void *be_a_thread(void *unused)
{
	pthread_barrier_wait(&all_there);
	stay();
	return unused;
}

/* The process of @nr threads, itself one of them: writes to @ready, exits after @go. */
static int be_threads(unsigned int nr, int ready, int go)
{
	char *stacks = mmap(NULL, (size_t)nr * STACK, PROT_READ | PROT_WRITE,
			    MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	pthread_attr_t attr;
	pthread_t thread;
	char c;
	int err;

	if (stacks == MAP_FAILED)
		return 1;
	pthread_barrier_init(&all_there, NULL, nr);
	pthread_barrier_init(&all_exit, NULL, nr);
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
	if (write(ready, "", 1) != 1 || (exits && read(go, &c, 1) != 1))
		return 1;
	stay();
	return 0;
}

/* Whether the first thread of @pid has exited.  While there are others, no wait tells. */
static bool first_has_exited(pid_t pid)
{
	char line[256] = "", name[sizeof("/proc//stat") + 3 * sizeof(pid)], *end;
	FILE *stat;

	snprintf(name, sizeof(name), "/proc/%d/stat", pid);
	stat = fopen(name, "r");
	if (!stat)
		return true;
	end = fgets(line, sizeof(line), stat) ? strrchr(line, ')') : NULL;
	fclose(stat);
	return end && end[2] == 'Z';
}

/*
 * Traces all threads of @pid, lets them exit by way of @go, and waits until they have,
 * but releases none.  Each is waited for by its ID: to wait for any of them, the kernel
 * looks at one after the other, each time.
 */
static bool let_exit(pid_t pid, int go)
{
	char name[sizeof("/proc//task") + 3 * sizeof(pid)];
	struct dirent *entry;
	siginfo_t info;
	bool ok = true;
	DIR *tasks;

	snprintf(name, sizeof(name), "/proc/%d/task", pid);
	tasks = opendir(name);
	if (!tasks)
		return false;
	while (ok && (entry = readdir(tasks)))
		ok = entry->d_name[0] == '.' ||
		     ptrace(PTRACE_SEIZE, (pid_t)strtol(entry->d_name, NULL, 10), NULL, NULL) == 0;
	ok = ok && write(go, "", 1) == 1;
	rewinddir(tasks);
	while (ok && (entry = readdir(tasks))) {
		const pid_t thread = (pid_t)strtol(entry->d_name, NULL, 10);

		ok = entry->d_name[0] == '.' || thread == pid ||
		     waitid(P_PID, (id_t)thread, &info, WEXITED | WNOWAIT | __WALL) == 0;
	}
	closedir(tasks);
	while (ok && !first_has_exited(pid))
		usleep(1000);
	return ok;
}

int main(int argc, char **argv)
{
	const long nr = argc > 1 ? strtol(argv[1], NULL, 10) : 0;
	int go[2], ready[2];
	pid_t pid;
	bool ok;
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
		_exit(be_threads((unsigned int)nr, ready[1], go[0]));
	}
	close(ready[1]);
	ok = read(ready[0], &c, 1) == 1 && (!exits || let_exit(pid, go[1]));
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
