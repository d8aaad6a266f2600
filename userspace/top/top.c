// SPDX-License-Identifier: GPL-2.0
/*
 * The live table: samples and keys, until one has had enough
 */
#include <curses.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/errors.h"
#include "base/stop.h"
#include "top/replay.h"
#include "top/top.h"

static char *sink;	/* where messages go while they would spoil the screen */

static void keep(const char *message)
{
	snprintf(sink, TOP_MESSAGE_MAX, "%s", message);
}

/* Key after key, until the next sample is due. */
static int take_keys(struct top *t, uint64_t deadline_ns)
{
	int rc = EXIT_DONE;

	while (!rc && !t->done && !stop_asked()) {
		int key = screen_key();

		if (key == ERR) {
			if (t->refreshes && now_ns() >= deadline_ns)
				return EXIT_DONE;
			if (!wait_for_input(STDIN_FILENO, deadline_ns))
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

static int loop(struct top *t)
{
	const struct options *o = &t->options;
	uint64_t deadline_ns = now_ns();
	int rc = EXIT_DONE;

	for (uint64_t n = 0; !rc && !t->done && !stop_asked(); n++) {
		if (!t->frozen && !t->player)
			rc = top_refresh(t);
		else if (!t->frozen && n)
			rc = player_advance(t);
		if (!rc)
			rc = top_view(t);
		if (rc || n == o->count)
			break;
		screen_draw(t);
		if (t->player)
			deadline_ns = now_ns() + player_wait_ns(t);
		while (!t->player && deadline_ns <= now_ns())
			deadline_ns += o->interval_ns;
		rc = take_keys(t, deadline_ns);
	}
	return rc;
}

static void top_end(struct top *t)
{
	if (t->player)
		player_close(t->player);
	top_free(t);
}

/**
 * top() - show the live table
 * @options: say what it begins with
 *
 * Return: EXIT_DONE, or another exit status after a message.
 */
int top(struct options *options)
{
	static struct player player;
	static struct top t;
	struct reader reader;
	int rc;

	t = (struct top){ .options = *options };
	if (options->recording) {
		rc = player_open(&t, &player);
	} else {
		t.reader = &reader;
		rc = reader_open(&reader);
	}
	if (!rc)
		rc = screen_open();
	if (rc) {
		top_end(&t);
		return rc;
	}
	stop_by_signals();
	stop_by(SIGHUP);
	stop_by(SIGQUIT);
	sink = t.message;
	messages_to(keep);
	rc = loop(&t);
	screen_close();
	messages_to(NULL);
	if (rc)
		fprintf(stderr, "pagestat: %s\n", t.message);
	if (!rc && t.player && player.recording.damaged)
		rc = EXIT_BAD_DATA;
	top_end(&t);
	return rc;
}
