/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A recording in the live table
 */
#ifndef PAGESTAT_TOP_REPLAY_H
#define PAGESTAT_TOP_REPLAY_H

#include "recording/index.h"
#include "top/top.h"

/**
 * struct player - a recording being played
 * @recording: the recording
 * @index: of its samples
 * @at: number of the sample that is shown, with the interval before it
 * @speed: recorded seconds per second
 */
struct player {
	struct recording recording;
	struct recording_index index;
	size_t at;
	double speed;
};

int player_open(struct top *top, struct player *player);
int player_advance(struct top *top);
uint64_t player_wait_ns(const struct top *top);
bool player_key(struct top *top, int key, int *rc);
int player_count_from_now(struct top *top);
void player_close(struct player *player);

#endif /* PAGESTAT_TOP_REPLAY_H */
