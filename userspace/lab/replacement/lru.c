// SPDX-License-Identifier: GPL-2.0
/*
 * LRU: the page that was not used for longest goes
 *
 * Frames are in a ring of two-way links by the time of their last use, with a head
 * that is no frame: older than the head is the newest, newer than it the oldest.
 */
#include "lab/replacement/replacement.h"

struct link {
	uint32_t older;
	uint32_t newer;
};

/* One for each frame, and the last for the head. */
static size_t lru_size(uint32_t frames)
{
	return (frames + 1) * sizeof(struct link);
}

static void make_newest(struct link *link, uint32_t frame, uint32_t head)
{
	uint32_t newest = link[head].older;

	link[frame] = (struct link){ .older = newest, .newer = head };
	link[newest].newer = frame;
	link[head].older = frame;
}

static void take_out(struct link *link, uint32_t frame)
{
	link[link[frame].older].newer = link[frame].newer;
	link[link[frame].newer].older = link[frame].older;
}

static void lru_load(struct memory *memory, uint32_t frame)
{
	struct link *link = memory->state;
	uint32_t head = memory->frames;

	/* The state is zeroes at first: make the head a ring. */
	if (memory->now == 0)
		link[head] = (struct link){ .older = head, .newer = head };
	make_newest(link, frame, head);
}

static void lru_hit(struct memory *memory, uint32_t frame)
{
	struct link *link = memory->state;

	take_out(link, frame);
	make_newest(link, frame, memory->frames);
}

static uint32_t lru_victim(struct memory *memory)
{
	struct link *link = memory->state;
	uint32_t oldest = link[memory->frames].newer;

	take_out(link, oldest);
	return oldest;
}

/* No two pages are used at once, so there are no ties. */
const struct algorithm algorithm_lru = {
	.name = "LRU",
	.stack = true,
	.size = lru_size,
	.load = lru_load,
	.hit = lru_hit,
	.victim = lru_victim,
};
