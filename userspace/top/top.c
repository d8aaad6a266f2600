// SPDX-License-Identifier: GPL-2.0
/*
 * pagestat top: a live table, with keys
 */
#include <curses.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/errors.h"
#include "base/stop.h"
#include "cli/choose.h"
#include "cli/command.h"
#include "cli/values.h"
#include "top/replay.h"
#include "top/screen.h"
#include "top/top.h"

#define SECOND	UINT64_C(1000000000)
#define FIRST_NS	(SECOND / 5)

static char *shown_message;	/* for messages, which must not be printed over the table */

static void show_message(const char *message)
{
	snprintf(shown_message, TOP_MESSAGE_MAX, "%s", message);
}

/* Handles keys until the next sample is due. */
static int handle_keys(struct top *t, uint64_t deadline_ns)
{
	int rc = EXIT_DONE;

	while (!rc && !t->done && !stop_asked()) {
		int key = terminal_key();

		if (key == ERR) {
			if (t->refreshes && clock_boot_ns() >= deadline_ns)
				return EXIT_DONE;
			if (!stop_wait_input(terminal_fd(), deadline_ns))
				t->done = true;
			continue;
		}
		*t->message = '\0';
		rc = top_key(t, key);
		if (!rc)
			screen_draw(t);
	}
	return rc;
}

/* A first sample, soon followed by the next: the first screen shows what happened since. */
static int begin_table(struct top *t)
{
	uint64_t wait_ns = t->period.interval_ns < FIRST_NS ? t->period.interval_ns : FIRST_NS;
	int rc = top_refresh(t);

	if (!rc)
		stop_wait_until(clock_boot_ns() + wait_ns);
	return rc;
}

static int run_table(struct top *t)
{
	uint64_t deadline_ns = clock_boot_ns();
	int rc = t->player ? EXIT_DONE : begin_table(t);

	for (uint64_t n = 0; !rc && !t->done && !stop_asked(); n++) {
		if (!t->frozen && !t->player)
			rc = top_refresh(t);
		else if (!t->frozen && n)
			rc = player_advance(t);
		if (!rc)
			rc = top_view(t);
		if (rc || n == t->period.count)
			break;
		screen_draw(t);
		if (t->player)
			deadline_ns = clock_boot_ns() + player_wait_ns(t);
		else if (deadline_ns <= clock_boot_ns())
			deadline_ns = clock_deadline_after(deadline_ns, t->period.interval_ns,
							   clock_boot_ns());
		rc = handle_keys(t, deadline_ns);
	}
	return rc;
}

static void top_close(struct top *t)
{
	if (t->player)
		player_close(t->player);
	top_free(t);
}

static int top_finish(void *arg, int argc, char **argv)
{
	struct top_request *request = arg;
	const struct column_use use = { .by = request->query.by,
					 .scale = request->query.scale };
	struct form form = { .only = request->only };
	int rc;

	if (request->recording && argc)
		return fail(EXIT_USAGE, "\"%s\": --replay takes no interval, as a recording has its own; + and - change the speed",
			    argv[0]);
	rc = value_period(&request->period, argc, argv);
	if (!rc)
		rc = choose_columns(&form, use);
	return rc ? rc : choose_order(&request->query, &form.columns, use);
}

static int show_table(struct top *t)
{
	static struct player player;
	struct reader reader;
	int rc;

	if (t->recording) {
		rc = player_open(t, &player);
	} else {
		t->reader = &reader;
		rc = reader_open(&reader);
	}
	if (!rc)
		rc = terminal_open(t->recording && strcmp(t->recording, "-") == 0);
	if (rc) {
		top_close(t);
		return rc;
	}
	stop_by_signals();
	stop_by(SIGHUP);
	stop_by(SIGQUIT);
	shown_message = t->message;
	errors_to(show_message);
	top_fit_columns(t, COLS);
	rc = run_table(t);
	terminal_close();
	errors_to(NULL);
	if (rc)
		fprintf(stderr, "pagestat: %s\n", t->message);
	if (!rc && t->player && player.recording.damaged)
		rc = EXIT_BAD_DATA;
	top_close(t);
	return rc;
}

/**
 * top_begin() - a table as it was asked for, with nothing in it yet
 * @t: the table, all 0
 * @request: what was asked for
 */
void top_begin(struct top *t, const struct top_request *request)
{
	t->period = request->period;
	t->query = request->query;
	t->only = request->only;
	t->recording = request->recording;
	top_choose_columns(t);
}

static int top_start(void *arg)
{
	struct top *t = calloc(1, sizeof(*t));
	int rc;

	if (!t)
		return fail_memory();
	top_begin(t, arg);
	rc = show_table(t);
	free(t);
	return rc;
}

static const char top_help[] =
"Usage: pagestat top [OPTION]... [INTERVAL [COUNT]]\n"
"       pagestat top --replay FILE [OPTION]...\n"
"\n"
"A live table, every INTERVAL seconds (1).  ? shows its keys; q ends it.\n"
"\n"
"  --replay FILE     step through a recording instead\n"
"  --by process|thread|cgroup|user|command  what a row is about\n"
"  --sort COLUMN     by it (+: ascending, -: descending); COLUMN,COLUMN: by two\n"
"  -o COLUMN,...     these columns (+COLUMN,...: these too; all; @stall: a set)\n"
"  --rate            counts by the second\n"
"  --share           times in percent of the time of one CPU\n"
"  -a, --all         rows with nothing but zeroes, too\n"
"  -p PID,...        these processes\n"
"  -C NAME           those of that name (* ? [] match); may be repeated\n"
"  -u USER           those of that user\n"
"  --cgroup PATH     those in that control group or below\n"
"  -h, --help  -V, --version\n"
"\n"
"Without colour: NO_COLOR=1.  Root only.  More: pagestat-top(8).\n";

static const struct option_field top_options[] = {
	OPTIONS_FOR_ROWS(struct top_request),
	OPTION_FIELD(ALL, struct top_request, query.all),
	OPTION_FIELD(SORT, struct top_request, query.order),
	OPTION_FIELD(RATE, struct top_request, query.scale.rate),
	OPTION_FIELD(SHARE, struct top_request, query.scale.share),
	OPTION_FIELD(ONLY, struct top_request, only),
	OPTION_FIELD(REPLAY, struct top_request, recording),
};

const struct command top_command = {
	.name = "top",
	.help = top_help,
	COMMAND_OPTIONS(top_options),
	COMMAND_REQUEST(struct top_request,
			.query = { .order = { COL_minor, true, NR_COLUMNS }, .limit = UINT64_MAX },
			.period = { .interval_ns = SECOND, .count = UINT64_MAX }),
	.finish = top_finish,
	.start = top_start,
};
