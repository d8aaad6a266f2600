/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The command line
 */
#ifndef PAGESTAT_CLI_OPTIONS_H
#define PAGESTAT_CLI_OPTIONS_H

#include "cli/command.h"

/* What the command line asks for. */
enum outcome { OUTCOME_START, OUTCOME_HELP = 'h', OUTCOME_VERSION = 'V' };

int command_read(const struct command *command, const struct command *const *all,
		 void *request, int argc, char **argv, enum outcome *outcome);
void command_free(const struct command *command, void *request);
int command_line(const struct command *command, const struct command *const *all,
		 int argc, char **argv);

/* start_program.c */
int start_program(const struct command *command, char **argv);

#endif /* PAGESTAT_CLI_OPTIONS_H */
