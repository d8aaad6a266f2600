// SPDX-License-Identifier: GPL-2.0
/*
 * The columns of the live table: those asked for, or as many as there is room for
 */
#include "top/top.h"

#define NARROW	80	/* for which the usual columns are made */

/* Shown where the terminal is wide, with their widths and a blank. */
static const struct {
	enum column_id column;
	int width;
} more[] = {
	{ COL_swapout, 8 }, { COL_refault, 8 }, { COL_thrash, 8 }, { COL_reclaim, 8 },
	{ COL_user, 17 }, { COL_zeromap, 8 }, { COL_numa, 8 }, { COL_retry, 8 }, { COL_other, 8 },
};

/* Is a column shown, or sorted by? */
bool top_needs_column(const struct top *top, enum column_id column)
{
	const struct row_order *order = &top->query.order;

	return order->column == column || order->second == column ||
	       column_listed(&top->columns, column);
}

/* Adds columns as long as they fit. */
static void add_columns(struct top *top, struct column_use use)
{
	struct column_list *list = &top->columns;
	int room = top->width - NARROW;

	for (size_t i = 0; i < sizeof(more) / sizeof(*more); i++) {
		enum column_id column = more[i].column;

		if (room < more[i].width || !column_in(column, use) || column_listed(list, column))
			continue;
		room -= more[i].width;
		column_list_insert(list, column);
	}
}

/* Chooses the columns of -o if rows of this kind have them, else the usual ones. */
void top_choose_columns(struct top *top)
{
	const struct column_use use = { .by = top->query.by, .scale = top->query.scale };
	struct row_order *order = &top->query.order;

	top->fixed = top->only && !column_list_parse(&top->columns, top->only, use);
	if (!top->fixed) {
		column_list_usual(&top->columns, use);
		add_columns(top, use);
	}
	if (!column_in(order->column, use)) {
		order->column = COL_minor;
		order->descending = true;
	}
	if (order->second != NR_COLUMNS && !column_in(order->second, use))
		order->second = NR_COLUMNS;
	top->skip = 0;
}

/* Chooses them anew if the terminal has another width now. */
void top_fit_columns(struct top *top, int width)
{
	if (top->width == width)
		return;
	top->width = width;
	if (!top->fixed)
		top_choose_columns(top);
}
