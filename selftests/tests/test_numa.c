// SPDX-License-Identifier: GPL-2.0
/*
 * test_numa.c - NUMA hinting faults: the kernel unmaps pages to see which CPU uses them
 *
 * Needs a machine of two nodes.  On one there are no such faults.
 */
#include <sched.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

#include "kernel.h"
#include "watch.h"

#define SECONDS	2

static char *mem;

static void read_for_long(void)
{
	struct timespec start, now;

	clock_gettime(CLOCK_MONOTONIC, &start);
	do {
		read_pages(mem, PAGES);
		clock_gettime(CLOCK_MONOTONIC, &now);
	} while (now.tv_sec < start.tv_sec + SECONDS);
}

static void works_far_away(void)
{
	struct timespec now;

	run_on(0);
	warm_up();
	mem = memory(PAGES);
	write_pages(mem, PAGES);
	clock_gettime(CLOCK_MONOTONIC, &now);
	run_on(1);
	sched_yield();
	step();
	read_for_long();
	step();
}

TEST_F(watch, hinting_faults_are_the_kernel_s)
{
	struct counters before, after;
	uint64_t hints;

	if (access("/sys/devices/system/node/node1", F_OK))
		SKIP(return, "a machine of one node");
	/* Have the kernel begin to scan at once, and scan often. */
	kernel_set("/sys/kernel/debug/sched/numa_balancing/scan_delay_ms", "1", NULL, 0);
	kernel_set("/sys/kernel/debug/sched/numa_balancing/scan_period_min_ms", "10", NULL, 0);
	kernel_set("/proc/sys/kernel/numa_balancing", "1", NULL, 0);
	START(works_far_away);
	ASSERT_TRUE(counters_of("system", 0, &before));
	hints = vmstat("numa_hint_faults");
	GO();
	ASSERT_TRUE(counters_of("system", 0, &after));
	hints = vmstat("numa_hint_faults") - hints;
	TH_LOG("%lu hinting faults, %lu of them ours", hints, GREW(numa));
	EXPECT_LT(0UL, GREW(numa));
	EXPECT_EQ(hints, after.n[PAGESTAT_numa] - before.n[PAGESTAT_numa]);
	/* A few pages may have to be made writable afterwards. */
	EXPECT_COUNTED({ PAGESTAT_minor, GREW(numa) + GREW(reuse) },
		       { PAGESTAT_numa, GREW(numa) },
		       { PAGESTAT_kernel, GREW(kernel) },
		       { PAGESTAT_reuse, GREW(reuse) }, END);
	EXPECT_GE(3UL, GREW(reuse));
}

TEST_F(watch, on_one_node_there_are_none)
{
	if (!access("/sys/devices/system/node/node1", F_OK))
		SKIP(return, "a machine of more nodes");
	START(works_far_away);
	GO();
	EXPECT_COUNTED(END);
	EXPECT_EQ(0UL, self->after.n[PAGESTAT_numa]);
}

TEST_HARNESS_MAIN
