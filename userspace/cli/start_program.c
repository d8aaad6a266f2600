// SPDX-License-Identifier: GPL-2.0
/*
 * Commands that are programs of their own: pagestat is replaced by them
 */
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/errors.h"
#include "cli/options.h"

/**
 * start_program() - go on as the program that a command is
 * @command: has a @program
 * @argv: its arguments, the first one being the command itself
 *
 * It is looked for beside this program, then in PATH.  It finds arguments, environment,
 * files and signals as this program found them.
 *
 * Return: only if it was not started: the exit status, after a message.
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
