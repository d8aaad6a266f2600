/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Which rows are wanted, what a row is about, and in which order they come
 */
#ifndef PAGESTAT_MODEL_QUERY_H
#define PAGESTAT_MODEL_QUERY_H

#include <stdbool.h>
#include <stdint.h>

#include "model/columns.h"

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
 * struct row_order - in which order rows come
 * @column: to sort by; NR_COLUMNS if it was not said
 * @descending: largest first
 * @second: column that breaks ties, NR_COLUMNS for none
 * @second_descending: by it, largest first
 */
struct row_order {
	enum column_id column;
	bool descending;
	enum column_id second;
	bool second_descending;
};

/**
 * struct query - which rows are wanted
 * @pids: only these processes, if there are any in the list; owned
 * @names: and those whose names match one of these patterns; owned
 * @user: only those of this real user
 * @cgroup: only those in it or below, NULL for all
 * @since_ns: only those born, or with @exited ended, since; by CLOCK_BOOTTIME
 * @filter: as typed into the live table, NULL for none
 * @exited: processes that have ended, rather than live ones
 * @all: rows with nothing but zeroes too
 * @by: what a row is about
 * @order: of the rows
 * @limit: how many at most
 * @rest: and a row more for all others
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
	enum by by;
	struct row_order order;
	uint64_t limit;
	bool rest;
};

/* All rows, in the order that is usual. */
#define QUERY_ALL { .order = { NR_COLUMNS, .second = NR_COLUMNS }, .limit = UINT64_MAX }

#endif /* PAGESTAT_MODEL_QUERY_H */
