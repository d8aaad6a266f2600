// SPDX-License-Identifier: GPL-2.0
/*
 * The screen of the live table
 *
 * Nothing reaches it that is not a printable character of one cell or more, or
 * that does not fit its place: no name can draw anything else.
 */
#include <curses.h>
#include <inttypes.h>
#include <langinfo.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <wchar.h>

#include "errors.h"
#include "text.h"
#include "top.h"

#include <term.h>	/* last: it takes these names */
#undef columns
#undef lines

#define MIN_LINES	24
#define MIN_COLUMNS	80
#define HEAD		7	/* lines above the rows */
#define TEXT_WIDTH	15	/* at least, for the last column */

static SCREEN *screen;

/**
 * screen_open() - take the terminal over
 *
 * Return: EXIT_DONE, or EXIT_OUTPUT after a message.
 */
int screen_open(void)
{
	const char *term = getenv("TERM"), *no_color = getenv("NO_COLOR");
	int err = 0;

	if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO))
		return fail(EXIT_OUTPUT, "top needs a terminal; for a pipe or a file there is: pagestat INTERVAL");
	if (!term || setupterm(NULL, STDOUT_FILENO, &err) != OK || !cursor_address)
		return fail(EXIT_OUTPUT, "TERM is \"%s\": a terminal that is not known here, or cannot place its cursor. Try TERM=vt100, or: pagestat INTERVAL",
			    term ? term : "");
	del_curterm(cur_term);
	screen = newterm(NULL, stdout, stdin);
	if (!screen)
		return fail(EXIT_OUTPUT, "TERM is \"%s\": the terminal could not be set up", term);
	cbreak();
	noecho();
	nonl();
	keypad(stdscr, TRUE);
	nodelay(stdscr, TRUE);
	set_escdelay(50);
	curs_set(0);
	if (has_colors() && !(no_color && *no_color)) {
		start_color();
		use_default_colors();
		init_pair(1, COLOR_GREEN, -1);
		init_pair(2, COLOR_RED, -1);
	}
	return EXIT_DONE;
}

/**
 * screen_close() - give the terminal back as it was
 */
void screen_close(void)
{
	curs_set(1);
	endwin();
	delscreen(screen);
}

/**
 * screen_rows() - how many rows of the table are to be seen
 *
 * Return: that.
 */
size_t screen_rows(void)
{
	int rows = LINES - HEAD;

	return rows > 0 ? (size_t)rows : 1;
}

/* Shows bytes of any kind in @width cells from (@y, @x) on. */
static void put(int y, int x, int width, const char *bytes)
{
	char *safe = text_printable_dup(bytes);
	const char *from = safe;
	mbstate_t state = { 0 };
	wchar_t wc;
	size_t n;

	move(y, x);
	while (from && *from && (n = mbrtowc(&wc, from, MB_CUR_MAX, &state)) < (size_t)-2) {
		int cells = wcwidth(wc);

		if (cells < 1) {	/* nothing combines with what is ours */
			wc = L'?';
			cells = 1;
		}
		if (cells > width)
			break;
		addnwstr(&wc, 1);
		width -= cells;
		from += n;
	}
	free(safe);
}

__printf(4, 5)
static void print(int y, int x, int width, const char *format, ...)
{
	char text[1024];
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	put(y, x, width, text);
}

/* A number in 7 cells, exact if it fits. */
static const char *short_number(char text[24], bool known, uint64_t value)
{
	static const char units[] = "kMGTPE";
	double n = (double)value;
	int unit = -1;

	if (!known)
		return strcpy(text, "-");
	if (value < 10000000) {
		snprintf(text, 24, "%" PRIu64, value);
		return text;
	}
	for (; n >= 99999.5; n /= 1000)
		unit++;
	snprintf(text, 24, unit < 0 ? "%.0f" : "%.0f%c", n, unit < 0 ? 0 : units[unit]);
	return text;
}

static void draw_title(const struct top *top)
{
	static const char *const counts[] = { "delta", "total", "since start" };
	static const char *const by[] = { "process", "thread", "cgroup", "user", "command" };
	const struct options *o = &top->options;
	char order[80] = "", elapsed[32] = "";

	if (o->second != NR_COLUMNS)
		snprintf(order, sizeof(order), ",%c%s", o->second_descending ? '-' : '+',
			 process_columns[o->second].name);
	if (top->elapsed_ns)
		snprintf(elapsed, sizeof(elapsed), " of %.1f s", (double)top->elapsed_ns / 1e9);
	print(0, 0, COLS, "pagestat top: %s%s  by %s  sort %c%s%s  %zu rows%s",
	      counts[top->counts], elapsed, by[o->by], o->descending ? '-' : '+',
	      process_columns[o->sort].name, order, top->shown.nr,
	      top->frozen ? "  FROZEN" : "");
}

