// SPDX-License-Identifier: GPL-2.0
/* test_swap.c - swap-in: read from the device or found in the cache, counted once */
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "kernel.h"
#include "watch.h"
#include "workloads.h"

static char *mem;

static bool have_swap(void)
{
	char line[256];
	FILE *f = fopen("/proc/swaps", "r");
	bool any = f && fgets(line, sizeof(line), f) && fgets(line, sizeof(line), f);

	if (f)
		fclose(f);
	return any;
}

TEST_F(watch, pages_read_back_are_major_faults)
{
	if (!have_swap())
		SKIP(return, "no swap");
	START(read_back);
	GO();
	EXPECT_COUNTED({ PAGESTAT_major, PAGES }, { PAGESTAT_swapin, PAGES },
		       { PAGESTAT_swapin_io, PAGES },
		       { PAGESTAT_refault, PAGES }, END);
}

static void write_back(void)
{
	warm_up();
	mem = memory(PAGES);
	write_pages(mem, PAGES);
	page_out(mem, PAGES);
	step();
	write_pages(mem, PAGES);
	step();
}

TEST_F(watch, writing_to_pages_in_swap_brings_them_back_once)
{
	if (!have_swap())
		SKIP(return, "no swap");
	START(write_back);
	GO();
	EXPECT_COUNTED({ PAGESTAT_major, PAGES }, { PAGESTAT_swapin, PAGES },
		       { PAGESTAT_swapin_io, PAGES },
		       { PAGESTAT_refault, PAGES }, END);
}

static void touch(void)
{
	read_pages(mem, PAGES);
}

static void two_read_back(void)
{
	warm_up();
	mem = memory(PAGES);
	write_pages(mem, PAGES);
	page_out(mem, PAGES);
	race_init(touch);
	step();
	race();
	step();
}

/* To count calls of do_swap_page() would take each lost race for a page. */
TEST_F(watch, racing_threads_bring_each_page_back_once)
{
	uint64_t faults, waits, reads;

	if (!have_swap())
		SKIP(return, "no swap");
	START(two_read_back);
	GO();
	/* Who finds the page in the swap cache may wait for it; since 7.0 all are there. */
	waits = GREW(retry);
	/* Before 6.1, both read the page: that of the slower one is freed again. */
	reads = kernel_since(6, 1) ? PAGES : GREW(refault);
	faults = GREW(minor) + GREW(major);
	TH_LOG("%lu pages took %lu faults", PAGES, faults);
	EXPECT_GE(faults, PAGES);
	EXPECT_GE(reads, PAGES);
	EXPECT_LE(waits, PAGES);
	EXPECT_EQ(PAGES, GREW(swapin_io) + GREW(swapin_cache));
	EXPECT_COUNTED({ PAGESTAT_minor, GREW(minor) },
		       { PAGESTAT_major, GREW(major) },
		       { PAGESTAT_swapin, PAGES },
		       { PAGESTAT_swapin_io, GREW(swapin_io) },
		       { PAGESTAT_swapin_cache, GREW(swapin_cache) },
		       { PAGESTAT_refault, reads },
		       { PAGESTAT_retry, waits },
		       { PAGESTAT_other, faults - PAGES }, END);
}

/*
 * Pages in swap that two processes share: the first one reads them, some of them by
 * read-ahead, and the other finds them in the swap cache.
 */
static void found(void)
{
	int go[2], done[2];
	char c;

	warm_up();
	mem = memory(PAGES);
	write_pages(mem, PAGES);
	if (pipe(go) || pipe(done))
		_exit(1);
	page_out(mem, PAGES);
	if (!fork()) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		if (read(go[0], &c, 1) == 1)
			read_pages(mem, PAGES);
		if (write(done[1], "", 1) == 1)
			for (;;)
				pause();
		_exit(1);
	}
	warm_up();
	if (write(go[1], "", 1) != 1 || read(done[0], &c, 1) != 1)
		_exit(1);
	step();
	read_pages(mem, PAGES);
	step();
}

