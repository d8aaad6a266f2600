/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What a command cost
 */
#ifndef PAGESTAT_BILL_H
#define PAGESTAT_BILL_H

#include <stdio.h>

#include "options.h"
#include "snapshot.h"

/**
 * struct bill - what a command and all its descendants that have ended cost
 * @command: it and its arguments
 * @status: as waitpid() gave it
 * @wall_ns: from its start to its end
 * @user_ns: CPU time in user mode
 * @sys_ns: CPU time in the kernel
 * @left: descendants that have not ended and are not on the bill
 * @cost: the counters
 * @before: the module's state before
 * @after: and after
 */
struct bill {
	char **command;
	int status;
	uint64_t wall_ns;
	uint64_t user_ns;
	uint64_t sys_ns;
	uint64_t left;
	struct process cost;
	struct system before;
	struct system after;
};

int bill_print(const struct bill *bill, const struct options *options,
	       const struct reader *reader, FILE *out);

#endif /* PAGESTAT_BILL_H */
