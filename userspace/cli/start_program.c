// SPDX-License-Identifier: GPL-2.0
/*
 * A command that is a program of its own: pagestat becomes that program by execve()
 */
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/errors.h"
#include "cli/options.h"

/**
 * start_program() - become the program that does a command
 * @command: has a @program
 * @argv: its arguments; the first one is the command itself
 *
 * The program is looked for beside this one, then in PATH.  It inherits arguments,
 * environment, files and signals as they are.
 *
 * Return: only if it cannot be started: the exit status, after a message.
 */
int start_program(const struct command *command, char **argv)
{
	char path[PATH_MAX + 64], *name;
	ssize_t length = readlink("/proc/self/exe", path, PATH_MAX);

	path[length > 0 ? length : 0] = '\0';
	name = strrchr(path, '/');
	name = name ? name + 1 : path;
	snprintf(name, sizeof(path) - (size_t)(name - path), "%s", command->program);
	argv[0] = name;
	errno = ENOENT;
	if (name != path)
		execv(path, argv);
	if (errno == ENOENT)
		execvp(name, argv);
	if (errno != ENOENT)
		return fail(EXIT_SYSTEM, "%s: %s cannot be started: %s", command->name, name,
			    strerror(errno));
	return fail(EXIT_CANNOT, "%s: this is done by another program, %s, which is neither beside pagestat nor in PATH; install the package %s, or run make install",
		    command->name, name, name);
}
