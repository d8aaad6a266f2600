// SPDX-License-Identifier: GPL-2.0
/*
 * The screen of the live table: its head, then the rows
 */
#include <curses.h>
#include <inttypes.h>
#include <string.h>

#include "model/doubt.h"
#include "model/exit_code.h"
#include "model/scale.h"
#include "top/screen.h"

#define MIN_LINES	10
#define MIN_COLUMNS	40
#define TEXT_WIDTH	15	/* of the last column, at least */
#define NUMBER_WIDTH	7	/* of a number: six characters and a blank before it */
#define NAME_WIDTH	16	/* of a text that is not the last column */

/* How many rows of the table fit on the screen, with one line less. */
size_t screen_rows(const struct top *top)
{
	int rows = LINES - screen_head_lines(top) - 1;

	return rows > 0 ? (size_t)rows : 1;
}

static int least_width(struct scale scale, enum column_id column)
{
	char heading[HEADING_MAX];
	int len = (int)strlen(scale_heading(scale, column, heading));

	return column >= NR_NUMBERS ? NAME_WIDTH : len > NUMBER_WIDTH ? len : NUMBER_WIDTH;
}

/*
 * Rates and shares with decimals, as long as there is room for them.  Return: @text, of
 * @width characters at most.
 */
static const char *number_text(char text[24], struct scale scale, const struct process *p,
			       enum column_id c, int width)
{
	bool known = scale_known(scale, p, c);
	uint64_t value = known ? scale_value(scale, p, c) : 0;

	if (c == COL_exit_code && known)
		return exit_code_text(text, p->value[c]);
	if (scale_of(scale, c) == SCALED_COUNT)
		return short_number(text, known, value, width);
	if (!known || value >= 999 * SCALE_ONE)
		return short_number(text, known, value / SCALE_ONE, width);
	snprintf(text, 24, "%" PRIu64 ".%0*u", value / SCALE_ONE, SCALE_DECIMALS,
		 (unsigned int)(value % SCALE_ONE));
	return text;
}

/* What a column needs for its numbers to be exact. */
static int full_width(const struct top *top, enum column_id column)
{
	int width = least_width(top->columns.scale, column);
	char digits[24];

	for (size_t i = 0; column < NR_NUMBERS && i < top->shown.nr; i++) {
		const struct process *p = top->shown.row[i];
		int len;

		if (!is_known(p->known, column))
			continue;
		len = (int)strlen(number_text(digits, top->columns.scale, p, column,
					      sizeof(digits) - 1)) +
		      process_columns[column].counter;
		if (len > width)
			width = len;
	}
	return width;
}

/**
 * struct layout - where the columns are
 * @column: those on the screen
 * @width: of each
 * @nr: how many
 * @right: there are more on the right
 */
struct layout {
	enum column_id column[NR_COLUMNS];
	int width[NR_COLUMNS];
	size_t nr;
	bool right;
};

/* Chooses the columns from the one scrolled to, and widens them where there is room. */
static void lay_out(const struct top *top, struct layout *layout)
{
	const struct column_list *list = &top->columns;
	int x = 0, room;

	*layout = (struct layout){ 0 };
	for (size_t i = 0; i < list->nr; i++) {
		enum column_id c = list->column[i];
		bool end = i + 1 == list->nr;
		int width = least_width(list->scale, c);

		if (i && i <= top->skip && !end)
			continue;
		if (!end && x + width + 1 + TEXT_WIDTH > COLS) {
			layout->right = true;
			continue;
		}
		layout->column[layout->nr] = c;
		layout->width[layout->nr++] = end && c >= NR_NUMBERS ? COLS - x : width;
		x += width + 1;
	}
	room = layout->width[layout->nr - 1] - TEXT_WIDTH;
	for (size_t i = 0; i + 1 < layout->nr; i++) {
		int more = full_width(top, layout->column[i]) - layout->width[i];

		more = more < room ? more : room;
		if (more <= 0)
			continue;
		room -= more;
		layout->width[i] += more;
		layout->width[layout->nr - 1] -= more;
	}
}