/* What the machine counted, in the time that the rows are of. */
static void draw_totals(struct top *top)
{
	static const enum system_column some[] = {
		SYS_minor, SYS_major, SYS_cow, SYS_reuse, SYS_zerofill, SYS_swapin, SYS_swapout,
	};
	struct series *s = top_series(top);
	const struct system *now = &s->now.system, *then = NULL;
	char text[160] = "machine:", digits[24];

	if (s->nr == 2 && top->counts != COUNTS_TOTAL)
		then = top->counts == COUNTS_SINCE ? &s->first.system : &s->before.system;
	if (s->nr < 2 && top->counts != COUNTS_TOTAL)
		then = now;
	for (size_t i = 0; i < sizeof(some) / sizeof(*some); i++) {
		uint64_t value = now->value[some[i]] - (then ? then->value[some[i]] : 0);
		size_t len = strlen(text);

		snprintf(text + len, sizeof(text) - len, " %s %s", system_columns[some[i]].name,
			 short_number(digits, is_known(now->known, some[i]), value));
	}
	put(1, 0, COLS, text);
}

static void draw_machine(struct top *top)
{
	static const enum system_column losses[] = {
		SYS_lost_tasks, SYS_lost_hits, SYS_missed, SYS_stray, SYS_silenced,
	};
	const struct system *now = &top_series(top)->now.system;
	const struct memory *m = &top->memory;
	char text[160] = "lost:", digits[24];
	bool lost = false;

	print(2, 0, COLS, "PSI memory: some %s  full %s", m->some, m->full);
	print(3, 0, COLS, "memory: %" PRIu64 " of %" PRIu64 " MiB available  swap: %" PRIu64 " of %" PRIu64 " MiB free",
	      m->available >> 10, m->total >> 10, m->swap_free >> 10, m->swap_total >> 10);
	for (size_t i = 0; i < sizeof(losses) / sizeof(*losses); i++) {
		size_t len = strlen(text);
		bool known = is_known(now->known, losses[i]);

		lost = lost || (known && now->value[losses[i]]);
		snprintf(text + len, sizeof(text) - len, " %s %s", system_columns[losses[i]].name,
			 short_number(digits, known, now->value[losses[i]]));
	}
	attrset(lost ? A_BOLD | COLOR_PAIR(2) : A_NORMAL);
	put(4, 0, COLS, text);
	attrset(A_NORMAL);
}

/* The last minute of the machine, its end on the right. */
static void draw_history(const struct top *top)
{
	static const char *const blocks[] = { " ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█" };
	static const char *const ascii[] = { " ", ".", ":", "-", "=", "+", "*", "#", "@" };
	const char *const *levels = strcmp(nl_langinfo(CODESET), "UTF-8") ? ascii : blocks;
	enum column_id c = top->options.sort;
	char text[HISTORY_SECONDS * 4 + 1] = "", digits[24];
	uint64_t rate[HISTORY_SECONDS], most = 0;

	if (c >= NR_NUMBERS || c < FIRST_COUNTER)
		c = COL_minor;
	for (unsigned int i = 0; i < HISTORY_SECONDS; i++) {
		rate[i] = history_rate(&top->history, c, i);
		most = rate[i] > most ? rate[i] : most;
	}
	for (unsigned int i = HISTORY_SECONDS; i--;)
		strcat(text, levels[most ? (rate[i] * 8 + most - 1) / most : 0]);
	print(5, 0, COLS, "%-8.8s|%s|%s/s", process_columns[c].name, text,
	      short_number(digits, true, most));
}

static int column_width(enum column_id column)
{
	int len = (int)strlen(process_columns[column].name);

	return column >= NR_NUMBERS ? 16 : len > 7 ? len : 7;
}

