// SPDX-License-Identifier: GPL-2.0
/*
 * The terminal of the live table: opened and closed, keys, text at a place
 *
 * Only printable characters of at least one cell are written, and only if they fit the
 * width, so that no name of a process can draw anything else.
 */
#include <curses.h>
#include <langinfo.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>
#include <wchar.h>

#include "base/cleanup.h"
#include "base/errors.h"
#include "base/text.h"
#include "top/screen.h"

#include <term.h>	/* last, as it defines these as macros */
#undef columns
#undef lines

static FILE *keys;
static struct screen *screen;	/* SCREEN, by a name that checkpatch knows for a type */

/* Keys that terminals send though their terminfo entry may lack them, as vt100 does. */
static const struct {
	const char *bytes;
	int key;
} sequences[] = {
	{ "\033[A", KEY_UP },	  { "\033[B", KEY_DOWN },  { "\033[C", KEY_RIGHT },
	{ "\033[D", KEY_LEFT },	  { "\033[5~", KEY_PPAGE }, { "\033[6~", KEY_NPAGE },
	{ "\033[1~", KEY_HOME }, { "\033[7~", KEY_HOME }, { "\033[H", KEY_HOME },
	{ "\033[4~", KEY_END },	  { "\033[8~", KEY_END },   { "\033[F", KEY_END },
};

/* To restore the terminal in a signal handler, where curses must not be called. */
static struct termios before;
static char leave[256];
static size_t leave_len;

static int add_to_leave(int c)
{
	if (leave_len < sizeof(leave))
		leave[leave_len++] = (char)c;
	return c;
}

/* Context: a signal handler. */
static void restore_terminal(void)
{
	if (write(STDOUT_FILENO, leave, leave_len) >= 0)
		tcsetattr(STDOUT_FILENO, TCSANOW, &before);
}

static void prepare_restore(void)
{
	char *const strings[] = { keypad_local, cursor_normal, exit_attribute_mode, exit_ca_mode };

	leave_len = 0;
	for (size_t i = 0; i < sizeof(strings) / sizeof(*strings); i++)
		if (strings[i])
			tputs(strings[i], 1, add_to_leave);
	cleanup_on_signal(restore_terminal);
}

/* The file that keys come from. */
int terminal_fd(void)
{
	return fileno(keys);
}

/* @from_stdin: a recording is read from there.  Return: EXIT_DONE, or EXIT_OUTPUT after a message. */
int terminal_open(bool from_stdin)
{
	const char *term = getenv("TERM"), *no_color = getenv("NO_COLOR");
	int err = 0;

	/* Where a recording comes from, there are no keys. */
	keys = from_stdin ? fopen("/dev/tty", "re") : stdin;
	if (!keys || !isatty(fileno(keys)) || !isatty(STDOUT_FILENO))
		return fail(EXIT_OUTPUT, "top needs a terminal; for a pipe or a file use: pagestat INTERVAL");
	if (!term || setupterm(NULL, STDOUT_FILENO, &err) != OK || !cursor_address)
		return fail(EXIT_OUTPUT, "TERM is \"%s\": a terminal that is not known here, or cannot place its cursor. Try TERM=vt100, or: pagestat INTERVAL",
			    term ? term : "");
	del_curterm(cur_term);
	tcgetattr(STDOUT_FILENO, &before);
	screen = newterm(NULL, stdout, keys);
	if (!screen)
		return fail(EXIT_OUTPUT, "TERM is \"%s\": the terminal could not be set up", term);
	prepare_restore();
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

void terminal_close(void)
{
	curs_set(1);
	endwin();
	cleanup_on_signal(NULL);
	delscreen(screen);
}

/* Return: a key as getch() does, without waiting; 0 for an unknown escape sequence. */
int terminal_key(void)
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

/* One character of a safe text.  Return: its cells; @wc gets what to show, @n its bytes. */
static int next_character(const char *from, mbstate_t *state, wchar_t *wc, size_t *n)
{
	int cells;

	*n = mbrtowc(wc, from, MB_CUR_MAX, state);
	if (*n >= (size_t)-2)
		return -1;
	cells = wcwidth(*wc);
	if (cells >= 1)
		return cells;
	*wc = L'?';	/* it would combine with what is there */
	return 1;
}

static int count_cells(const char *from)
{
	mbstate_t state = { 0 };
	int all = 0, cells;
	wchar_t wc;
	size_t n;

	for (; *from && (cells = next_character(from, &state, &wc, &n)) > 0; from += n)
		all += cells;
	return all;
}

/* Stands for what is cut off. */
static void put_mark(void)
{
	addstr(strcmp(nl_langinfo(CODESET), "UTF-8") ? "~" : "…");
}

/*
 * Shows a text that is safe, in at most @width cells, and frees it.  If it is longer, its
 * end is cut off, or with @tail its beginning, and there is a mark instead.
 */
static void put_safe(int y, int x, int width, char *safe, bool tail)
{
	const char *from = safe ? safe : "";
	mbstate_t state = { 0 };
	int all = count_cells(from), cells;
	bool cut = all > width;
	wchar_t wc;
	size_t n;

	move(y, x);
	if (width < 1) {
		free(safe);
		return;
	}
	if (cut && tail)
		put_mark();
	width -= cut;
	for (; cut && tail && all > width; from += n, all -= cells)
		cells = next_character(from, &state, &wc, &n);
	for (; *from && width > 0 && (cells = next_character(from, &state, &wc, &n)) > 0; from += n) {
		if (cells > width)
			break;
		addnwstr(&wc, 1);
		width -= cells;
	}
	if (cut && !tail)
		put_mark();
	free(safe);
}

/* Shows @bytes, which may be any, in at most @width cells. */
void terminal_put(int y, int x, int width, const char *bytes)
{
	put_safe(y, x, width, text_escape_dup(bytes, TEXT_FOR_TERMINAL), false);
}

/* Shows a path, whose end says more than its beginning; NULL for an unknown one. */
void terminal_path(int y, int x, int width, const char *path)
{
	put_safe(y, x, width, text_name_dup(path, TEXT_FOR_TERMINAL), true);
}

/* Shows a name as tables do, NULL for an unknown one. */
void terminal_name(int y, int x, int width, const char *name, bool ended)
{
	char *safe = text_name_dup(name, TEXT_FOR_TERMINAL), *marked = NULL;

	if (ended && safe && asprintf(&marked, "%s <ended>", safe) > 0) {
		free(safe);
		safe = marked;
	}
	put_safe(y, x, width, safe, false);
}

void terminal_print(int y, int x, int width, const char *format, ...)
{
	char text[1024];
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	terminal_put(y, x, width, text);
}