static void draw_cell(const struct top *top, const struct process *p, enum column_id c,
		      int y, int x, int width)
{
	/* Of differences, all that is not 0 grew: a mark at each would say nothing. */
	bool delta = top->counts == COUNTS_DELTA && c < NR_NUMBERS && process_columns[c].counter &&
		     is_known(p->known, c) && p->value[c];
	bool grown = c < NR_NUMBERS && is_known(p->grown, c);
	const char *mark = doubt_mark(top->shown.doubted, c);
	char text[24];

	if (c == COL_cgroup) {
		terminal_path(y, x, width, p->cgroup);
		return;
	}
	if (c >= NR_NUMBERS) {
		terminal_name(y, x, width, process_text(p, c), c == COL_comm && p->ended);
		return;
	}
	if (grown || delta)
		attrset((grown ? A_BOLD : 0) | COLOR_PAIR(1));
	terminal_print(y, x, width + 1, "%*s%s", width,
		       number_text(text, top->columns.scale, p, c,
				   process_columns[c].counter ? width - 1 : width),
		       *mark ? mark : grown ? "+" : "");
	attrset(A_NORMAL);
}

static void draw_headings(const struct top *top, const struct layout *layout, int y)
{
	char heading[HEADING_MAX];
	int x = 0;

	for (size_t i = 0; i < layout->nr; i++) {
		enum column_id c = layout->column[i];
		int width = layout->width[i];

		attrset(c == top->query.order.column ? A_REVERSE | A_BOLD :
			c == top->query.order.second ? A_UNDERLINE | A_BOLD : A_BOLD);
		terminal_print(y, x, width, c < NR_NUMBERS ? "%*s" : "%-*s",
			       c < NR_NUMBERS ? width : 0,
			       scale_heading(top->columns.scale, c, heading));
		attrset(A_NORMAL);
		/* What was scrolled out is between the first and the second. */
		if (!i && top->skip)
			mvaddch(y, width, '<');
		x += width + 1;
	}
	if (layout->right)
		mvaddch(y, COLS - 1, '>');
}

static void draw_row(const struct top *top, const struct layout *layout,
		     const struct process *p, int y)
{
	int x = 0;

	for (size_t i = 0; i < layout->nr; i++) {
		draw_cell(top, p, layout->column[i], y, x, layout->width[i]);
		x += layout->width[i] + 1;
	}
}

static void draw_last_line(const struct top *top)
{
	int y = LINES - 1, width = COLS - 1;

	if (top->prompt == '/')
		terminal_print(y, 0, width, "filter (name, pid, @user, /cgroup): %s_", top->filter);
	else if (top->prompt)
		terminal_print(y, 0, width, "sort by ([+-]column[,[+-]column]): %s_", top->typed);
	else if (*top->message)
		terminal_put(y, 0, width, top->message);
	else if (*top->filter)
		terminal_print(y, 0, width, "only: %s  (/ changes, Esc ends the filter)", top->filter);
	else
		terminal_put(y, 0, width, top->player ?
			     "? help  space play  [ ] step  { } ends  + - speed  / filter  m mode  q quit" :
			     "? help  / filter  m mode  b by  s < > sort  space freeze  q quit");
}

/* Draws the table. */
void screen_draw(struct top *top)
{
	struct layout layout;
	size_t rows;
	int y;

	erase();
	if (LINES < MIN_LINES || COLS < MIN_COLUMNS) {
		terminal_print(0, 0, COLS, "too small: %dx%d is needed, this is %dx%d; q ends",
			       MIN_COLUMNS, MIN_LINES, COLS, LINES);
		refresh();
		return;
	}
	if (top->help) {
		screen_help(top->help);
		refresh();
		return;
	}
	screen_head(top);
	y = screen_head_lines(top);
	rows = screen_rows(top);
	lay_out(top, &layout);
	draw_headings(top, &layout, y - 1);
	for (size_t i = 0; i < rows && top->first_row + i < top->shown.nr; i++)
		draw_row(top, &layout, top->shown.row[top->first_row + i], y + (int)i);
	draw_last_line(top);
	refresh();
}
