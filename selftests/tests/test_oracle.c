// SPDX-License-Identifier: GPL-2.0
/*
 * test_oracle.c - the machine's totals are those of /proc/vmstat
 *
 * What the kernel counts for the whole machine, pagestat counts for each process; over
 * any time the sums have to be equal.  What other processes do meanwhile is in both.
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "kernel.h"
#include "taskstats.h"
#include "watch.h"

#define ZERO_PAGES 101UL

static char *mem;

/* Counters, and the lines of vmstat that add up to each, where the kernel has them. */
static const struct {
	enum pagestat_counter counter;
	const char *lines[3];
} oracles[] = {
	{ PAGESTAT_reuse,     { "pgreuse" } },
	{ PAGESTAT_cow_ksm,   { "cow_ksm" } },
	{ PAGESTAT_swapin_io, { "pswpin", "zswpin", "swpin_zero" } },
	{ PAGESTAT_swapout,   { "pswpout", "zswpout", "swpout_zero" } },
	{ PAGESTAT_refault,   { "workingset_refault_anon", "workingset_refault_file" } },
	{ PAGESTAT_oom,	      { "oom_kill" } },
	{ PAGESTAT_numa,      { "numa_hint_faults" } },
};

#define NR_ORACLES (sizeof(oracles) / sizeof(*oracles))

/* What both say at one moment, if no process faults between the two. */
struct totals {
	struct counters counted;
	uint64_t vmstat[NR_ORACLES];
};

static void take_once(struct totals *t)
{
	size_t i, line;

	memset(t, 0, sizeof(*t));
	for (i = 0; i < NR_ORACLES; i++)
		for (line = 0; line < 3 && oracles[i].lines[line]; line++)
			t->vmstat[i] += vmstat(oracles[i].lines[line]);
	counters_of("system", 0, &t->counted);
}

/* Twice, as the first time faults on pages that are shared with the subject. */
static void take(struct totals *t)
{
	take_once(t);
	take_once(t);
}

/* Print which counters differ, and return how many. */
static int disagreements(const struct totals *then, const struct totals *now)
{
	uint64_t counted, expected;
	int nr = 0;
	size_t i;

	for (i = 0; i < NR_ORACLES; i++) {
		enum pagestat_counter c = oracles[i].counter;

		counted = now->counted.n[c] - then->counted.n[c];
		expected = now->vmstat[i] - then->vmstat[i];
		/* Without such a line in vmstat, 0 is expected. */
		if (counted == expected)
			continue;
		printf("# %s: counted %" PRIu64 ", vmstat's %s %" PRIu64 "\n",
		       counter_name(c), counted, oracles[i].lines[0], expected);
		nr++;
	}
	fflush(stdout);
	return nr;
}

static void of_everything(void)
{
	size_t i, size = page_size(), zeroes = 0;
	pid_t pid;

	/* 6.12 does not say how many pages full of zeroes came back. */
	if (vmstat_has("swpin_zero") || !kernel_since(6, 12))
		zeroes = ZERO_PAGES;
	warm_up();
	mem = memory(PAGES + zeroes);
	step();
	write_pages(mem, PAGES);
	for (i = PAGES; i < PAGES + zeroes; i++)
		*(volatile char *)(mem + i * size) = 0;
	pid = fork();
	if (!pid) {
		write_pages(mem, PAGES / 2);
		_exit(0);
	}
	waitpid(pid, NULL, 0);
	write_pages(mem, PAGES);
	page_out(mem, PAGES + zeroes);
	read_pages(mem, PAGES + zeroes);
	write_pages(mem, PAGES);
	step();
}

