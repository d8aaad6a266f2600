// SPDX-License-Identifier: GPL-2.0
/*
 * The columns and the order of a report: those given, else the usual ones
 */
#include "base/errors.h"
#include "cli/choose.h"

/* Sets @form->columns: to all of them where programs read the report. */
int choose_columns(struct form *form, struct column_use use)
{
	if (form->only)
		return column_list_parse(&form->columns, form->only, use);
	if (form->format == FORMAT_TABLE || form->format == FORMAT_RAW)
		column_list_usual(&form->columns, use);
	else
		column_list_all(&form->columns, use);
	return EXIT_DONE;
}

static int check_column(enum column_id column, struct column_use use)
{
	if (column_in(column, use))
		return EXIT_DONE;
	return fail(EXIT_USAGE, "--sort: the rows of this report have no column %s",
		    process_columns[column].name);
}

/* The usual order: who ended last; or of a few, who did most; else by what names a row. */
static void usual_order(struct query *query, const struct column_list *list)
{
	static const enum column_id keys[NR_BY] = {
		[BY_PROCESS] = COL_pid, [BY_THREAD] = COL_pid, [BY_CGROUP] = COL_cgroup,
		[BY_USER] = COL_uid, [BY_COMMAND] = COL_comm,
	};
	struct row_order *order = &query->order;
	size_t first = 0;

	order->descending = true;
	if (query->exited && query->by == BY_PROCESS) {
		order->column = COL_end_ns;
	} else if (query->limit != UINT64_MAX) {
		while (first < list->nr && !process_columns[list->column[first]].counter)
			first++;
		order->column = first < list->nr ? list->column[first] : COL_minor;
	} else {
		order->column = keys[query->by];
		order->descending = false;
	}
}

/*
 * Sets @query->order where it was not given, and which counters make a row one that is
 * shown, from the columns that are shown.
 */
int choose_order(struct query *query, const struct column_list *list, struct column_use use)
{
	struct row_order *order = &query->order;
	int rc = EXIT_DONE;

	query->counters = column_list_counters(list);
	if (order->second != NR_COLUMNS)
		rc = check_column(order->second, use);
	if (!rc && order->column != NR_COLUMNS)
		rc = check_column(order->column, use);
	else
		usual_order(query, list);
	return rc;
}

/* Rejects --json with more than one interval. */
int check_one_object(const struct form *form, const struct period *period)
{
	if (form->format != FORMAT_JSON || !period->interval_ns || period->count == 1)
		return EXIT_DONE;
	return fail(EXIT_USAGE, "--json prints one object; for INTERVAL use --jsonl, which prints one for each interval");
}
