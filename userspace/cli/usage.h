/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What is wrong with a command line
 */
#ifndef PAGESTAT_CLI_USAGE_H
#define PAGESTAT_CLI_USAGE_H

#include "cli/command.h"

int usage_bad_option(const struct command *command, const struct command *const *all,
		     const char *arg, int found);
int usage_check_operands(const struct command *command, const struct command *const *all,
			 int argc, char **argv);
int usage_no_command(const struct command *const *all, const char *word);

#endif /* PAGESTAT_CLI_USAGE_H */
