// SPDX-License-Identifier: GPL-2.0
/*
 * Workloads whose pages are in swap
 *
 * All of this runs in a worker, see perform.c.
 */
#include "check/workload.h"

static void in_swap(struct area *area)
{
	area_written(area);
	area_page_out(area);
}

static const struct workload list[] = {
	{ .name = "sent to swap", .swap = true, .seen = SEEN_SWAPPED, .faults = FAULTS_NONE,
	  .expected = { { COL_swapout } },
	  .prepare = area_written, .act = area_page_out },
	{ .name = "brought back", .swap = true, .seen = SEEN_BACK, .faults = FAULTS_EACH,
	  .expected = { { COL_swapin }, { COL_swapin_io, AMOUNT_MAJOR },
			{ COL_major, AMOUNT_MAJOR },
			{ COL_refault, .vmstat = "workingset_refault_anon" } },
	  .prepare = in_swap, .act = area_read },
};

const struct workload_list swap_workloads = WORKLOAD_LIST(list);
