// SPDX-License-Identifier: GPL-2.0
/*
 * Messages about the command line say whose help has more
 */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "cli/hint.h"

static const char *current = "";	/* the command, a blank before it */

/**
 * usage_of() - say which command's help messages point to
 */
void usage_of(const struct command *command)
{
	static char name[32];

	snprintf(name, sizeof(name), "%s%s", command->name ? " " : "",
		 command->name ? command->name : "");
	current = name;
}

/**
 * usage_error() - print what is wrong with the command line, and whose help says more
 *
 * Return: EXIT_USAGE.
 */
int usage_error(const char *format, ...)
{
	char message[512];
	va_list args;
	size_t len;

	va_start(args, format);
	vsnprintf(message, sizeof(message), format, args);
	va_end(args);
	len = strlen(message);
	return fail(EXIT_USAGE, "%s%s See pagestat%s --help", message,
		    len && message[len - 1] == '?' ? "" : ".", current);
}
