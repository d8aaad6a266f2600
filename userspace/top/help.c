// SPDX-License-Identifier: GPL-2.0
/*
 * The help of the live table, in pages where the screen is low
 */
#include <curses.h>

#include "top/screen.h"

static const char *const lines[] = {
	"Keys of pagestat top:",
	"m          the counts: delta (since the last refresh), total, since start",
	"0          since start: count from now on",
	"p %        counts by the second; times in percent of one CPU's",
	"b B        a row is a process, thread, cgroup, user, command; B: back",
	"< >        sort by the column to the left, to the right",
	", .        the second column, which breaks ties",
	"s          sort by columns that you name: cow,-major",
	"r R        reverse the order; R: that of the second column",
	"/          filter as you type: part of a name, digits of a pid,",
	"           @user, /part of a cgroup's path; Enter keeps it, Esc ends it",
	"a          rows with nothing but zeroes, too",
	"space      freeze, and go on; of a replay: pause, and play",
	"[ ] { }    of a replay: an interval back, on; to its start, to its end",
	"+ -        of a replay: twice as fast, half as fast",
	"arrows     move over rows and columns; PgUp, PgDn, Home, End",
	"q          quit                     Ctrl-L  draw anew",
	"",
	"A number with + grew since the last refresh.  - is unknown, not 0.",
	"One with ? lacks hits by unknown functions: pagestat --probes.",
	"The line |...| is the last minute of the machine in the column sorted by.",
	"PSI: share of the last 10, 60, 300 s that some or all waited for memory.",
};

#define NR_LINES	((int)(sizeof(lines) / sizeof(*lines)))

static int page_lines(void)
{
	return LINES > 2 ? LINES - 2 : 1;
}

/* Are there more pages after this one?  The first is page 1. */
bool screen_help_goes_on(unsigned int page)
{
	return (int)page * page_lines() < NR_LINES;
}

/* Shows a page of the keys. */
void screen_help(unsigned int page)
{
	int from = ((int)page - 1) * page_lines(), nr = NR_LINES - from;

	nr = nr < page_lines() ? nr : page_lines();
	for (int i = 0; i < nr; i++)
		terminal_put(i, 0, COLS, lines[from + i]);
	terminal_put(nr + 1, 0, COLS, screen_help_goes_on(page) ? "Any key: the next page." :
		     "Any key goes back.");
}
