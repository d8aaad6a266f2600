/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The names of options
 */
#ifndef PAGESTAT_CLI_SPECS_H
#define PAGESTAT_CLI_SPECS_H

#include "cli/command.h"

/**
 * struct option_spec - an option
 * @name: what follows --, NULL if it has a letter only
 * @letter: 0 if it has a name only; commands may use one letter for different options
 * @value: it takes one
 * @read: reads it into the command's field
 */
struct option_spec {
	const char *name;
	char letter;
	bool value;
	int (*read)(void *field, const char *option, char *arg);
};

extern const struct option_spec option_specs[NR_OPTIONS];

#endif /* PAGESTAT_CLI_SPECS_H */
