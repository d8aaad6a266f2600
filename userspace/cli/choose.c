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

/* Sets @query->order: where it was not given, by the pid, cgroup, user or command. */
int choose_order(struct query *query, struct column_use use)
{
	static const enum column_id keys[NR_BY] = {
		[BY_PROCESS] = COL_pid, [BY_THREAD] = COL_pid, [BY_CGROUP] = COL_cgroup,
		[BY_USER] = COL_uid, [BY_COMMAND] = COL_comm,
	};
	struct row_order *order = &query->order;
	int rc = EXIT_DONE;

	if (order->second != NR_COLUMNS)
		rc = check_column(order->second, use);
	if (!rc && order->column != NR_COLUMNS)
		rc = check_column(order->column, use);
	else
		order->column = keys[query->by];
	return rc;
}

/* Rejects --json with more than one interval. */
int check_one_object(const struct form *form, const struct period *period)
{
	if (form->format != FORMAT_JSON || !period->interval_ns || period->count == 1)
		return EXIT_DONE;
	return fail(EXIT_USAGE, "--json prints one object; for INTERVAL use --jsonl, which prints one for each interval");
}
