/* SPDX-License-Identifier: GPL-2.0 */
/*
 * How a process ended, as shells have it
 */
#ifndef PAGESTAT_MODEL_EXIT_CODE_H
#define PAGESTAT_MODEL_EXIT_CODE_H

#include "model/snapshot.h"

#define EXIT_TEXT_MAX	24

uint64_t exit_code_of_shell(uint64_t code);
const char *exit_code_text(char text[EXIT_TEXT_MAX], uint64_t code);

/**
 * process_shown() - a number of a process, as reports show it
 */
static inline uint64_t process_shown(const struct process *p, enum column_id column)
{
	return column == COL_exit_code ? exit_code_of_shell(p->value[column]) : p->value[column];
}

#endif /* PAGESTAT_MODEL_EXIT_CODE_H */
