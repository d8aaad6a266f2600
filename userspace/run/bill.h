/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What a command cost
 */
#ifndef PAGESTAT_RUN_BILL_H
#define PAGESTAT_RUN_BILL_H

#include <stdio.h>

#include "base/json.h"
#include "model/query.h"
#include "model/scale.h"
#include "model/select.h"
#include "model/snapshot.h"
#include "report/form.h"

/**
 * struct run_request - what pagestat run was asked
 * @form: how to print
 * @scale: how counters are printed
 * @output: file for the bill, NULL for standard error
 * @user: as whom to run the command
 * @children: each descendant by itself, too
 * @repeats: how often to run the command
 * @command: NULL-terminated
 */
struct run_request {
	struct form form;
	struct scale scale;
	const char *output;
	struct user_choice user;
	bool children;
	uint64_t repeats;
	char **command;
};

/**
 * struct bill - what a command and all its descendants that have ended cost
 * @command: it and its arguments
 * @status: as waitpid() gave it
 * @wall_ns: from its start to its end
 * @user_ns: CPU time in user mode
 * @sys_ns: CPU time in the kernel
 * @left: descendants that have not ended and are not on the bill
 * @cost: the counters
 * @before: the totals before
 * @after: the totals after
 * @exited: processes that have ended, if --children was given
 * @children: those of them that are on the bill
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
	struct snapshot exited;
	struct selection children;
};

int bills_print(const struct bill *bill, size_t nr, const struct run_request *request,
		const struct reader *reader, FILE *out);
void bill_free(struct bill *bill);

/* words.c: for the bill of one run and that of many */
const char *bill_words(enum column_id column);
void bill_group_digits(char to[32], uint64_t n);
void bill_size(char to[32], const struct column *column, double n, uint64_t page_size);
double bill_scaled(const struct bill *bill, struct scale scale, enum column_id c);
void bill_print_command(FILE *out, char **command);

/* spread.c: of many runs, @nr > 1 */
void spread_words(FILE *out, const struct bill *bill, size_t nr, const struct form *form);
void spread_document(struct json *json, const struct bill *bill, size_t nr,
		     const struct column_list *list);

#endif /* PAGESTAT_RUN_BILL_H */
