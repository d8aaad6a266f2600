/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The schema: every column there is, made from the uapi header
 */
#ifndef PAGESTAT_MODEL_COLUMNS_H
#define PAGESTAT_MODEL_COLUMNS_H

#include <stdbool.h>
#include <stddef.h>

#include "uapi/pagestat.h"

/*
 * The numbers that say what a row is about: those of "processes", "threads" and
 * "exited", and how many processes were made one row.
 */
#define ROW_COLUMNS(X)							       \
	X(pid) X(tid) X(ppid) X(uid) X(start_ns) X(end_ns) X(exit_code) X(cgroup_id) \
	X(procs)

/* The columns of all reports about processes: those, counters, then texts. */
#define COLUMN_ENUM(name, ...)	COL_##name,
enum column_id {
	ROW_COLUMNS(COLUMN_ENUM)
	PAGESTAT_COUNTERS(COLUMN_ENUM)
	NR_NUMBERS,
	COL_user = NR_NUMBERS,
	COL_cgroup,
	COL_comm,
	NR_COLUMNS
};

/* What a row is about; a bit each says which rows have a column. */
enum by { BY_PROCESS, BY_THREAD, BY_CGROUP, BY_USER, BY_COMMAND, NR_BY };

/* The columns of "system": those of its own, then the same counters. */
#define SYSTEM_ENUM(name, ...)	SYS_##name,
enum system_column {
	PAGESTAT_SYSTEM_COLUMNS(SYSTEM_ENUM)
	PAGESTAT_COUNTERS(SYSTEM_ENUM)
	NR_SYSTEM
};

/* The columns of "probes", which are text but for three. */
#define PROBE_ENUM(name)	PROBE_##name,
enum probe_column {
	PAGESTAT_PROBE_COLUMNS(PROBE_ENUM)
	NR_PROBE
};

#define FIRST_COUNTER	((enum column_id)(NR_NUMBERS - PAGESTAT_NR))

/**
 * struct column - what is known of a column
 * @name: as in the files, in JSON, and as -o takes it
 * @unit: faults, pages, times, ns, bytes, ...; "" for text
 * @text: what it counts or says
 * @counter: it only grows, is "-" when unknown, and has differences
 * @rows: a bit for every enum by whose rows have it; 0 for all
 */
struct column {
	const char *name;
	const char *unit;
	const char *text;
	bool counter;
	unsigned int rows;
};

extern const struct column process_columns[NR_COLUMNS];
extern const struct column system_columns[NR_SYSTEM];
extern const struct column probe_columns[NR_PROBE];

#define NR_OUTCOMES	9
extern const enum column_id outcome_columns[NR_OUTCOMES];

/* A choice of columns, in the order they are to be shown. */
struct column_list {
	enum column_id column[NR_COLUMNS];
	size_t nr;
};

#define HEADING_MAX	32	/* no name is longer */

const char *column_upper_case(const char *name, char heading[HEADING_MAX]);
const char *column_heading(const struct column *column, char heading[HEADING_MAX]);
int column_find(const char *name, size_t len);
/* For which report a list is: a table of rows, one of ended processes, counters only. */
struct column_use {
	enum by by;
	bool exited;
	bool bill;
};

bool column_in(enum column_id column, struct column_use use);
bool column_listed(const struct column_list *list, enum column_id column);
int column_list_parse(struct column_list *list, const char *arg, struct column_use use);
void column_list_usual(struct column_list *list, struct column_use use);
void column_list_all(struct column_list *list, struct column_use use);

#endif /* PAGESTAT_MODEL_COLUMNS_H */
