// SPDX-License-Identifier: GPL-2.0
/*
 * The schema: every column there is, made from the uapi header
 *
 * The counters, their units and their texts come from PAGESTAT_COUNTERS, so a
 * new counter appears in tables, JSON, -o and --columns by being compiled in.
 * The other columns have no text in the header for a program to use: theirs is
 * here, and a column without one does not compile.
 */
#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "columns.h"
#include "errors.h"

#define UNIT_pid	"id"
#define TEXT_pid	"process (thread group), as seen from the initial PID namespace"
#define UNIT_ppid	"id"
#define TEXT_ppid	"its parent"
#define UNIT_uid	"id"
#define TEXT_uid	"real user, as seen from the initial user namespace"
#define UNIT_start_ns	"ns"
#define TEXT_start_ns	"CLOCK_BOOTTIME at its birth: tells a reused pid from the old one"

#define UNIT_since_ns	"ns"
#define TEXT_since_ns	"since the module was loaded or last reset"
#define UNIT_page_size	"bytes"
#define TEXT_page_size	"size of a base page"
#define UNIT_processes	"processes"
#define TEXT_processes	"live processes with a record"
#define UNIT_threads	"threads"
#define TEXT_threads	"live threads with a record"
#define UNIT_ended	"processes"
#define TEXT_ended	"processes that have ended"
#define UNIT_lost_tasks	"threads"
#define TEXT_lost_tasks	"threads born without a record"
#define UNIT_lost_hits	"times"
#define TEXT_lost_hits	"hook hits by threads without a record: in no counter"
#define UNIT_missed	"times"
#define TEXT_missed	"hook hits that the kernel itself skipped"
#define UNIT_stray	"times"
#define TEXT_stray	"hook hits from a caller that no counter is told by"
#define UNIT_silenced	"yes or no"
#define TEXT_silenced	"1: kprobes are switched off, and nothing is counted"
#define UNIT_disputed	"faults"
#define TEXT_disputed	"faults that latency's return probe and the kernel took for different ones"

#define IDENTITY(n) \
	[COL_##n] = { .name = #n, .unit = UNIT_##n, .text = TEXT_##n },
#define COUNTER(n, u, t) \
	[COL_##n] = { .name = #n, .unit = #u, .text = t, .counter = true },
const struct column process_columns[NR_COLUMNS] = {
	PAGESTAT_PROCESS_COLUMNS(IDENTITY)
	PAGESTAT_COUNTERS(COUNTER)
	[COL_comm] = { .name = "comm", .unit = "text", .text = "name of the program" },
};

#define SYSTEM(n) \
	[SYS_##n] = { .name = #n, .unit = UNIT_##n, .text = TEXT_##n },
#define TOTAL(n, u, t) \
	[SYS_##n] = { .name = #n, .unit = #u, .text = t, .counter = true },
const struct column system_columns[NR_SYSTEM] = {
	PAGESTAT_SYSTEM_COLUMNS(SYSTEM)
	PAGESTAT_COUNTERS(TOTAL)
};

#define PROBE(n) \
	[PROBE_##n] = { .name = #n, .unit = "", .text = "" },
const struct column probe_columns[NR_PROBE] = {
	PAGESTAT_PROBE_COLUMNS(PROBE)
};

/* What most questions start from, in 80 columns. */
static const struct column_list usual_columns = {
	.column = {
		COL_pid, COL_minor, COL_major, COL_cow, COL_reuse,
		COL_zerofill, COL_filemap, COL_swapin, COL_comm,
	},
	.nr = 9,
};

/* And on a bill, which has a line for each, but no identity. */
static const struct column_list usual_counters = {
	.column = {
		COL_minor, COL_major, COL_cow, COL_reuse,
		COL_zerofill, COL_filemap, COL_swapin, COL_swapout,
	},
	.nr = 8,
};

/**
 * upper_case() - a name as a heading
 * @name: of a column
 * @heading: gets it
 *
 * Return: @heading.
 */
const char *upper_case(const char *name, char heading[HEADING_MAX])
{
	size_t i;

	for (i = 0; name[i] && i < HEADING_MAX - 1; i++)
		heading[i] = (char)toupper((unsigned char)name[i]);
	heading[i] = '\0';
	return heading;
}

/**
 * column_heading() - what tables have above a column
 * @column: which
 * @heading: gets the heading
 *
 * Return: @heading: the name in upper case, COMMAND for comm as in ps(1).
 */
const char *column_heading(const struct column *column, char heading[HEADING_MAX])
{
	if (column == &process_columns[COL_comm])
		return strcpy(heading, "COMMAND");
	return upper_case(column->name, heading);
}

/**
 * column_find() - the column of a name
 * @name: name or heading, in either case; need not be NUL-terminated
 * @len: its length
 *
 * Return: an enum column_id, or -1 if there is none of that name.
 */
int column_find(const char *name, size_t len)
{
	char heading[HEADING_MAX];

	for (int i = 0; i < NR_COLUMNS; i++) {
		const struct column *c = &process_columns[i];

		if (strlen(c->name) == len && strncasecmp(c->name, name, len) == 0)
			return i;
		column_heading(c, heading);
		if (strlen(heading) == len && strncasecmp(heading, name, len) == 0)
			return i;
	}
	return -1;
}

/* Adds a column unless it is there; one that is added stays left of COMMAND. */
static void add_column(struct column_list *list, enum column_id column, bool before_comm)
{
	for (size_t i = 0; i < list->nr; i++)
		if (list->column[i] == column)
			return;

	list->column[list->nr++] = column;
	if (before_comm && list->nr > 1 && list->column[list->nr - 2] == COL_comm) {
		list->column[list->nr - 2] = column;
		list->column[list->nr - 1] = COL_comm;
	}
}

/**
 * column_list_usual() - the columns that are shown if none are asked for
 * @list: gets them
 * @bill: those of a bill, counters only, rather than of a table
 */
void column_list_usual(struct column_list *list, bool bill)
{
	*list = bill ? usual_counters : usual_columns;
}

/**
 * column_list_all() - every column, in the order of the files
 * @list: gets them
 * @bill: the counters only
 */
void column_list_all(struct column_list *list, bool bill)
{
	list->nr = 0;
	for (int i = 0; i < NR_COLUMNS; i++)
		if (!bill || process_columns[i].counter)
			list->column[list->nr++] = (enum column_id)i;
}

/**
 * column_list_parse() - the columns that -o names
 * @list: gets them, each once
 * @arg: ``COLUMN,...``, ``+COLUMN,...`` (the usual ones and these) or ``all``
 * @bill: counters only: a bill has nothing else
 *
 * Return: EXIT_DONE, or EXIT_USAGE after a message.
 */
int column_list_parse(struct column_list *list, const char *arg, bool bill)
{
	bool add = *arg == '+';

	if (strcmp(arg, "all") == 0) {
		column_list_all(list, bill);
		return EXIT_DONE;
	}

	list->nr = 0;
	if (add) {
		column_list_usual(list, bill);
		arg++;
	}

	for (;;) {
		size_t len = strcspn(arg, ",");
		int column = column_find(arg, len);

		if (column < 0)
			return fail(EXIT_USAGE, "no column is called \"%.*s\"; pagestat --columns lists them",
				    (int)len, arg);
		if (bill && !process_columns[column].counter)
			return fail(EXIT_USAGE, "%s is no counter: there is nothing of it on a bill",
				    process_columns[column].name);
		add_column(list, (enum column_id)column, add);
		if (!arg[len])
			return EXIT_DONE;
		arg += len + 1;
	}
}
