// SPDX-License-Identifier: GPL-2.0
/*
 * The screen of the live table
 *
 * Nothing reaches it that is not a printable character of one cell or more, or
 * that does not fit its place: no name can draw anything else.
 */
#include <curses.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>
#include <wchar.h>

#include "base/errors.h"
#include "base/text.h"
#include "top/screen.h"

#include <term.h>	/* last: it takes these names */
#undef columns
#undef lines

#define MIN_LINES	24
#define MIN_COLUMNS	80
#define HEAD		7	/* lines above the rows */
#define TEXT_WIDTH	15	/* at least, for the last column */

static SCREEN *screen;

/* What terminals send that their descriptions may lack, that of vt100 for one. */
static const struct {
	const char *bytes;
	int key;
} sequences[] = {
	{ "\033[A", KEY_UP },	  { "\033[B", KEY_DOWN },  { "\033[C", KEY_RIGHT },
	{ "\033[D", KEY_LEFT },	  { "\033[5~", KEY_PPAGE }, { "\033[6~", KEY_NPAGE },
	{ "\033[1~", KEY_HOME }, { "\033[7~", KEY_HOME }, { "\033[H", KEY_HOME },
	{ "\033[4~", KEY_END },	  { "\033[8~", KEY_END },   { "\033[F", KEY_END },
};

/* What gives the terminal back if we crash: no function of curses may be called then. */
static const int crashes[] = { SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT };
static struct sigaction before_crash[sizeof(crashes) / sizeof(*crashes)];
static struct termios before;
static char leave[256];
static size_t leave_len;

static int keep_byte(int c)
{
	if (leave_len < sizeof(leave))
		leave[leave_len++] = (char)c;
	return c;
}

static void on_crash(int sig, siginfo_t *info, void *context)
{
	(void)context;
	if (write(STDOUT_FILENO, leave, leave_len) >= 0)
		tcsetattr(STDOUT_FILENO, TCSANOW, &before);
	for (size_t i = 0; i < sizeof(crashes) / sizeof(*crashes); i++)
		if (crashes[i] == sig)
			sigaction(sig, &before_crash[i], NULL);
	/* What crashed crashes again; what was sent has to be sent again. */
	if (info->si_code <= 0)
		raise(sig);
}

static void prepare_crash(void)
{
	struct sigaction action = { .sa_sigaction = on_crash, .sa_flags = SA_SIGINFO };
	char *const strings[] = { keypad_local, cursor_normal, exit_attribute_mode, exit_ca_mode };

	leave_len = 0;
	for (size_t i = 0; i < sizeof(strings) / sizeof(*strings); i++)
		if (strings[i])
			tputs(strings[i], 1, keep_byte);
	for (size_t i = 0; i < sizeof(crashes) / sizeof(*crashes); i++)
		sigaction(crashes[i], &action, &before_crash[i]);
}

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
	tcgetattr(STDOUT_FILENO, &before);
	screen = newterm(NULL, stdout, stdin);
	if (!screen)
		return fail(EXIT_OUTPUT, "TERM is \"%s\": the terminal could not be set up", term);
	prepare_crash();
	cbreak();
	noecho();
	nonl();
	keypad(stdscr, TRUE);
	nodelay(stdscr, TRUE);
	set_escdelay(50);
	for (size_t i = 0; i < sizeof(sequences) / sizeof(*sequences); i++)
		if (key_defined(sequences[i].bytes) == 0)
			define_key(sequences[i].bytes, sequences[i].key);
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
 * screen_key() - the next key
 *
 * Return: as getch(), which does not wait; 0 for a key that is not known, whose bytes
 * would be taken for others.
 */
int screen_key(void)
{
	int key = getch(), next;

	if (key != ASCII_ESC)
		return key;
	next = getch();
	if (next != '[' && next != 'O') {
		if (next != ERR)
			ungetch(next);
		return ASCII_ESC;
	}
	do {
		next = getch();
	} while (next != ERR && (next < '@' || next > '~'));
	return 0;
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

/**
 * screen_put() - show bytes of any kind
 * @y: line
 * @x: column
 * @width: in so many cells at most
 * @bytes: what to show
 */
void screen_put(int y, int x, int width, const char *bytes)
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

/**
 * screen_print() - screen_put(), formatted
 * @y: line
 * @x: column
 * @width: in so many cells at most
 * @format: as for printf()
 */
void screen_print(int y, int x, int width, const char *format, ...)
{
	char text[1024];
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	screen_put(y, x, width, text);
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
		screen_put(y, x, width, marked);
	} else if (c >= NR_NUMBERS) {
		screen_put(y, x, width, row_text(p, c) ? row_text(p, c) : "-");
	} else {
		if (grown)
			attrset(A_BOLD | COLOR_PAIR(1));
		screen_print(y, x, width + 1, "%*s%s", width,
		      short_number(digits, is_known(p->known, c), p->value[c]), grown ? "+" : "");
		attrset(A_NORMAL);
	}
}

/* One line of the table; the headings where there is no row. */
static void draw_line(const struct top *top, const struct process *p, int y)
{
	const struct column_list *list = &top->columns;
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
			attrset(c == top->query.order.column ? A_REVERSE | A_BOLD :
				c == top->query.order.second ? A_UNDERLINE | A_BOLD : A_BOLD);
			screen_print(y, x, width, c < NR_NUMBERS ? "%*s" : "%-*s",
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
		screen_print(0, 0, COLS, "too small: %dx%d is needed, this is %dx%d; q ends",
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
		screen_print(LINES - 1, 0, COLS - 1, "filter (name, pid, @user, /cgroup): %s_", top->filter);
	else if (top->prompt)
		screen_print(LINES - 1, 0, COLS - 1, "sort by ([+-]column[,[+-]column]): %s_", top->typed);
	else if (*top->message)
		screen_put(LINES - 1, 0, COLS - 1, top->message);
	else if (*top->filter)
		screen_print(LINES - 1, 0, COLS - 1, "only: %s  (/ changes, Esc ends the filter)", top->filter);
	else
		screen_put(LINES - 1, 0, COLS - 1, top->player ?
			   "? help  space play  [ ] step  { } ends  + - speed  / filter  m mode  q quit" :
			   "? help  / filter  m mode  b by  s < > sort  space freeze  q quit");
	refresh();
}
