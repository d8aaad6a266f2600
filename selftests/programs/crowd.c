// SPDX-License-Identifier: GPL-2.0
/*
 * crowd.c - many processes at the same time
 *
 * usage: crowd PROCESSES
 *
 * Each writes to a page of its own, then waits.  Prints how many have, when all have
 * that could be started; ends them all when it reads a line, or is killed.
 */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

static char page[4096];

int main(int argc, char **argv)
{
	const long wanted = argc == 2 ? strtol(argv[1], NULL, 10) : 0;
	long nr = 0, ready = 0;
	int there[2];
	pid_t pid;
	char c;

	if (wanted <= 0) {
		fprintf(stderr, "usage: crowd PROCESSES\n");
		return 2;
	}
	if (pipe(there)) {
		perror("pipe");
		return 2;
	}
	/* So that one signal ends all of them. */
	setpgid(0, 0);
	while (nr < wanted) {
		pid = fork();
		if (pid < 0)
			break;
		if (pid == 0) {
			prctl(PR_SET_PDEATHSIG, SIGKILL);
			page[0] = 1;
			if (write(there[1], page, 1) != 1)
				_exit(1);
			close(there[1]);
			for (;;)
				pause();
		}
		nr++;
	}
	close(there[1]);
	while (read(there[0], &c, 1) == 1)
		ready++;
	printf("%ld\n", ready);
	fflush(stdout);
	if (read(STDIN_FILENO, &c, 1) < 0)
		perror("stdin");
	signal(SIGTERM, SIG_IGN);
	kill(0, SIGTERM);
	while (wait(NULL) > 0)
		;
	return 0;
}
