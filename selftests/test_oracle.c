// SPDX-License-Identifier: GPL-2.0
/*
 * test_oracle.c - the totals of the machine against /proc/vmstat
 *
 * What the kernel counts for the whole machine, pagestat counts for each process;
 * over any time the sums have to be the same.  Nobody else does much meanwhile, but
 * what they do is in both.
 */
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "watch.h"

static char *mem;

static uint64_t vmstat(const char * const *names)
{
	unsigned long long n, sum = 0;
	char line[128], found[128];
	FILE *f;

	/* What CPUs have not yet added to the sums. */
	f = fopen("/proc/sys/vm/stat_refresh", "w");
	if (f) {
		fputs("1", f);
		fclose(f);
	}
	f = fopen("/proc/vmstat", "r");
	while (f && fgets(line, sizeof(line), f))
		if (sscanf(line, "%127s %llu", found, &n) == 2 &&
		    (!strcmp(found, names[0]) ||
		     (names[1] && !strcmp(found, names[1]))))
			sum += n;
	if (f)
		fclose(f);
	return sum;
}

/* One or two lines of vmstat, and the counter that is their sum. */
static const struct {
	const char *names[2];
	enum pagestat_counter counter;
} oracles[] = {
	{ { "pgreuse" },	  PAGESTAT_reuse },
	{ { "pswpin" },		  PAGESTAT_swapin_io },
	{ { "pswpout" },	  PAGESTAT_swapout },
	{ { "workingset_refault_anon", "workingset_refault_file" },
				  PAGESTAT_refault },
	{ { "oom_kill" },	  PAGESTAT_oom },
	{ { "numa_hint_faults" }, PAGESTAT_numa },
};

#define NR_ORACLES (sizeof(oracles) / sizeof(*oracles))

static void of_everything(void)
{
	pid_t pid;

	warm_up();
	mem = memory(PAGES);
	step();
	write_pages(mem, PAGES);
	pid = fork();
	if (!pid) {
		write_pages(mem, PAGES / 2);
		_exit(0);
	}
	waitpid(pid, NULL, 0);
	write_pages(mem, PAGES);
	page_out(mem, PAGES);
	read_pages(mem, PAGES);
	write_pages(mem, PAGES);
	step();
}

TEST_F(watch, the_machine_s_totals_are_the_kernel_s)
{
	uint64_t before[NR_ORACLES], after[NR_ORACLES];
	struct counters then, now;
	size_t i;

	START(of_everything);
	for (i = 0; i < NR_ORACLES; i++)
		before[i] = vmstat(oracles[i].names);
	ASSERT_TRUE(counters_of("system", 0, &then));
	ASSERT_TRUE(subject_go(&self->s));
	ASSERT_TRUE(counters_of("system", 0, &now));
	for (i = 0; i < NR_ORACLES; i++)
		after[i] = vmstat(oracles[i].names);

	for (i = 0; i < NR_ORACLES; i++) {
		enum pagestat_counter c = oracles[i].counter;

		EXPECT_EQ(after[i] - before[i], now.n[c] - then.n[c])
			TH_LOG("%s, vmstat's %s", counter_name(c), oracles[i].names[0]);
	}
	EXPECT_LE(PAGES, now.n[PAGESTAT_swapin_io] - then.n[PAGESTAT_swapin_io]);
	EXPECT_LE(PAGES / 2, now.n[PAGESTAT_reuse] - then.n[PAGESTAT_reuse]);
}

/* What each process counted adds up to the machine's, those that ended included. */
TEST_F(watch, every_fault_has_an_outcome)
{
	struct counters then, now;
	uint64_t outcomes = 0, faults;

	START(of_everything);
	ASSERT_TRUE(counters_of("system", 0, &then));
	ASSERT_TRUE(subject_go(&self->s));
	ASSERT_TRUE(counters_of("system", 0, &now));
#define SINCE(name) (now.n[PAGESTAT_##name] - then.n[PAGESTAT_##name])
	outcomes = SINCE(cow) + SINCE(reuse) + SINCE(zerofill) + SINCE(zeromap) +
		   SINCE(filemap) + SINCE(swapin) + SINCE(numa) + SINCE(other);
	faults = SINCE(minor) + SINCE(major);
	TH_LOG("%lu faults", faults);
	/* Huge pages are off for the subject, and swap-in by a read is no copy. */
	EXPECT_EQ(faults, outcomes);
}

TEST_HARNESS_MAIN