TEST_F(watch, pages_another_process_read_are_found_in_the_swap_cache)
{
	if (!have_swap())
		SKIP(return, "no swap");
	START(found);
	GO();
	EXPECT_COUNTED({ PAGESTAT_minor, PAGES }, { PAGESTAT_swapin, PAGES },
		       { PAGESTAT_swapin_cache, PAGES }, END);
}

/*
 * To collapse pages, the kernel calls do_swap_page() outside of any fault.  The
 * thread's last fault must not be taken for a swap-in by that.
 */
static void collapsed(void)
{
	char *huge, *p = memory(2 * huge_size() / page_size());

	huge = (char *)(((uintptr_t)p + huge_size() - 1) & ~(huge_size() - 1));
	mem = memory(1);
	prctl(PR_SET_THP_DISABLE, 0, 0, 0, 0);
	madvise(huge, huge_size(), MADV_NOHUGEPAGE);
	warm_up();
	write_pages(huge, huge_size() / page_size());
	page_out(huge, 13);
	madvise(huge, huge_size(), MADV_HUGEPAGE);
	step();
	read_pages(mem, 1);
	step();
	if (!collapse(huge, huge_size()))
		_exit(4);
	step();
}

TEST_F(watch, collapsing_is_no_fault)
{
	if (!have_swap())
		SKIP(return, "no swap");
	START(collapsed);
	GO();
	EXPECT_COUNTED({ PAGESTAT_minor, 1 }, { PAGESTAT_zeromap, 1 }, END);
	ASSERT_TRUE(counters_of("processes", self->s.pid, &self->before));
	if (!subject_go(&self->s))
		SKIP(return, "no MADV_COLLAPSE in this kernel");
	ASSERT_TRUE(counters_of("processes", self->s.pid, &self->after));
	/* Pages that come back are refaults, in a fault or not. */
	EXPECT_LE(GREW(refault), 13UL);
	EXPECT_COUNTED({ PAGESTAT_refault, GREW(refault) }, END);
}

#define SPREAD	(16 * PAGES)

static sigjmp_buf back;

static void jump_back(int unused)
{
	(void)unused;
	siglongjmp(back, 1);
}

/* A fault fails; then memory is compacted, with no fault between. */
static void fail_and_compact(const char *beyond, int compact)
{
	if (!sigsetjmp(back, 1))
		read_pages(beyond, 1);
	must(pwrite(compact, "1", 1, 0) != 1);
	write_pages(memory(1), 1);
}

static void fails_and_compacts(void)
{
	const char *beyond = mmap(NULL, page_size(), PROT_READ, MAP_SHARED,
				  memfd_create("empty", 0), 0);
	int compact = open("/proc/sys/vm/compact_memory", O_WRONLY);
	size_t i;

	must(beyond == MAP_FAILED || compact < 0);
	signal(SIGBUS, jump_back);
	fail_and_compact(beyond, compact);
	mem = memory(SPREAD);
	write_pages(mem, SPREAD);
	for (i = 0; i < SPREAD; i += 2)
		must(madvise(mem + i * page_size(), page_size(), MADV_DONTNEED));
	warm_up();
	step();
	fail_and_compact(beyond, compact);
	step();
}

/* What is moved is mapped again, and was never in swap. */
TEST_F(watch, pages_that_are_moved_do_not_come_back_from_swap)
{
	uint64_t moved;

	if (access("/proc/sys/vm/compact_memory", W_OK))
		SKIP(return, "no compaction in this kernel");
	START(fails_and_compacts);
	moved = vmstat("pgmigrate_success");
	GO();
	if (moved == vmstat("pgmigrate_success"))
		SKIP(return, "compaction found nothing to move");
	EXPECT_COUNTED({ PAGESTAT_minor, 1 }, { PAGESTAT_zerofill, 1 },
		       { PAGESTAT_error, 1 }, END);
}

TEST_HARNESS_MAIN