static void draw_cell(const struct process *p, enum column_id c, int y, int x, int width)
{
	bool grown = c < NR_NUMBERS && is_known(p->grown, c);
	char digits[24], marked[80];

	if (c == COL_comm && p->ended) {
		snprintf(marked, sizeof(marked), "%s <ended>", p->comm);
		put(y, x, width, marked);
	} else if (c >= NR_NUMBERS) {
		put(y, x, width, row_text(p, c) ? row_text(p, c) : "-");
	} else {
		if (grown)
			attrset(A_BOLD | COLOR_PAIR(1));
		print(y, x, width + 1, "%*s%s", width,
		      short_number(digits, is_known(p->known, c), p->value[c]), grown ? "+" : "");
		attrset(A_NORMAL);
	}
}

/* One line of the table; the headings where there is no row. */
static void draw_line(const struct top *top, const struct process *p, int y)
{
	const struct column_list *list = &top->options.columns;
	enum column_id last = list->column[list->nr - 1];
	char heading[HEADING_MAX];
	int x = 0;

	for (size_t i = 0; i < list->nr; i++) {
		enum column_id c = list->column[i];
		bool end = c == last;
		int width = end && c >= NR_NUMBERS ? COLS - x : column_width(c);

		if (i && i <= top->skip && !end)
			continue;
		if (!end && x + width + 1 + TEXT_WIDTH > COLS)
			continue;
		if (p) {
			draw_cell(p, c, y, x, width);
		} else {
			attrset(c == top->options.sort ? A_REVERSE | A_BOLD :
				c == top->options.second ? A_UNDERLINE | A_BOLD : A_BOLD);
			print(y, x, width, c < NR_NUMBERS ? "%*s" : "%-*s",
			      c < NR_NUMBERS ? width : 0,
			      column_heading(&process_columns[c], heading));
			attrset(A_NORMAL);
		}
		x += width + 1;
	}
}

/**
 * screen_draw() - show the table as it is now
 * @top: the live table
 */
void screen_draw(struct top *top)
{
	size_t rows = screen_rows();

	erase();
	if (LINES < MIN_LINES || COLS < MIN_COLUMNS) {
		print(0, 0, COLS, "too small: %dx%d is needed, this is %dx%d; q ends",
		      MIN_COLUMNS, MIN_LINES, COLS, LINES);
		refresh();
		return;
	}
	if (top->help) {
		screen_help();
		refresh();
		return;
	}
	draw_title(top);
	draw_totals(top);
	draw_machine(top);
	draw_history(top);
	draw_line(top, NULL, HEAD - 1);
	for (size_t i = 0; i + 1 < rows && top->first_row + i < top->shown.nr; i++)
		draw_line(top, top->shown.row[top->first_row + i], HEAD + (int)i);
	if (top->prompt == '/')
		print(LINES - 1, 0, COLS - 1, "filter (name, pid, @user, /cgroup): %s_", top->filter);
	else if (top->prompt)
		print(LINES - 1, 0, COLS - 1, "sort by ([+-]column[,[+-]column]): %s_", top->typed);
	else if (*top->message)
		put(LINES - 1, 0, COLS - 1, top->message);
	else if (*top->filter)
		print(LINES - 1, 0, COLS - 1, "only: %s  (/ changes, Esc ends the filter)", top->filter);
	else
		put(LINES - 1, 0, COLS - 1, "? help  / filter  m mode  b by  s < > sort  space freeze  q quit");
	refresh();
}

/**
 * screen_help() - show the keys
 */
void screen_help(void)
{
	static const char *const lines[] = {
		"Keys of pagestat top",
		"",
		"m          the counts: delta (since the last refresh), total, since start",
		"0          since start: begin anew now",
		"b B        a row is a process, thread, cgroup, user, command; B: back",
		"< >        sort by the column to the left, to the right",
		", .        the second column, which breaks ties",
		"s          sort by columns that you name: cow,-major",
		"r R        turn the order around; that of the second column",
		"/          filter as you type: part of a name, digits of a pid,",
		"           @user, /part of a cgroup's path; Enter keeps it, Esc ends it",
		"a          rows with nothing but zeroes, too",
		"space      freeze, and go on",
		"arrows     move over rows and columns; PgUp, PgDn, Home, End",
		"q          quit                     Ctrl-L  draw anew",
		"",
		"A number with + grew since the last refresh.  - is unknown, not 0.",
		"The line |...| is the last minute of the machine in the column sorted by.",
		"PSI: share of the last 10, 60, 300 s that some or all waited for memory.",
		"",
		"Any key goes back.",
	};

	for (size_t i = 0; i < sizeof(lines) / sizeof(*lines); i++)
		put((int)i, 0, COLS, lines[i]);
}
