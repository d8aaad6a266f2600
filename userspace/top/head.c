// SPDX-License-Identifier: GPL-2.0
/*
 * The lines above the rows of the live table, and its help
 */
#include <curses.h>
#include <inttypes.h>
#include <langinfo.h>
#include <string.h>

#include "base/clock.h"
#include "top/replay.h"
#include "top/screen.h"

/* Writes a number in at most 7 characters, exactly if it fits.  Return: @text. */
const char *short_number(char text[24], bool known, uint64_t value)
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
	const struct row_order *order = &top->query.order;
	char second[80] = "", elapsed[32] = "";

	if (order->second != NR_COLUMNS)
		snprintf(second, sizeof(second), ",%c%s", order->second_descending ? '-' : '+',
			 process_columns[order->second].name);
	if (top->elapsed_ns)
		snprintf(elapsed, sizeof(elapsed), " of %.1f s", (double)top->elapsed_ns / 1e9);
	terminal_print(0, 0, COLS, "pagestat top: %s%s  by %s  sort %c%s%s  %zu rows%s",
	      counts[top->counts], elapsed, by[top->query.by], order->descending ? '-' : '+',
	      process_columns[order->column].name, second, top->shown.nr,
	      !top->frozen ? "" : top->player ? "  PAUSED" : "  FROZEN");
}

/* The totals, or their growth in the time of the rows. */
static void draw_totals(struct top *top)
{
	static const enum system_column totals[] = {
		SYS_minor, SYS_major, SYS_cow, SYS_reuse, SYS_zerofill, SYS_swapin, SYS_swapout,
	};
	struct series *s = top_series(top);
	const struct system *now = &s->now.system, *then = NULL;
	char text[160] = "machine:", digits[24];

	if (s->nr == 2 && top->counts != COUNTS_TOTAL)
		then = top->counts == COUNTS_SINCE ? &s->first.system : &s->before.system;
	if (s->nr < 2 && top->counts != COUNTS_TOTAL)
		then = now;
	for (size_t i = 0; i < sizeof(totals) / sizeof(*totals); i++) {
		enum system_column c = totals[i];
		uint64_t from = then ? then->value[c] : 0, to = now->value[c];
		bool known = is_known(now->known, c) && to >= from;	/* or it was reset */
		size_t len = strlen(text);

		snprintf(text + len, sizeof(text) - len, " %s %s", system_columns[c].name,
			 short_number(digits, known, to - from));
	}
	terminal_put(1, 0, COLS, text);
}

static const char *mebibytes(char text[24], const struct meminfo *m, enum meminfo_id id)
{
	snprintf(text, 24, "%" PRIu64, m->value[id] >> 10);
	return m->known >> id & 1 ? text : "-";
}

static void draw_memory(const struct meminfo *m)
{
	char text[NR_MEMINFO][24];

	terminal_print(2, 0, COLS, "PSI memory: some %s  full %s", m->some, m->full);
	terminal_print(3, 0, COLS, "memory: %s of %s MiB available  swap: %s of %s MiB free",
		       mebibytes(text[0], m, MEMINFO_AVAILABLE),
		       mebibytes(text[1], m, MEMINFO_TOTAL),
		       mebibytes(text[2], m, MEMINFO_SWAP_FREE),
		       mebibytes(text[3], m, MEMINFO_SWAP_TOTAL));
}

/* A recording has no PSI and no memory; these lines say which recording it is instead. */
static void draw_replay(struct top *top)
{
	const struct player *player = top->player;
	const struct sample *now = &top_series(top)->now;
	char stamp[STAMP_MAX];

	attrset(A_REVERSE);
	terminal_print(2, 0, COLS, "REPLAY %s  interval %zu of %zu  speed %g",
		     clock_stamp(stamp, now->wall_ns), player->at, player->index.nr - 1,
		     player->speed);
	attrset(A_NORMAL);
	terminal_print(3, 0, COLS, "recorded on %s, Linux %s: %s", player->recording.host,
		     player->recording.kernel, player->recording.path);
}

static void draw_machine(struct top *top)
{
	static const enum system_column losses[] = {
		SYS_lost_tasks, SYS_lost_hits, SYS_missed, SYS_stray, SYS_silenced,
	};
	const struct system *now = &top_series(top)->now.system;
	char text[160] = "lost:", digits[24];
	bool lost = false;

	if (top->player)
		draw_replay(top);
	else
		draw_memory(&top->memory);
	for (size_t i = 0; i < sizeof(losses) / sizeof(*losses); i++) {
		size_t len = strlen(text);
		bool known = is_known(now->known, losses[i]);

		lost = lost || (known && now->value[losses[i]]);
		snprintf(text + len, sizeof(text) - len, " %s %s", system_columns[losses[i]].name,
			 short_number(digits, known, now->value[losses[i]]));
	}
	attrset(lost ? A_BOLD | COLOR_PAIR(2) : A_NORMAL);
	terminal_put(4, 0, COLS, text);
	attrset(A_NORMAL);
}

/* The last minute of the totals, the newest second on the right. */
static void draw_history(const struct top *top)
{
	static const char *const blocks[] = { " ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█" };
	static const char *const ascii[] = { " ", ".", ":", "-", "=", "+", "*", "#", "@" };
	const char *const *levels = strcmp(nl_langinfo(CODESET), "UTF-8") ? ascii : blocks;
	enum column_id c = top->query.order.column;
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
	terminal_print(5, 0, COLS, "%-8.8s|%s|%s/s", process_columns[c].name, text,
	      short_number(digits, true, most));
}

/* Draws the lines above the headings. */
void screen_head(struct top *top)
{
	draw_title(top);
	draw_totals(top);
	draw_machine(top);
	draw_history(top);
}

/* Shows the keys. */
void screen_help(void)
{
	static const char *const lines[] = {
		"Keys of pagestat top",
		"",
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
		"",
		"Any key goes back.",
	};

	for (size_t i = 0; i < sizeof(lines) / sizeof(*lines); i++)
		terminal_put((int)i, 0, COLS, lines[i]);
}
