/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The schema: every column there is, made from the uapi header
 */
#ifndef PAGESTAT_MODEL_COLUMNS_H
#define PAGESTAT_MODEL_COLUMNS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "uapi/pagestat.h"

/*
 * The numbers that identify a row: those of "processes", "threads" and "exited", and
 * how many processes the row sums up.
 */
#define ROW_COLUMNS(X)							       \
	X(pid) X(tid) X(ppid) X(uid) X(start_ns) X(end_ns) X(exit_code) X(cgroup_id) \
	X(procs)

/* The columns of rows: those, counters, then texts. */
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

/* What a row is about. */
enum by { BY_PROCESS, BY_THREAD, BY_CGROUP, BY_USER, BY_COMMAND, NR_BY };

/* The columns of "system": its own, then the same counters. */
#define SYSTEM_ENUM(name, ...)	SYS_##name,
enum system_column {
	PAGESTAT_SYSTEM_COLUMNS(SYSTEM_ENUM)
	PAGESTAT_COUNTERS(SYSTEM_ENUM)
	NR_SYSTEM
};

/* The columns of "probes". */
#define PROBE_ENUM(name)	PROBE_##name,
enum probe_column {
	PAGESTAT_PROBE_COLUMNS(PROBE_ENUM)
	NR_PROBE
};

#define FIRST_COUNTER	((enum column_id)(NR_NUMBERS - PAGESTAT_NR))

/* The column of rows with the same counter as a column of "system", or NR_COLUMNS. */
static inline enum column_id system_counter(unsigned int column)
{
	unsigned int first = NR_SYSTEM - PAGESTAT_NR;

	return column < first ? NR_COLUMNS : (enum column_id)(FIRST_COUNTER + column - first);
}

/**
 * struct column - what is known of a column
 * @name: in the files, in JSON, and for -o
 * @unit: faults, pages, times, ns, bytes, ...; "" for text
 * @text: its meaning
 * @counter: only grows, is "-" when unknown; intervals show the difference
 * @rows: a bit for every enum by whose rows have the column; 0 for all
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

/**
 * struct scale - how counters are shown; see scale.h
 * @rate: by the second
 * @share: times in percent of the time of a CPU
 */
struct scale {
	bool rate;
	bool share;
};

/* A choice of columns, in the order they are to be shown, and how. */
struct column_list {
	enum column_id column[NR_COLUMNS];
	size_t nr;
	struct scale scale;
};

/* The report that a list is for: its rows, of ended processes, or counters only; and how. */
struct column_use {
	enum by by;
	bool exited;
	bool bill;
	struct scale scale;
};

#define HEADING_MAX	32

const char *column_upper_case(const char *name, char heading[HEADING_MAX]);
const char *column_heading(const struct column *column, char heading[HEADING_MAX]);
int column_find(const char *name, size_t len);
bool column_in(enum column_id column, struct column_use use);

/* column_list.c */
bool column_listed(const struct column_list *list, enum column_id column);
uint64_t column_list_counters(const struct column_list *list);
int column_list_parse(struct column_list *list, const char *arg, struct column_use use);
void column_list_insert(struct column_list *list, enum column_id column);
void column_list_usual(struct column_list *list, struct column_use use);
void column_list_all(struct column_list *list, struct column_use use);

#endif /* PAGESTAT_MODEL_COLUMNS_H */
