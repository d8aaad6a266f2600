// SPDX-License-Identifier: GPL-2.0
/*
 * FIFO and Clock: the frames are a circle, and a hand points at the next to go
 *
 * As frames are filled in order, the hand of FIFO is always at the page that came
 * first.  Clock is FIFO with a second chance: a page that was used since the hand
 * last passed is spared once.
 */
#include "lab/replacement/replacement.h"

struct fifo {
	uint32_t hand;
};

static size_t fifo_size(uint32_t frames)
{
	(void)frames;
	return sizeof(struct fifo);
}

static void fifo_load(struct memory *memory, uint32_t frame)
{
	(void)memory;
	(void)frame;
}

static void fifo_hit(struct memory *memory, uint32_t frame)
{
	(void)memory;
	(void)frame;
}

/* The frame at the hand, which moves on. */
static uint32_t advance(const struct memory *memory, uint32_t *hand)
{
	uint32_t frame = *hand;

	*hand = frame + 1 < memory->frames ? frame + 1 : 0;
	return frame;
}

static uint32_t fifo_victim(struct memory *memory)
{
	struct fifo *fifo = memory->state;

	return advance(memory, &fifo->hand);
}

/**
 * struct clock - the state of Clock
 * @hand: the frame that is looked at next
 * @used: the bit of each frame: set when its page is used, and when it comes
 */
struct clock {
	uint32_t hand;
	bool used[];
};

static size_t clock_size(uint32_t frames)
{
	return sizeof(struct clock) + frames * sizeof(bool);
}

static void clock_use(struct memory *memory, uint32_t frame)
{
	struct clock *clock = memory->state;

	clock->used[frame] = true;
}

/* At the latest when it comes round again the hand finds a bit that it has cleared. */
static uint32_t clock_victim(struct memory *memory)
{
	struct clock *clock = memory->state;

	while (clock->used[clock->hand])
		clock->used[advance(memory, &clock->hand)] = false;
	return advance(memory, &clock->hand);
}

/* The page that came first goes. */
const struct algorithm algorithm_fifo = {
	.name = "FIFO",
	.size = fifo_size,
	.load = fifo_load,
	.hit = fifo_hit,
	.victim = fifo_victim,
};

/*
 * The first page at or after the hand whose bit is not set goes; bits on the way
 * are cleared, and the hand stays behind the new page, whose bit is set.
 */
const struct algorithm algorithm_clock = {
	.name = "Clock",
	.size = clock_size,
	.load = clock_use,
	.hit = clock_use,
	.victim = clock_victim,
};
