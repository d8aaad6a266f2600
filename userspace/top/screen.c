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

#define MIN_LINES	24
#define MIN_COLUMNS	80
#define HEAD		7	/* lines above the rows */
#define TEXT_WIDTH	15	/* of the last column, at least */

/* How many rows of the table fit on the screen. */
size_t screen_rows(void)
{
	int rows = LINES - HEAD;

	return rows > 0 ? (size_t)rows : 1;
}

static int column_width(struct scale scale, enum column_id column)
{
	char heading[HEADING_MAX];
	int len = (int)strlen(scale_heading(scale, column, heading));

	return column >= NR_NUMBERS ? 16 : len > 7 ? len : 7;
}

/* Rates and shares with decimals, as long as there is room for them.  Return: @text. */
static const char *number_text(char text[24], struct scale scale, const struct process *p,
			       enum column_id c)
{
	bool known = scale_known(scale, p, c);
	uint64_t value = known ? scale_value(scale, p, c) : 0;

	if (c == COL_exit_code && known)
		return exit_code_text(text, p->value[c]);
	if (scale_of(scale, c) == SCALED_COUNT)
		return short_number(text, known, value);
	if (!known || value >= 9999 * SCALE_ONE)
		return short_number(text, known, value / SCALE_ONE);
	snprintf(text, 24, "%" PRIu64 ".%0*u", value / SCALE_ONE, SCALE_DECIMALS,
		 (unsigned int)(value % SCALE_ONE));
	return text;
}

static void draw_cell(const struct top *top, const struct process *p, enum column_id c, int y,
		      int x, int width)
{
	bool grown = c < NR_NUMBERS && is_known(p->grown, c);
	const char *mark = doubt_mark(top->shown.doubted, c);
	char text[24];

	if (c >= NR_NUMBERS) {
		terminal_name(y, x, width, process_text(p, c), c == COL_comm && p->ended);
	} else {
		if (grown)
			attrset(A_BOLD | COLOR_PAIR(1));
		terminal_print(y, x, width + 1, "%*s%s", width,
			       number_text(text, top->columns.scale, p, c),
			       *mark ? mark : grown ? "+" : "");
		attrset(A_NORMAL);
	}
}

/* One line of the table: a row, or the headings if @p is NULL. */
static void draw_line(const struct top *top, const struct process *p, int y)
{
	const struct column_list *list = &top->columns;
	enum column_id last = list->column[list->nr - 1];
	char heading[HEADING_MAX];
	int x = 0;

	for (size_t i = 0; i < list->nr; i++) {
		enum column_id c = list->column[i];
		bool end = c == last;
		int width = end && c >= NR_NUMBERS ? COLS - x : column_width(list->scale, c);

		if (i && i <= top->skip && !end)
			continue;
		if (!end && x + width + 1 + TEXT_WIDTH > COLS)
			continue;
		if (p) {
			draw_cell(top, p, c, y, x, width);
		} else {
			attrset(c == top->query.order.column ? A_REVERSE | A_BOLD :
				c == top->query.order.second ? A_UNDERLINE | A_BOLD : A_BOLD);
			terminal_print(y, x, width, c < NR_NUMBERS ? "%*s" : "%-*s",
			      c < NR_NUMBERS ? width : 0,
			      scale_heading(list->scale, c, heading));
			attrset(A_NORMAL);
		}
		x += width + 1;
	}
}

/* Draws the table. */
void screen_draw(struct top *top)
{
	size_t rows = screen_rows();

	erase();
	if (LINES < MIN_LINES || COLS < MIN_COLUMNS) {
		terminal_print(0, 0, COLS, "too small: %dx%d is needed, this is %dx%d; q ends",
		      MIN_COLUMNS, MIN_LINES, COLS, LINES);
		refresh();
		return;
	}
	if (top->help) {
		screen_help();
		refresh();
		return;
	}
	screen_head(top);
	draw_line(top, NULL, HEAD - 1);
	for (size_t i = 0; i + 1 < rows && top->first_row + i < top->shown.nr; i++)
		draw_line(top, top->shown.row[top->first_row + i], HEAD + (int)i);
	if (top->prompt == '/')
		terminal_print(LINES - 1, 0, COLS - 1, "filter (name, pid, @user, /cgroup): %s_", top->filter);
	else if (top->prompt)
		terminal_print(LINES - 1, 0, COLS - 1, "sort by ([+-]column[,[+-]column]): %s_", top->typed);
	else if (*top->message)
		terminal_put(LINES - 1, 0, COLS - 1, top->message);
	else if (*top->filter)
		terminal_print(LINES - 1, 0, COLS - 1, "only: %s  (/ changes, Esc ends the filter)", top->filter);
	else
		terminal_put(LINES - 1, 0, COLS - 1, top->player ?
			   "? help  space play  [ ] step  { } ends  + - speed  / filter  m mode  q quit" :
			   "? help  / filter  m mode  b by  s < > sort  space freeze  q quit");
	refresh();
}
