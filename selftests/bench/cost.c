// SPDX-License-Identifier: GPL-2.0
/*
 * cost.c - measure the time and the memory that a command takes
 *
 * usage: cost ROUNDS COMMAND [ARGUMENT...]
 *
 * Runs it ROUNDS times, without its output, and once more at first if that is more
 * than once.  Prints the medians of its CPU time in microseconds (user and system, with
 * its children's), of its elapsed time in microseconds, and of its largest memory in
 * KiB.  If the command fails, ends with its status.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define ROUNDS	25	/* at most */

enum { CPU, WALL, MEMORY, NR };

static double microseconds(struct timeval t)
{
	return t.tv_sec * 1e6 + t.tv_usec;
}

static double now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1e6 + t.tv_nsec / 1e3;
}

/* Return: the status that wait() gives. */
static int run(char **command, double *cost)
{
	double begin = now();
	struct rusage usage;
	int status, null;
	pid_t pid;

	pid = fork();
	if (pid == 0) {
		null = open("/dev/null", O_WRONLY);
		if (null >= 0 && dup2(null, STDOUT_FILENO) >= 0)
			execvp(command[0], command);
		perror(command[0]);
		_exit(127);
	}
	if (pid < 0 || wait4(pid, &status, 0, &usage) != pid) {
		perror("cost");
		exit(1);
	}
	cost[WALL] = now() - begin;
	cost[CPU] = microseconds(usage.ru_utime) + microseconds(usage.ru_stime);
	cost[MEMORY] = usage.ru_maxrss;
	return status;
}

static int ascending(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

int main(int argc, char **argv)
{
	int round, i, status, rounds = argc > 2 ? atoi(argv[1]) : 0;
	double cost[NR][ROUNDS], one[NR];

	if (rounds < 1 || rounds > ROUNDS) {
		fprintf(stderr, "usage: cost ROUNDS COMMAND...; ROUNDS: 1 to %d\n", ROUNDS);
		return 1;
	}
	for (round = rounds > 1 ? -1 : 0; round < rounds; round++) {
		status = run(argv + 2, one);
		if (status)
			return WIFEXITED(status) ? WEXITSTATUS(status) : 1;
		for (i = 0; i < NR && round >= 0; i++)
			cost[i][round] = one[i];
	}
	for (i = 0; i < NR; i++) {
		qsort(cost[i], rounds, sizeof(**cost), ascending);
		printf("%.0f%c", cost[i][rounds / 2], i == NR - 1 ? '\n' : '\t');
	}
	return 0;
}
