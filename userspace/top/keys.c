// SPDX-License-Identifier: GPL-2.0
/*
 * The keys of the live table
 */
#include <curses.h>
#include <string.h>

#include "base/errors.h"
#include "cli/values.h"
#include "top/replay.h"
#include "top/screen.h"
#include "top/top.h"

/* Changes @column to the next of the table (@by 1), or the one before (-1). */
static void step_column(const struct top *top, enum column_id *column, bool *descending, int by)
{
	const struct column_list *list = &top->columns;
	size_t at = 0;

	while (at < list->nr && list->column[at] != *column)
		at++;
	if (at == list->nr)
		at = 0;
	else if (by > 0 ? at + 1 < list->nr : at > 0)
		at += (size_t)by;
	*column = list->column[at];
	*descending = process_columns[*column].counter;
}

/* Adds a column that is not shown, as the second one. */
static void show_column(struct column_list *list, enum column_id column)
{
	if (column == NR_COLUMNS || column_listed(list, column))
		return;
	memmove(&list->column[2], &list->column[1], (list->nr - 1) * sizeof(*list->column));
	list->column[1] = column;
	list->nr++;
}

/* Sets the order that was typed, and shows the columns sorted by. */
static void set_order(struct top *top)
{
	const struct column_use use = { .by = top->query.by };
	struct column_list *list = &top->columns;
	struct row_order order;

	if (!*top->typed || value_order(&order, "--sort", top->typed))
		return;
	if (!column_in(order.column, use) ||
	    (order.second != NR_COLUMNS && !column_in(order.second, use))) {
		strcpy(top->message, "the rows of this table have no such column");
		return;
	}
	top->query.order = order;
	show_column(list, order.second);
	show_column(list, order.column);
	top->fixed = true;
	top->skip = 0;
}

static int type_key(struct top *top, int key)
{
	char *text = top->prompt == '/' ? top->filter : top->typed;
	size_t len = strlen(text);

	if (key == ASCII_ESC) {
		*text = '\0';
		top->prompt = 0;
	} else if (key == '\r' || key == '\n' || key == KEY_ENTER) {
		if (top->prompt == 's')
			set_order(top);
		top->prompt = 0;
	} else if (key == KEY_BACKSPACE || key == 127 || key == '\b') {
		while (len && (text[--len] & 0xc0) == 0x80)
			;
		text[len] = '\0';
	} else if (key >= ' ' && key < 256 && len + 1 < TYPED_MAX) {
		text[len] = (char)key;
		text[len + 1] = '\0';
	}
	return top_view(top);
}

static void step_by(struct top *top, int by)
{
	const struct player *player = top->player;
	enum by *now = &top->query.by;

	/* A recording has either processes or threads. */
	do {
		*now = (enum by)(((int)*now + NR_BY + by) % NR_BY);
	} while (player && player->recording.threads != (*now == BY_THREAD));
	top_choose_columns(top);
}

static void scroll_to(struct top *top, int key)
{
	size_t page = screen_rows(top), *row = &top->first_row;

	if (key == KEY_UP && *row)
		--*row;
	else if (key == KEY_DOWN)
		++*row;
	else if (key == KEY_PPAGE)
		*row -= *row < page ? *row : page;
	else if (key == KEY_NPAGE)
		*row += page;
	else if (key == KEY_HOME)
		*row = 0;
	else if (key == KEY_END)
		*row = top->shown.nr > page ? top->shown.nr - page : 0;
	else if (key == KEY_LEFT && top->skip)
		top->skip--;
	else if (key == KEY_RIGHT && top->skip + 2 < top->columns.nr)
		top->skip++;
}

/* Handles a key, as from getch(). */
int top_key(struct top *top, int key)
{
	struct row_order *order = &top->query.order;
	int rc;

	if (key == KEY_RESIZE) {
		top_fit_columns(top, COLS);
		return top_view(top);
	}
	if (top->prompt)
		return type_key(top, key);
	if (top->help) {
		top->help = screen_help_goes_on(top->help) ? top->help + 1 : 0;
		return EXIT_DONE;
	}
	if (top->player && player_key(top, key, &rc))
		return rc ? rc : top_view(top);
	switch (key) {
	case 'q':
		top->done = true;
		return EXIT_DONE;
	case '?':
	case 'h':
		top->help = 1;
		return EXIT_DONE;
	case '\f':
		clearok(curscr, TRUE);
		return EXIT_DONE;
	case ' ':
		top->frozen = !top->frozen;
		return EXIT_DONE;
	case 'm':
		top->counts = (enum counts)((top->counts + 1) % NR_COUNTS);
		break;
	case '0':
		rc = top->player ? player_count_from_now(top) : EXIT_DONE;
		if (rc)
			return rc;
		if (!top->player)
			top_count_from_now(top);
		break;
	case 'b':
	case 'B':
		step_by(top, key == 'b' ? 1 : -1);
		break;
	case 'p':
		top->query.scale.rate = !top->query.scale.rate;
		top->columns.scale = top->query.scale;
		break;
	case '%':
		top->query.scale.share = !top->query.scale.share;
		top->columns.scale = top->query.scale;
		break;
	case 'a':
		top->query.all = !top->query.all;
		break;
	case 'r':
		order->descending = !order->descending;
		break;
	case 'R':
		order->second_descending = !order->second_descending;
		break;
	case '<':
	case '>':
		step_column(top, &order->column, &order->descending, key == '<' ? -1 : 1);
		break;
	case ',':
	case '.':
		step_column(top, &order->second, &order->second_descending, key == ',' ? -1 : 1);
		break;
	case '/':
	case 's':
		top->prompt = (char)key;
		*top->typed = '\0';
		return EXIT_DONE;
	case ASCII_ESC:
		*top->filter = '\0';
		break;
	default:
		scroll_to(top, key);
		break;
	}
	return top_view(top);
}
