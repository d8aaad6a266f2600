/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Messages about the command line say whose help has more
 */
#ifndef PAGESTAT_CLI_HINT_H
#define PAGESTAT_CLI_HINT_H

#include "base/errors.h"
#include "cli/command.h"

void usage_of(const struct command *command);
__printf(1, 2) int usage_error(const char *format, ...);

#endif /* PAGESTAT_CLI_HINT_H */
