// SPDX-License-Identifier: GPL-2.0
/*
 * A recording in the live table: play, pause, step, jump
 */
#include <stdlib.h>
#include <string.h>

#include "base/errors.h"
#include "top/replay.h"

#define STEP_NS		100000000	/* the screen is not drawn more often than that */
#define WAIT_MAX_NS	86400e9		/* nor waits anybody for longer */
#define SPEED_MIN	0.25
#define SPEED_MAX	256

static int load(struct player *player, size_t n, struct sample *sample)
{
	bool end;
	int rc;

	rc = recording_index_go(&player->index, &player->recording, n);
	if (!rc)
		rc = recording_next(&player->recording, sample, &end);
	if (!rc && end)
		rc = fail(EXIT_BAD_DATA, "%s: cannot be read any more", player->recording.path);
	return rc;
}

static struct series *series(struct top *top)
{
	return &top->series[top->player->recording.threads];
}

/* To the next sample.  What was shown before is no longer needed. */
static int forward(struct top *top)
{
	struct series *s = series(top);
	struct sample next;
	int rc;

	rc = load(top->player, top->player->at + 1, &next);
	if (rc)
		return rc;
	top->player->at++;
	history_add(&top->history, &s->now.system, &next.system, next.begin_ns - s->now.begin_ns);
	sample_free(&s->before);
	s->before = s->now;
	s->now = next;
	top->refreshes++;
	return EXIT_DONE;
}

/* To any sample that has one before it; with the minute before, as far as it goes. */
static int go(struct top *top, size_t n)
{
	struct player *player = top->player;
	struct series *s = series(top);
	struct sample sample;
	int rc;

	if (s->now.begin_ns && n == player->at + 1)
		return forward(top);
	player->at = n > HISTORY_SECONDS ? n - HISTORY_SECONDS - 1 : 0;
	rc = load(player, player->at, &sample);
	if (rc)
		return rc;
	sample_free(&s->now);
	s->now = sample;
	memset(&top->history, 0, sizeof(top->history));
	while (!rc && player->at < n)
		rc = forward(top);
	return rc;
}

/**
 * player_open() - begin to play a recording, at its first interval
 * @top: the live table, with the options; becomes one of the recording
 * @player: to be set up; to be closed with player_close() in any case
 *
 * Return: EXIT_DONE, or another exit status after a message.
 */
int player_open(struct top *top, struct player *player)
{
	struct series *s;
	int rc;

	*player = (struct player){ .speed = 1 };
	top->player = player;
	rc = recording_open(&player->recording, top->recording);
	if (!rc)
		rc = recording_index_make(&player->index, &player->recording);
	if (rc)
		return rc;
	if (player->index.nr < 2)
		return fail(EXIT_BAD_DATA, "%s: has less than two whole samples, and an interval is between two",
			    top->recording);
	if (player->recording.threads)
		top->query.by = BY_THREAD;
	else if (top->query.by == BY_THREAD)
		return fail(EXIT_BAD_DATA, "%s: has processes, not threads: pagestat record --by thread",
			    top->recording);
	top_choose_columns(top);
	s = series(top);
	rc = load(player, 0, &s->first);
	if (!rc) {
		s->nr = 2;
		rc = go(top, 1);
	}
	return rc;
}

/* Recorded time between the samples that are shown. */
static double gap_ns(struct top *top)
{
	const struct series *s = series(top);

	/* Clocks that went backwards are no clocks. */
	return s->now.begin_ns > s->before.begin_ns ?
	       (double)(s->now.begin_ns - s->before.begin_ns) : 0;
}

/**
 * player_wait_ns() - how long what is shown stays
 * @top: the live table
 *
 * Return: that, in nanoseconds.
 */
uint64_t player_wait_ns(const struct top *top)
{
	double wait = gap_ns((struct top *)top) / top->player->speed;

	if (top->frozen || wait < STEP_NS)
		return STEP_NS;
	return (uint64_t)(wait < WAIT_MAX_NS ? wait : WAIT_MAX_NS);
}

/**
 * player_advance() - go on by what was waited for; pause at the end
 * @top: the live table
 *
 * Return: EXIT_DONE, or another exit status after a message.
 */
int player_advance(struct top *top)
{
	struct player *player = top->player;
	double to_go = (double)player_wait_ns(top) * player->speed;
	size_t last = player->index.nr - 1;
	int rc = EXIT_DONE;

	do {
		if (player->at < last)
			rc = forward(top);
		to_go -= gap_ns(top);
		/* Half a step early is as good as half a step late. */
	} while (!rc && player->at < last && to_go >= gap_ns(top) / 2);
	if (player->at == last) {
		top->frozen = true;
		strcpy(top->message, "the end of the recording");
	}
	return rc;
}

/**
 * player_begin_anew() - count since start from the sample shown on
 * @top: the live table
 *
 * Return: EXIT_DONE, or another exit status after a message.
 */
int player_begin_anew(struct top *top)
{
	struct series *s = series(top);
	struct sample sample;
	int rc;

	rc = load(top->player, top->player->at, &sample);
	if (rc)
		return rc;
	sample_free(&s->first);
	s->first = sample;
	return EXIT_DONE;
}

/**
 * player_key() - do what a key asks for, if it is one for recordings
 * @top: the live table
 * @key: as getch() has it
 * @rc: gets EXIT_DONE, or another exit status after a message
 *
 * Return: whether it is.
 */
bool player_key(struct top *top, int key, int *rc)
{
	struct player *player = top->player;
	size_t last = player->index.nr - 1;

	*rc = EXIT_DONE;
	switch (key) {
	case '[':
		*rc = go(top, player->at > 1 ? player->at - 1 : 1);
		break;
	case ']':
		*rc = go(top, player->at < last ? player->at + 1 : last);
		break;
	case '{':
		*rc = go(top, 1);
		break;
	case '}':
		*rc = go(top, last);
		break;
	case '+':
		player->speed *= player->speed < SPEED_MAX ? 2 : 1;
		return true;
	case '-':
		player->speed /= player->speed > SPEED_MIN ? 2 : 1;
		return true;
	case ' ':
		/* To play on from the end is to play again. */
		if (top->frozen && player->at == last)
			*rc = go(top, 1);
		top->frozen = !top->frozen;
		return true;
	default:
		return false;
	}
	/* Who steps wants to look. */
	top->frozen = true;
	return true;
}

/**
 * player_close() - end playing
 * @player: from player_open(), or all zero
 */
void player_close(struct player *player)
{
	recording_index_free(&player->index);
	recording_close(&player->recording);
}
