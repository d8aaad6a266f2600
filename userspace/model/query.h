/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Which rows are wanted, what a row is about, and the order of rows
 */
#ifndef PAGESTAT_MODEL_QUERY_H
#define PAGESTAT_MODEL_QUERY_H

#include <stdbool.h>
#include <stdint.h>

#include "model/columns.h"

/* In order, each once. */
struct pid_list {
	uint64_t *pid;
	size_t nr;
};

struct name_list {
	const char **name;
	size_t nr;
};

struct user_choice {
	bool given;
	uint64_t uid;
};

/**
 * struct row_order - the order of rows
 * @column: to sort by; NR_COLUMNS if the user gave none
 * @second: breaks ties; NR_COLUMNS for none
 */
struct row_order {
	enum column_id column;
	bool descending;
	enum column_id second;
	bool second_descending;
};

/**
 * struct query - which rows are wanted
 * @pids: only these processes, if any; owned
 * @names: and those whose commands match one of these patterns; owned
 * @user: only those of this real user
 * @cgroup: only those in it or below, NULL for all
 * @since_ns: only those born, or with @exited ended, since; by CLOCK_BOOTTIME
 * @filter: of the live table, NULL for none
 * @exited: processes that have ended, rather than live ones
 * @all: also rows of zeroes
 * @counters: those that are shown: a bit for every enum column_id
 * @scale: how counters are shown, and so what is sorted by
 * @limit: at most so many rows
 * @rest: sum up the others in one more row
 */
struct query {
	struct pid_list pids;
	struct name_list names;
	struct user_choice user;
	const char *cgroup;
	uint64_t since_ns;
	const char *filter;
	bool exited;
	bool all;
	uint64_t counters;
	enum by by;
	struct row_order order;
	struct scale scale;
	uint64_t limit;
	bool rest;
};

/* All rows, in the usual order. */
#define QUERY_ALL { .order = { NR_COLUMNS, .second = NR_COLUMNS }, .limit = UINT64_MAX }

#endif /* PAGESTAT_MODEL_QUERY_H */
