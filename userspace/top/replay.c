// SPDX-License-Identifier: GPL-2.0
/*
 * A recording in the live table: play, pause, step, jump
 */
#include <stdlib.h>
#include <string.h>

#include "base/errors.h"
#include "top/replay.h"

#define STEP_NS		100000000	/* shortest time between two screens */
#define WAIT_MAX_NS	86400e9		/* longest */
#define SPEED_MIN	0.25
#define SPEED_MAX	256

static int load_sample(struct player *player, size_t n, struct sample *sample)
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

/* Goes to the next sample. */
static int player_next(struct top *top)
{
	struct series *s = top_series(top);
	struct sample next;
	int rc;

	rc = load_sample(top->player, top->player->at + 1, &next);
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

/* Goes to any sample but the first; reads the minute before it, for the history. */
static int player_go(struct top *top, size_t n)
{
	struct player *player = top->player;
	struct series *s = top_series(top);
	struct sample sample;
	int rc;

	if (s->now.begin_ns && n == player->at + 1)
		return player_next(top);
	player->at = n > HISTORY_SECONDS ? n - HISTORY_SECONDS - 1 : 0;
	rc = load_sample(player, player->at, &sample);
	if (rc)
		return rc;
	sample_free(&s->now);
	s->now = sample;
	memset(&top->history, 0, sizeof(top->history));
	while (!rc && player->at < n)
		rc = player_next(top);
	return rc;
}

/**
 * player_open() - begin to play a recording, at its first interval
 * @top: the live table, as asked for; then shows the recording
 * @player: to be closed with player_close() in any case
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
		return fail(EXIT_BAD_DATA, "%s: has fewer than two whole samples, and so no interval to show",
			    top->recording);
	if (player->recording.threads)
		top->query.by = BY_THREAD;
	else if (top->query.by == BY_THREAD)
		return fail(EXIT_BAD_DATA, "%s: has processes, not threads, which pagestat record --by thread records",
			    top->recording);
	top_choose_columns(top);
	s = top_series(top);
	rc = load_sample(player, 0, &s->first);
	if (!rc) {
		s->nr = 2;
		rc = player_go(top, 1);
	}
	return rc;
}

/* Recorded time between the samples that are shown. */
static double gap_ns(struct top *top)
{
	const struct series *s = top_series(top);

	/* A damaged file may have times that go backwards. */
	return s->now.begin_ns > s->before.begin_ns ?
	       (double)(s->now.begin_ns - s->before.begin_ns) : 0;
}

/* How long the interval that is shown stays on the screen. */
uint64_t player_wait_ns(const struct top *top)
{
	double wait = gap_ns((struct top *)top) / top->player->speed;

	if (top->frozen || wait < STEP_NS)
		return STEP_NS;
	return (uint64_t)(wait < WAIT_MAX_NS ? wait : WAIT_MAX_NS);
}

/* Goes on by the time that was waited; pauses at the end. */
int player_advance(struct top *top)
{
	struct player *player = top->player;
	double to_go = (double)player_wait_ns(top) * player->speed;
	size_t last = player->index.nr - 1;
	int rc = EXIT_DONE;

	do {
		if (player->at < last)
			rc = player_next(top);
		to_go -= gap_ns(top);
		/* Stops at the nearest sample. */
	} while (!rc && player->at < last && to_go >= gap_ns(top) / 2);
	if (player->at == last) {
		top->frozen = true;
		strcpy(top->message, "the end of the recording");
	}
	return rc;
}

/* Makes the sample that is shown the one from which COUNTS_SINCE counts. */
int player_count_from_now(struct top *top)
{
	struct series *s = top_series(top);
	struct sample sample;
	int rc;

	rc = load_sample(top->player, top->player->at, &sample);
	if (rc)
		return rc;
	sample_free(&s->first);
	s->first = sample;
	return EXIT_DONE;
}

/**
 * player_key() - handle a key, if it is one for recordings
 * @top: the live table
 * @key: as from getch()
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
		*rc = player_go(top, player->at > 1 ? player->at - 1 : 1);
		break;
	case ']':
		*rc = player_go(top, player->at < last ? player->at + 1 : last);
		break;
	case '{':
		*rc = player_go(top, 1);
		break;
	case '}':
		*rc = player_go(top, last);
		break;
	case '+':
		player->speed *= player->speed < SPEED_MAX ? 2 : 1;
		return true;
	case '-':
		player->speed /= player->speed > SPEED_MIN ? 2 : 1;
		return true;
	case ' ':
		/* At the end, play again from the start. */
		if (top->frozen && player->at == last)
			*rc = player_go(top, 1);
		top->frozen = !top->frozen;
		return true;
	default:
		return false;
	}
	/* After a step the recording is paused. */
	top->frozen = true;
	return true;
}

void player_close(struct player *player)
{
	recording_index_free(&player->index);
	recording_close(&player->recording);
}