#define SINCE(name) \
	(now.counted.n[PAGESTAT_##name] - then.counted.n[PAGESTAT_##name])

TEST_F(watch, the_machine_s_totals_are_the_kernel_s)
{
	struct totals then, now;

	START(of_everything);
	take(&then);
	ASSERT_TRUE(subject_go(&self->s));
	take(&now);
	EXPECT_EQ(0, disagreements(&then, &now));
	EXPECT_LE(PAGES, SINCE(swapin_io));
	EXPECT_LE(PAGES / 2, SINCE(reuse));
}

#define ZSWAP "/sys/module/zswap/parameters/enabled"

/*
 * vmstat has lines of their own for zswap.  Once it has been enabled, the kernel swaps
 * in no large folios until the next boot.
 */
TEST_F(watch, the_machine_s_totals_are_the_kernel_s_with_zswap)
{
	struct totals then, now;
	uint64_t loads;
	char old[16];

	if (!vmstat_has("zswpin") || !kernel_set(ZSWAP, "Y", old, sizeof(old)))
		SKIP(return, "no zswap in this kernel, or it does not count");
	START(of_everything);
	take(&then);
	loads = vmstat("zswpin");
	ASSERT_TRUE(subject_go(&self->s));
	take(&now);
	kernel_set(ZSWAP, old, NULL, 0);
	EXPECT_EQ(0, disagreements(&then, &now));
	EXPECT_LE(PAGES, SINCE(swapin_io));
	EXPECT_LE(PAGES, vmstat("zswpin") - loads);
}

/* The totals of the machine include processes that have ended. */
TEST_F(watch, every_fault_has_an_outcome)
{
	struct totals then, now;
	uint64_t outcomes, faults;

	START(of_everything);
	take(&then);
	GO();
	take(&now);
	outcomes = SINCE(cow) + SINCE(reuse) + SINCE(zerofill) + SINCE(zeromap) +
		   SINCE(filemap) + SINCE(swapin) + SINCE(numa) + SINCE(other);
	faults = SINCE(minor) + SINCE(major);
	TH_LOG("%lu faults", faults);
	/* Exactly one: no huge pages here, and no fault that both swaps in and copies. */
	EXPECT_EQ(faults, outcomes);
	EXPECT_EQ(0UL, GREW(other));
}

static void copied(void)
{
	char *zero, *file;

	mem = memory(PAGES);
	write_pages(mem, PAGES);
	file = mmap(NULL, PAGES * page_size(), PROT_READ | PROT_WRITE, MAP_PRIVATE,
		    cached_file(PAGES), 0);
	zero = memory(PAGES);
	become_child();
	read_pages(file, PAGES);
	read_pages(zero, PAGES);
	warm_up();
	step();
	write_pages(mem, PAGES);
	write_pages(file, PAGES);
	write_pages(zero, PAGES);
	step();
}

#define CLOCK "/sys/devices/system/clocksource/clocksource0/current_clocksource"
#define DELAYACCT "/proc/sys/kernel/task_delayacct"

/* taskstats counts writes over the zero page, too, which fill and do not copy. */
TEST_F(watch, copies_are_what_taskstats_says)
{
	uint64_t before = 0, after = 0;
	char old[16];

	if (!taskstats_copies(getpid(), &before) ||
	    !kernel_set(DELAYACCT, "1", old, sizeof(old)))
		SKIP(return, "copies are not in this kernel's taskstats");
	START(copied);
	ASSERT_TRUE(taskstats_copies(self->s.pid, &before));
	GO();
	ASSERT_TRUE(taskstats_copies(self->s.pid, &after));
	kernel_set(DELAYACCT, old, NULL, 0);

	EXPECT_COUNTED({ PAGESTAT_minor, 3 * PAGES }, { PAGESTAT_cow, 2 * PAGES },
		       { PAGESTAT_cow_anon, PAGES }, { PAGESTAT_cow_file, PAGES },
		       { PAGESTAT_zerofill, PAGES }, END);
	/* It counts delays, except those of 0 ns, which a coarse clock has. */
	EXPECT_LE(after - before, GREW(cow) + GREW(zerofill));
	EXPECT_LT(PAGES, after - before);
	if (kernel_holds(CLOCK, "tsc") || kernel_holds(CLOCK, "arch_sys_counter")) {
		EXPECT_EQ(after - before, GREW(cow) + GREW(zerofill));
	} else {
		TH_LOG("no steady clock: %" PRIu64 " of %" PRIu64, after - before,
		       GREW(cow) + GREW(zerofill));
	}
}

TEST_HARNESS_MAIN
