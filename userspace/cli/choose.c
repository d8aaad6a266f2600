// SPDX-License-Identifier: GPL-2.0
/*
 * The columns and the order of a report, where the user left them open
 */
#include "base/errors.h"
#include "cli/choose.h"

/**
 * choose_columns() - the columns that were named, else the usual ones
 * @form: says which, and gets them
 * @use: for which report
 *
 * A screen has 80 columns; a program gets all of them and picks.
 *
 * Return: EXIT_DONE, or EXIT_USAGE after a message.
 */
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
	return fail(EXIT_USAGE, "--sort: the rows of this report have no %s",
		    process_columns[column].name);
}

/**
 * choose_order() - the order that was named, else that of what tells the rows apart
 * @query: says which, and gets it
 * @use: for which report
 *
 * Return: EXIT_DONE, or EXIT_USAGE after a message.
 */
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

/**
 * check_one_object() - JSON of many intervals is no single object
 * @form: asked for
 * @period: asked for
 *
 * Return: EXIT_DONE, or EXIT_USAGE after a message.
 */
int check_one_object(const struct form *form, const struct period *period)
{
	if (form->format != FORMAT_JSON || !period->interval_ns || period->count == 1)
		return EXIT_DONE;
	return fail(EXIT_USAGE, "--json is one object; for INTERVAL there is --jsonl, an object an interval");
}
