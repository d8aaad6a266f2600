// SPDX-License-Identifier: GPL-2.0
/*
 * ended.c - processes that have ended, one after the other
 *
 * usage: ended NR
 */
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

int main(int argc, char **argv)
{
	const long nr = argc == 2 ? strtol(argv[1], NULL, 10) : 0;

	if (nr <= 0) {
		fprintf(stderr, "usage: ended NR\n");
		return 2;
	}
	for (long i = 0; i < nr; i++) {
		pid_t pid = vfork();

		if (pid == 0)
			_exit(0);
		if (pid < 0 || waitpid(pid, NULL, 0) != pid) {
			perror("ended");
			return 1;
		}
	}
	return 0;
}
