// SPDX-License-Identifier: GPL-2.0
/*
 * test_throttle.c - direct compaction, and the sleep of who is above memory.high; both are
 * counted and timed by the kernel's own probes, too
 */
#include <stdio.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "kernel.h"
#include "stalling.h"
#include "watch.h"

#define CGROUP	"/sys/fs/cgroup/pagestat-throttle"
#define HIGH	"8M"
#define HIGH_PAGES	(8UL * 256)
#define ABOVE	192UL	/* pages: some throttling, for a tenth of a second each */
#define FAILURES	23UL

#define LEAVE	"\nleave psi_memstall_leave"

/* The traces have microseconds; a probe takes its time, and so do interrupts. */
#define EXPECT_TIME(traced, counted, times) do {			\
	unsigned long traced_ = traced, counted_ = counted;		\
									\
	TH_LOG("%lu times, %lu ns, traced %lu ns", (unsigned long)(times), counted_, traced_); \
	EXPECT_LE(traced_, counted_ + (times) * 300000 + counted_ / 20); \
	EXPECT_GE(traced_ + (times) * 300000 + counted_ / 20, counted_); \
} while (0)

static void compacts(void)
{
	stalling_open();
	step();
	ioctl(stalling_device, STALL_COMPACT, FAILURES);
	step();
}

TEST_F(watch, direct_compaction)
{
	uint64_t stalls = vmstat("compact_stall");
	unsigned long times, ns;

	ASSERT_TRUE(stalling_load());
	START(compacts);
	ASSERT_TRUE(stalling_trace(self->s.pid, "compact try_to_compact_pages" LEAVE));
	GO();
	times = TRACED_PROBE("compact", "");
	ns = TRACED_TIME("compact", "leave");
	ASSERT_TRUE(stalling_trace_end());
	stalls = vmstat("compact_stall") - stalls;
	EXPECT_LE(FAILURES, GREW(compact));
	EXPECT_EQ(times, GREW(compact));
	/* Which the kernel counts if it was worth a try. */
	EXPECT_LE(stalls, GREW(compact));
	EXPECT_LT(0UL, GREW(compact_ns));
	EXPECT_TIME(ns, GREW(compact_ns), times);
	EXPECT_EQ(0UL, GREW(throttle));
	subject_end(&self->s);
	stalling_unload();
}

static char *mem;

static void goes_above(void)
{
	warm_up();
	mem = memory(HIGH_PAGES + ABOVE);
	must(!kernel_set(CGROUP "/cgroup.procs", "0", NULL, 0));
	step();
	write_pages(mem, HIGH_PAGES + ABOVE);
	step();
}

static bool make_group(void)
{
	rmdir(CGROUP);
	kernel_set("/sys/fs/cgroup/cgroup.subtree_control", "+memory", NULL, 0);
	return !mkdir(CGROUP, 0755) && kernel_set(CGROUP "/memory.high", HIGH, NULL, 0) &&
	       kernel_set(CGROUP "/memory.swap.max", "0", NULL, 0);
}

TEST_F(watch, throttling_above_memory_high)
{
	unsigned long times, ns;

	if (!make_group())
		SKIP(return, "no memory cgroups");
	START(goes_above);
	ASSERT_TRUE(stalling_trace(self->s.pid, "sleep schedule_timeout_killable" LEAVE));
	GO();
	times = TRACED_PROBE("sleep", "");
	ns = TRACED_TIME("sleep", "leave");
	ASSERT_TRUE(stalling_trace_end());
	EXPECT_LT(0UL, times);
	EXPECT_EQ(times, GREW(throttle));
	EXPECT_TIME(ns, GREW(throttle_ns), times);
	EXPECT_LT(0UL, GREW(reclaim));
	if (self->after.known[PAGESTAT_stall]) {
		EXPECT_LE(GREW(throttle), GREW(stall));
		EXPECT_LE(GREW(throttle_ns), GREW(stall_ns));
	}
	EXPECT_EQ(HIGH_PAGES + ABOVE, GREW(zerofill));
	subject_end(&self->s);
	rmdir(CGROUP);
}

TEST_HARNESS_MAIN
