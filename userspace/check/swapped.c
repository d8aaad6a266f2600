// SPDX-License-Identifier: GPL-2.0
/*
 * Workloads whose pages are in swap
 *
 * All of this runs in a worker, see perform.c.
 */
#include <stdlib.h>
#include <sys/mman.h>
#include <time.h>

#include "check/workload.h"
#include "experiment/worker.h"

#ifndef MADV_PAGEOUT
#define MADV_PAGEOUT 21
#endif

#define TRIES	20

static void wait_a_little(void)
{
	nanosleep(&(struct timespec){ .tv_nsec = 10000000 }, NULL);
}

/* In the page cache or the swap cache, or mapped. */
static size_t pages_in_memory(const struct area *area)
{
	unsigned char *in = malloc(area->pages);
	size_t sum = 0;

	if (!in || mincore(area->start, area->pages * page_size(), in))
		worker_give_up("mincore");
	for (size_t i = 0; i < area->pages; i++)
		sum += in[i] & 1;
	free(in);
	return sum;
}

static void in_swap(struct area *area)
{
	area_written(area);
	area_page_out(area);
}

/* The kernel reads them, but maps none: they are in the swap cache. */
static void in_swap_cache(struct area *area)
{
	size_t in_memory = 0;

	in_swap(area);
	if (madvise(area->start, area->pages * page_size(), MADV_WILLNEED))
		worker_give_up("MADV_WILLNEED");
	for (int i = 0; i < TRIES && in_memory < area->pages; i++) {
		wait_a_little();
		in_memory = pages_in_memory(area);
	}
}

/* The page table does not show where a page of shared memory is. */
static void shared_in_swap(struct area *area)
{
	workload_map_file(area, MAP_SHARED);
	area_write(area);
	for (int i = 0; i < TRIES && pages_in_memory(area); i++) {
		if (i)
			wait_a_little();
		if (madvise(area->start, area->pages * page_size(), MADV_PAGEOUT))
			worker_give_up("MADV_PAGEOUT");
	}
}

static const struct workload list[] = {
	{ .name = "sent to swap", .swap = true, .seen = SEEN_SWAPPED, .faults = FAULTS_NONE,
	  .expected = { { COL_swapout } },
	  .prepare = area_written, .act = area_page_out },
	{ .name = "brought back", .swap = true, .seen = SEEN_BACK, .faults = FAULTS_EACH,
	  .expected = { { COL_swapin }, { COL_swapin_io, AMOUNT_MAJOR },
			{ COL_major, AMOUNT_MAJOR },
			{ COL_refault, .witness = "workingset_refault_anon" } },
	  .prepare = in_swap, .act = area_read },
	{ .name = "found in the swap cache", .swap = true, .seen = SEEN_BACK, .faults = FAULTS_EACH,
	  .expected = { { COL_swapin_cache, AMOUNT_MINOR } },
	  .prepare = in_swap_cache, .act = area_read },
	{ .name = "shared memory, brought back", .swap = true, .seen = SEEN_FILE,
	  .faults = FAULTS_EACH, .expected = { { COL_filemap } },
	  .prepare = shared_in_swap, .act = area_read },
};

const struct workload_list swap_workloads = WORKLOAD_LIST(list);
