// SPDX-License-Identifier: GPL-2.0
/*
 * A reference string is simulated with so many frames, and faults are counted
 *
 * Counting is here, once for all; an algorithm only says which page goes.
 */
#include <errno.h>
#include <stdlib.h>

#include "lab/replacement/replacement.h"

const struct algorithm *const algorithms[NR_ALGORITHMS] = {
	[ALGORITHM_OPT] = &algorithm_opt,
	[ALGORITHM_FIFO] = &algorithm_fifo,
	[ALGORITHM_LRU] = &algorithm_lru,
	[ALGORITHM_CLOCK] = &algorithm_clock,
	[ALGORITHM_LFU] = &algorithm_lfu,
};

/* Where the page that is asked for goes. */
static uint32_t empty_frame(struct memory *memory)
{
	uint32_t frame;

	if (memory->full < memory->frames)
		return memory->full++;
	frame = memory->algorithm->victim(memory);
	memory->frame[memory->page[frame]] = NO_FRAME;
	return frame;
}

/* Returns whether it faulted. */
static bool refer(struct memory *memory)
{
	uint32_t page = memory->references->page[memory->now];
	uint32_t frame = memory->frame[page];

	if (frame != NO_FRAME) {
		memory->algorithm->hit(memory, frame);
		return false;
	}
	frame = empty_frame(memory);
	memory->page[frame] = page;
	memory->frame[page] = frame;
	memory->algorithm->load(memory, frame);
	return true;
}

static void memory_free(struct memory *memory)
{
	free(memory->page);
	free(memory->frame);
	free(memory->state);
}

static int memory_make(struct memory *memory, const struct algorithm *algorithm,
		       const struct references *references, uint32_t frames)
{
	/* More frames than pages stay empty: they need no room. */
	if (frames > references->pages)
		frames = references->pages;
	*memory = (struct memory){
		.algorithm = algorithm,
		.references = references,
		.frames = frames,
		.page = calloc(frames + 1, sizeof(*memory->page)),
		.frame = calloc(references->pages + 1, sizeof(*memory->frame)),
		.state = calloc(1, algorithm->size(frames)),
	};
	if (!memory->page || !memory->frame || !memory->state) {
		memory_free(memory);
		return -ENOMEM;
	}
	for (uint32_t page = 0; page < references->pages; page++)
		memory->frame[page] = NO_FRAME;
	return 0;
}

/**
 * replacement_simulate() - how often does a reference string fault?
 * @algorithm: that chooses what goes
 * @references: the string
 * @frames: that memory has; at least one
 * @watcher: called after each reference, or NULL
 * @data: for the watcher
 * @faults: set to how many references found their page absent
 *
 * Memory is empty at first: the first reference to each page is a fault.
 *
 * Return: 0, -EINVAL for no frames, or -ENOMEM.
 */
int replacement_simulate(const struct algorithm *algorithm,
			 const struct references *references, uint32_t frames,
			 memory_watcher *watcher, void *data, uint32_t *faults)
{
	struct memory memory;
	int rc;

	if (!frames)
		return -EINVAL;
	rc = memory_make(&memory, algorithm, references, frames);
	if (rc)
		return rc;
	*faults = 0;
	for (; memory.now < references->length; memory.now++) {
		bool fault = refer(&memory);

		*faults += fault;
		if (watcher)
			watcher(&memory, fault, data);
	}
	memory_free(&memory);
	return 0;
}
