/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The schema: every column there is, made from the uapi header
 */
#ifndef PAGESTAT_COLUMNS_H
#define PAGESTAT_COLUMNS_H

#include <stdbool.h>
#include <stddef.h>

#include "uapi/pagestat.h"

/* The columns of "processes" and "children": identity, counters, comm. */
#define COLUMN_ENUM(name, ...)	COL_##name,
enum column_id {
	PAGESTAT_PROCESS_COLUMNS(COLUMN_ENUM)
	PAGESTAT_COUNTERS(COLUMN_ENUM)
	NR_NUMBERS,
	COL_comm = NR_NUMBERS,
	NR_COLUMNS
};

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
 */
struct column {
	const char *name;
	const char *unit;
	const char *text;
	bool counter;
};

extern const struct column process_columns[NR_COLUMNS];
extern const struct column system_columns[NR_SYSTEM];
extern const struct column probe_columns[NR_PROBE];

/* A choice of columns, in the order they are to be shown. */
struct column_list {
	enum column_id column[NR_COLUMNS];
	size_t nr;
};

#define HEADING_MAX	32	/* no name is longer */

const char *upper_case(const char *name, char heading[HEADING_MAX]);
const char *column_heading(const struct column *column, char heading[HEADING_MAX]);
int column_find(const char *name, size_t len);
int column_list_parse(struct column_list *list, const char *arg, bool bill);
void column_list_usual(struct column_list *list, bool bill);
void column_list_all(struct column_list *list, bool bill);

#endif /* PAGESTAT_COLUMNS_H */
