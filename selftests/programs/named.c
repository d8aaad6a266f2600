// SPDX-License-Identifier: GPL-2.0
/*
 * named.c - a process with a name of any bytes, which sleeps
 *
 * usage: named NAME
 */
#include <sys/prctl.h>
#include <unistd.h>

int main(int argc, char **argv)
{
	if (argc != 2 || prctl(PR_SET_NAME, argv[1]))
		return 1;
	for (;;)
		pause();
}
