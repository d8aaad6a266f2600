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

#define TALL	20	/* lines of a screen that has the whole head */
#define LOW	14	/* lines of one that has the totals, too */

/* Writes a number in at most @most characters, 6 at least, exactly if it fits.  Return: @text. */
const char *short_number(char text[24], bool known, uint64_t value, int most)
{
	static const char units[] = "kMGTPE";
	uint64_t rest = value;
	int unit = -1, len;

	if (!known)
		return strcpy(text, "-");
	len = snprintf(text, 24, "%" PRIu64, value);
	while (len > most) {
		rest = rest / 1000 + (rest % 1000 >= 500);
		unit++;
		len = snprintf(text, 24, "%" PRIu64 "%c", rest, units[unit]);
	}
	return text;
}

static void draw_title(const struct top *top, int *y)
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
	terminal_print((*y)++, 0, COLS, "pagestat top: %s%s  by %s  sort %c%s%s  %zu rows%s",
	      counts[top->counts], elapsed, by[top->query.by], order->descending ? '-' : '+',
	      process_columns[order->column].name, second, top->shown.nr,
	      !top->frozen ? "" : top->player ? "  PAUSED" : "  FROZEN");
}

/* The totals, or their growth in the time of the rows. */
static void draw_totals(struct top *top, int *y)
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
			 short_number(digits, known, to - from, 7));
	}
	terminal_put((*y)++, 0, COLS, text);
}

static const char *mebibytes(char text[24], const struct meminfo *m, enum meminfo_id id)
{
	snprintf(text, 24, "%" PRIu64, m->value[id] >> 10);
	return m->known >> id & 1 ? text : "-";
}

static void draw_memory(const struct meminfo *m, int *y)
{
	char text[NR_MEMINFO][24];

	terminal_print((*y)++, 0, COLS, "PSI memory: some %s  full %s", m->some, m->full);
	terminal_print((*y)++, 0, COLS, "memory: %s of %s MiB available  swap: %s of %s MiB free",
		       mebibytes(text[0], m, MEMINFO_AVAILABLE),
		       mebibytes(text[1], m, MEMINFO_TOTAL),
		       mebibytes(text[2], m, MEMINFO_SWAP_FREE),
		       mebibytes(text[3], m, MEMINFO_SWAP_TOTAL));
}

/* A recording has no PSI and no memory; these lines say which recording it is instead. */
static void draw_replay(struct top *top, int *y)
{
	const struct player *player = top->player;
	const struct sample *now = &top_series(top)->now;
	char stamp[STAMP_MAX];

	attrset(A_REVERSE);
	terminal_print((*y)++, 0, COLS, "REPLAY %s  interval %zu of %zu  speed %g",
		       clock_stamp(stamp, now->wall_ns), player->at, player->index.nr - 1,
		       player->speed);
	attrset(A_NORMAL);
	if (LINES >= TALL)
		terminal_print((*y)++, 0, COLS, "recorded on %s, Linux %s: %s",
			       player->recording.host, player->recording.kernel,
			       player->recording.path);
}

static const enum system_column losses[] = {
	SYS_lost_tasks, SYS_lost_hits, SYS_missed, SYS_stray, SYS_silenced,
};

/* Was anything lost, or is that unknown?  Else there is no line about it. */
static bool has_losses(const struct top *top, bool *lost)
{
	const struct system *now = &top_series((struct top *)top)->now.system;
	bool known = true;

	*lost = false;
	for (size_t i = 0; i < sizeof(losses) / sizeof(*losses); i++) {
		known = known && is_known(now->known, losses[i]);
		*lost = *lost || (is_known(now->known, losses[i]) && now->value[losses[i]]);
	}
	return *lost || !known;
}

static void draw_losses(struct top *top, int *y)
{
	const struct system *now = &top_series(top)->now.system;
	char text[160] = "lost:", digits[24];
	bool lost;

	if (!has_losses(top, &lost))
		return;
	for (size_t i = 0; i < sizeof(losses) / sizeof(*losses); i++) {
		size_t len = strlen(text);

		snprintf(text + len, sizeof(text) - len, " %s %s", system_columns[losses[i]].name,
			 short_number(digits, is_known(now->known, losses[i]),
				      now->value[losses[i]], 7));
	}
	attrset(lost ? A_BOLD | COLOR_PAIR(2) : A_NORMAL);
	terminal_put((*y)++, 0, COLS, text);
	attrset(A_NORMAL);
}

/* The last minute of the totals, the newest second on the right; less if it is narrow. */
static void draw_history(const struct top *top, int *y)
{
	static const char *const blocks[] = { " ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█" };
	static const char *const ascii[] = { " ", ".", ":", "-", "=", "+", "*", "#", "@" };
	const char *const *levels = strcmp(nl_langinfo(CODESET), "UTF-8") ? ascii : blocks;
	int room = COLS - (int)strlen("minor   ||9999999/s");
	unsigned int seconds = room < HISTORY_SECONDS ? (unsigned int)room : HISTORY_SECONDS;
	enum column_id c = top->query.order.column;
	char text[HISTORY_SECONDS * 4 + 1] = "", digits[24];
	uint64_t rate[HISTORY_SECONDS], most = 0;

	if (c >= NR_NUMBERS || c < FIRST_COUNTER)
		c = COL_minor;
	for (unsigned int i = 0; i < seconds; i++) {
		rate[i] = history_rate(&top->history, c, i);
		most = rate[i] > most ? rate[i] : most;
	}
	/* @most is below 2^60: history_rate() sees to that. */
	for (unsigned int i = seconds; i--;)
		strcat(text, levels[most ? (rate[i] * 8 + most - 1) / most : 0]);
	terminal_print((*y)++, 0, COLS, "%-8.8s|%s|%s/s", process_columns[c].name, text,
		       short_number(digits, true, most, 7));
}

/* How many lines are above the rows, the headings among them. */
int screen_head_lines(const struct top *top)
{
	bool lost, losses_shown = has_losses(top, &lost);

	if (LINES >= TALL)
		return 6 + losses_shown;
	return 2 + (LINES >= LOW) + !!top->player + lost;
}

/* Draws the lines above the headings; a low screen has the most important ones. */
void screen_head(struct top *top)
{
	bool lost;
	int y = 0;

	has_losses(top, &lost);
	draw_title(top, &y);
	if (LINES >= LOW)
		draw_totals(top, &y);
	if (top->player)
		draw_replay(top, &y);
	else if (LINES >= TALL)
		draw_memory(&top->memory, &y);
	if (LINES >= TALL || lost)
		draw_losses(top, &y);
	if (LINES >= TALL)
		draw_history(top, &y);
}
