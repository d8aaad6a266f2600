// SPDX-License-Identifier: GPL-2.0
/*
 * pagestat - what page faults cost each process
 */
#include <locale.h>
#include <stddef.h>
#include <string.h>

#include "cli/options.h"
#include "cli/usage.h"

const struct command lab_command = { .name = "lab", .program = "pagestat-lab" };

static const struct command *const commands[] = {
#define COMMAND_ADDRESS(name) &name##_command,
	PAGESTAT_COMMANDS(COMMAND_ADDRESS)
#undef COMMAND_ADDRESS
	NULL
};

/* pagestat help [COMMAND]: what --help of it prints */
static int help(int argc, char **argv)
{
	char option[] = "--help", *args[3] = { argv[argc > 2 ? 2 : 0], option };

	for (size_t i = 1; argc > 2 && commands[i]; i++)
		if (strcmp(argv[2], commands[i]->name) == 0)
			return command_line(commands[i], commands, 2, args);
	if (argc > 2 && *argv[2] != '-')
		return usage_no_command(commands, argv[2]);
	return command_line(commands[0], commands, 2, args);
}

int main(int argc, char **argv)
{
	/* The characters of the user's terminal, but not the user's decimal comma. */
	setlocale(LC_CTYPE, "");

	if (argc > 1 && strcmp(argv[1], "help") == 0)
		return help(argc, argv);
	for (size_t i = 1; argc > 1 && commands[i]; i++)
		if (strcmp(argv[1], commands[i]->name) == 0)
			return command_line(commands[i], commands, argc - 1, argv + 1);
	return command_line(commands[0], commands, argc, argv);
}
