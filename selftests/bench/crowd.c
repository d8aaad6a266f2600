// SPDX-License-Identifier: GPL-2.0
/*
 * crowd.c - many processes that do nothing more
 *
 * usage: crowd PROCESSES
 *
 * Prints a line when all are there and each has written to a page of its own, and
 * ends, with all of them, when its standard input does.
 */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <unistd.h>

static char page[4096];

int main(int argc, char **argv)
{
	const long nr = argc == 2 ? atol(argv[1]) : 0;
	int there[2];
	char c;
	long i;

	if (nr < 1) {
		fputs("usage: crowd PROCESSES\n", stderr);
		return 1;
	}
	if (pipe(there)) {
		perror("pipe");
		return 1;
	}
	for (i = 0; i < nr; i++) {
		pid_t pid = fork();

		if (pid < 0) {
			perror("fork");
			return 1;
		}
		if (pid == 0) {
			prctl(PR_SET_PDEATHSIG, SIGKILL);
			page[0] = 1;
			if (write(there[1], page, 1) != 1)
				_exit(1);
			for (;;)
				pause();
		}
	}
	for (i = 0; i < nr; i++)
		if (read(there[0], &c, 1) != 1)
			return 1;
	puts("ready");
	fflush(stdout);
	return read(STDIN_FILENO, &c, 1) < 0;
}
