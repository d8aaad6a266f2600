// SPDX-License-Identifier: GPL-2.0
/*
 * OPT and LFU: each frame has a rank, and the frame with the lowest is emptied
 *
 * Ranks change with each use, so the frames are a binary heap, and each knows its
 * place there: a use costs no more than the logarithm of the frames, as it must
 * with recorded strings and as many frames as a machine has.
 */
#include "lab/replacement/replacement.h"

/**
 * struct slot - the heap and the frames, in the same array
 * @at: as a place of the heap: the frame that is there
 * @place: as a frame: where it is in the heap
 * @rank: as a frame: its own
 * @uses: as a frame: how often its page was used since it came
 */
struct slot {
	uint32_t at;
	uint32_t place;
	uint64_t rank;
	uint32_t uses;
};

static size_t heap_size(uint32_t frames)
{
	return (frames + 1) * sizeof(struct slot);
}

static bool lower(const struct slot *slot, uint32_t place, uint32_t than)
{
	return slot[slot[place].at].rank < slot[slot[than].at].rank;
}

static void swap(struct slot *slot, uint32_t a, uint32_t b)
{
	uint32_t frame = slot[a].at;

	slot[a].at = slot[b].at;
	slot[b].at = frame;
	slot[slot[a].at].place = a;
	slot[slot[b].at].place = b;
}

static void rise(struct slot *slot, uint32_t place)
{
	while (place > 0 && lower(slot, place, (place - 1) / 2)) {
		swap(slot, place, (place - 1) / 2);
		place = (place - 1) / 2;
	}
}

static void sink(struct slot *slot, uint32_t place, uint32_t end)
{
	for (;;) {
		uint32_t child = 2 * place + 1;

		if (child >= end)
			return;
		if (child + 1 < end && lower(slot, child + 1, child))
			child++;
		if (!lower(slot, child, place))
			return;
		swap(slot, place, child);
		place = child;
	}
}

static void set_rank(struct memory *memory, uint32_t frame, uint64_t rank)
{
	struct slot *slot = memory->state;

	slot[frame].rank = rank;
	rise(slot, slot[frame].place);
	sink(slot, slot[frame].place, memory->full);
}

/* The frame stays at the top; opt_load() or lfu_load() gives it a new rank. */
static uint32_t lowest(struct memory *memory)
{
	struct slot *slot = memory->state;

	return slot[0].at;
}

/* A frame that is filled for the first time comes last in the heap. */
static void enter(struct memory *memory, uint32_t frame)
{
	struct slot *slot = memory->state;

	if (slot[frame].uses == 0) {
		slot[frame].at = frame;
		slot[frame].place = frame;
	}
	slot[frame].uses = 1;
}

/*
 * The page that is used again last has the lowest rank; those that are never used
 * again have a lower one, by the time of their last use.
 */
static void opt_hit(struct memory *memory, uint32_t frame)
{
	const struct references *references = memory->references;
	uint32_t next = references->next[memory->now];

	set_rank(memory, frame,
		 next < references->length ? UINT64_MAX - next : memory->now);
}

static void opt_load(struct memory *memory, uint32_t frame)
{
	enter(memory, frame);
	opt_hit(memory, frame);
}

/* Of pages that were used equally often, the one that was not used for longest. */
static void lfu_rank(struct memory *memory, uint32_t frame)
{
	const struct slot *slot = memory->state;

	set_rank(memory, frame, (uint64_t)slot[frame].uses << 32 | memory->now);
}

static void lfu_load(struct memory *memory, uint32_t frame)
{
	enter(memory, frame);
	lfu_rank(memory, frame);
}

static void lfu_hit(struct memory *memory, uint32_t frame)
{
	struct slot *slot = memory->state;

	slot[frame].uses++;
	lfu_rank(memory, frame);
}

/*
 * The page whose next use is farthest in the future goes: no algorithm has
 * fewer faults.  Of those never used again it is the least recently used;
 * any would do.
 */
const struct algorithm algorithm_opt = {
	.name = "OPT",
	.stack = true,
	.size = heap_size,
	.load = opt_load,
	.hit = opt_hit,
	.victim = lowest,
};

/*
 * The page that was used least often since it came goes, and its count with it; of
 * those used equally often, the least recently used.
 */
const struct algorithm algorithm_lfu = {
	.name = "LFU",
	.size = heap_size,
	.load = lfu_load,
	.hit = lfu_hit,
	.victim = lowest,
};
