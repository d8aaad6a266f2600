// SPDX-License-Identifier: GPL-2.0
/*
 * pagestat - what page faults cost each process
 */
#include <locale.h>
#include <stddef.h>
#include <string.h>

#include "cli/options.h"

const struct command lab_command = { .name = "lab", .program = "pagestat-lab" };

static const struct command *const commands[] = {
#define COMMAND_ADDRESS(name) &name##_command,
	PAGESTAT_COMMANDS(COMMAND_ADDRESS)
#undef COMMAND_ADDRESS
	NULL
};

int main(int argc, char **argv)
{
	/* The characters of the user's terminal, but not the user's decimal comma. */
	setlocale(LC_CTYPE, "");

	for (size_t i = 1; argc > 1 && commands[i]; i++)
		if (strcmp(argv[1], commands[i]->name) == 0)
			return command_line(commands[i], NULL, argc - 1, argv + 1);
	return command_line(commands[0], commands, argc, argv);
}
