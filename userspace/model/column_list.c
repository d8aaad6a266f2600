// SPDX-License-Identifier: GPL-2.0
/*
 * Lists of columns: the usual ones, all, and those of -o
 */
#include <string.h>

#include "base/errors.h"
#include "model/column_sets.h"
#include "model/columns.h"

/* A table of the usual counters fits 80 columns. */
static const enum column_id usual_counters[] = {
	COL_minor, COL_major, COL_cow, COL_reuse, COL_zerofill, COL_filemap, COL_swapin,
};

/**
 * column_listed() - is a column in a list?
 */
bool column_listed(const struct column_list *list, enum column_id column)
{
	for (size_t i = 0; i < list->nr; i++)
		if (list->column[i] == column)
			return true;
	return false;
}

static void add_column(struct column_list *list, enum column_id column)
{
	if (!column_listed(list, column))
		list->column[list->nr++] = column;
}

/**
 * column_list_insert() - add a column before the last one, which is a text of any length
 */
void column_list_insert(struct column_list *list, enum column_id column)
{
	if (column_listed(list, column))
		return;
	list->column[list->nr] = list->column[list->nr - 1];
	list->column[list->nr++ - 1] = column;
}

/* What rows are known by: the numbers, which come first. */
static void begin_usual(struct column_list *list, struct column_use use)
{
	list->nr = 0;
	list->scale = use.scale;
	if (!use.bill && use.by <= BY_THREAD)
		add_column(list, COL_pid);
	else if (!use.bill)
		add_column(list, COL_procs);
	if (!use.bill && use.by == BY_THREAD)
		add_column(list, COL_tid);
	if (use.exited && use.by == BY_PROCESS)
		add_column(list, COL_exit_code);
}

/* And the text that comes last. */
static enum column_id last_usual(struct column_use use)
{
	static const enum column_id last[NR_BY] = {
		[BY_PROCESS] = COL_comm, [BY_THREAD] = COL_comm, [BY_CGROUP] = COL_cgroup,
		[BY_USER] = COL_user, [BY_COMMAND] = COL_comm,
	};

	return last[use.by];
}

/**
 * column_list_usual() - the columns that are shown without -o
 */
void column_list_usual(struct column_list *list, struct column_use use)
{
	begin_usual(list, use);
	for (size_t i = 0; i < sizeof(usual_counters) / sizeof(*usual_counters); i++)
		add_column(list, usual_counters[i]);
	add_column(list, use.bill ? COL_swapout : last_usual(use));
}

/**
 * column_list_all() - every column that a report has
 */
void column_list_all(struct column_list *list, struct column_use use)
{
	list->nr = 0;
	list->scale = use.scale;
	for (int i = 0; i < NR_COLUMNS; i++)
		if (column_in((enum column_id)i, use))
			add_column(list, (enum column_id)i);
}

/**
 * column_list_counters() - the counters of a list: a bit for every enum column_id
 */
uint64_t column_list_counters(const struct column_list *list)
{
	uint64_t counters = 0;

	for (size_t i = 0; i < list->nr; i++)
		if (process_columns[list->column[i]].counter)
			counters |= UINT64_C(1) << list->column[i];
	return counters;
}

/* The columns of one item of -o: its set, or itself.  Return: how many, 0 if it is none. */
static size_t item_columns(const char *item, size_t len, enum column_id column[COLUMN_SET_MAX])
{
	const struct column_set *set = column_set_find(item, len);
	int found;

	if (set) {
		memcpy(column, set->column, sizeof(set->column));
		return set->nr;
	}
	found = column_find(item, len);
	if (found < 0)
		return 0;
	*column = (enum column_id)found;
	return 1;
}

static bool only_sets(const char *arg)
{
	bool only = *arg == '@';

	for (; only && (arg = strchr(arg, ',')); arg++)
		only = arg[1] == '@';
	return only;
}

/**
 * column_list_parse() - the columns of -o, each once
 * @arg: ``COLUMN,...``, ``+COLUMN,...`` (the usual ones and these) or ``all``; a ``@SET`` is
 *       all columns of the set, and if there is nothing else, what rows are known by, too
 */
int column_list_parse(struct column_list *list, const char *arg, struct column_use use)
{
	bool add = *arg == '+', sets = only_sets(arg) && !use.bill;

	if (strcmp(arg, "all") == 0) {
		column_list_all(list, use);
		return EXIT_DONE;
	}

	list->nr = 0;
	list->scale = use.scale;
	if (add) {
		column_list_usual(list, use);
		arg++;
	}
	if (sets)
		begin_usual(list, use);

	for (;;) {
		enum column_id column[COLUMN_SET_MAX];
		size_t len = strcspn(arg, ","), nr = item_columns(arg, len, column);

		if (!nr)
			return fail(EXIT_USAGE, "no column is called \"%.*s\"; pagestat --columns lists them",
				    (int)len, arg);
		for (size_t i = 0; i < nr; i++) {
			if (!column_in(column[i], use))
				return fail(EXIT_USAGE, use.bill ?
					    "%s is no counter, and this report has counters only" :
					    "the rows of this report have no %s; see --by in pagestat(8)",
					    process_columns[column[i]].name);
			if (add)
				column_list_insert(list, column[i]);
			else
				add_column(list, column[i]);
		}
		if (!arg[len])
			break;
		arg += len + 1;
	}
	if (sets)
		add_column(list, last_usual(use));
	return EXIT_DONE;
}
