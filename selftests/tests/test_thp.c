// SPDX-License-Identifier: GPL-2.0
/* test_thp.c - transparent huge pages: filled, split, copied, reused */
#include <errno.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "kernel.h"
#include "watch.h"
#include "workloads.h"

#define THP	"/sys/kernel/mm/transparent_hugepage/"

#define HUGE_PAGES	3UL
#define SMALL_PAGES	(huge_size() / page_size())	/* in a huge one */
#define ALL_PAGES	(HUGE_PAGES * SMALL_PAGES)

static char *mem;

/* In the subject: map memory for huge pages, which is not touched. */
static void huge_memory(void)
{
	char *p = memory((HUGE_PAGES + 1) * SMALL_PAGES);

	mem = p + (-(uintptr_t)p & (huge_size() - 1));
	prctl(PR_SET_THP_DISABLE, 0, 0, 0, 0);
	if (madvise(mem, HUGE_PAGES * huge_size(), MADV_HUGEPAGE))
		_exit(1);
}

/* Write to one byte of each huge page. */
static void write_huge(void)
{
	size_t i;

	for (i = 0; i < HUGE_PAGES; i++)
		write_pages(mem + i * huge_size(), 1);
}

static void read_huge(void)
{
	size_t i;

	for (i = 0; i < HUGE_PAGES; i++)
		read_pages(mem + i * huge_size(), 1);
}

/* Write to one byte of each huge page, then of each small page. */
static void write_in_two_steps(void)
{
	step();
	write_huge();
	step();
	write_pages(mem, ALL_PAGES);
	step();
}

/*
 * khugepaged could collapse small pages into huge ones at any time: have it sleep.
 * A write to this file wakes it up, so write once only.
 */
static bool huge_pages(void)
{
	static const char sleep[] = THP "khugepaged/scan_sleep_millisecs";

	return kernel_value(sleep) == 3600000 || kernel_set(sleep, "3600000", NULL, 0);
}

static void first_touch(void)
{
	warm_up();
	huge_memory();
	step();
	write_huge();
	step();
	write_pages(mem, ALL_PAGES);
	read_pages(mem, ALL_PAGES);
	step();
}

TEST_F(watch, first_touch_fills_a_whole_huge_page)
{
	if (!huge_pages())
		SKIP(return, "no transparent huge pages in this kernel");
	START(first_touch);
	GO();
	EXPECT_COUNTED({ PAGESTAT_minor, HUGE_PAGES },
		       { PAGESTAT_zerofill, ALL_PAGES }, END);
	GO();
	EXPECT_COUNTED(END);
}

static void read_then_write(void)
{
	warm_up();
	huge_memory();
	step();
	read_huge();
	step();
	write_huge();
	step();
	write_pages(mem, ALL_PAGES);
	step();
}

TEST_F(watch, a_write_over_the_huge_zero_page_fills)
{
	/* Since 6.13 the huge zero page is replaced by a huge page. */
	const bool whole = kernel_since(6, 13);
	const uint64_t pages = whole ? ALL_PAGES : HUGE_PAGES;

	if (!huge_pages())
		SKIP(return, "no transparent huge pages in this kernel");
	START(read_then_write);
	if (kernel_value(THP "use_zero_page") != 1)
		SKIP(return, "no huge zero page");
	GO();
	EXPECT_COUNTED({ PAGESTAT_minor, HUGE_PAGES },
		       { PAGESTAT_zeromap, HUGE_PAGES },
		       { PAGESTAT_read, HUGE_PAGES }, { PAGESTAT_write, 0 },
		       { PAGESTAT_exec, 0 }, END);
	GO();
	EXPECT_COUNTED({ PAGESTAT_minor, HUGE_PAGES },
		       { PAGESTAT_zerofill, pages }, END);
	GO();
	EXPECT_COUNTED({ PAGESTAT_minor, ALL_PAGES - pages },
		       { PAGESTAT_zerofill, ALL_PAGES - pages }, END);
}

static void child_splits(void)
{
	huge_memory();
	write_huge();
	become_child();
	warm_up();
	write_in_two_steps();
	write_pages(mem, ALL_PAGES);
	step();
}

/* The kernel copies no huge page: it splits the mapping and copies what is written. */
TEST_F(watch, a_shared_huge_page_is_copied_in_small_ones)
{
	uint64_t splits;

	if (!huge_pages())
		SKIP(return, "no transparent huge pages in this kernel");
	START(child_splits);
	splits = vmstat("thp_split_pmd");
	GO();
	EXPECT_EQ(HUGE_PAGES, vmstat("thp_split_pmd") - splits);
	EXPECT_COUNTED({ PAGESTAT_minor, HUGE_PAGES }, { PAGESTAT_cow, HUGE_PAGES },
		       { PAGESTAT_cow_anon, HUGE_PAGES }, END);
	GO();
	EXPECT_COUNTED({ PAGESTAT_minor, ALL_PAGES - HUGE_PAGES },
		       { PAGESTAT_cow, ALL_PAGES - HUGE_PAGES },
		       { PAGESTAT_cow_anon, ALL_PAGES - HUGE_PAGES }, END);
	GO();
	EXPECT_COUNTED(END);
}

static void parent_writes_after(void)
{
	run_on(0);
	huge_memory();
	write_huge();
	dismiss(bystander());
	warm_up();
	write_in_two_steps();
}

TEST_F(watch, a_huge_page_nobody_shares_is_kept_whole)
{
	if (!huge_pages())
		SKIP(return, "no transparent huge pages in this kernel");
	START(parent_writes_after);
	GO();
	EXPECT_COUNTED({ PAGESTAT_minor, HUGE_PAGES },
		       { PAGESTAT_reuse, ALL_PAGES }, END);
	GO();
	EXPECT_COUNTED(END);
}

static void parent_splits_and_writes_after(void)
{
	pid_t pid;

	run_on(0);
	huge_memory();
	write_huge();
	pid = bystander();
	warm_up();
	step();
	write_huge();
	step();
	dismiss(pid);
	warm_up();
	step();
	write_pages(mem, ALL_PAGES);
	step();
}

/*
 * The small pages of a split huge page share one reference count, so that the kernel
 * copies them though nobody shares them any more.  Some kernels reuse the last one.
 */
TEST_F(watch, a_split_huge_page_is_copied_though_nobody_shares_it)
{
	const uint64_t rest = ALL_PAGES - HUGE_PAGES;
	const uint64_t kept = kernel_since(6, 15) ? rest :
			      kernel_since(6, 12) ? 0 : HUGE_PAGES;

	if (!huge_pages())
		SKIP(return, "no transparent huge pages in this kernel");
	START(parent_splits_and_writes_after);
	GO();
	EXPECT_COUNTED({ PAGESTAT_minor, HUGE_PAGES }, { PAGESTAT_cow, HUGE_PAGES },
		       { PAGESTAT_cow_anon, HUGE_PAGES }, END);
	ASSERT_TRUE(subject_go(&self->s));	/* the child has ended */
	GO();
	EXPECT_COUNTED({ PAGESTAT_minor, rest },
		       { PAGESTAT_reuse, kept },
		       { PAGESTAT_cow, rest - kept },
		       { PAGESTAT_cow_anon, rest - kept }, END);
}

static void collapsed(void)
{
	warm_up();
	huge_memory();
	prctl(PR_SET_THP_DISABLE, 1, 0, 0, 0);
	write_pages(mem, ALL_PAGES);
	prctl(PR_SET_THP_DISABLE, 0, 0, 0, 0);
	step();
	if (!collapse(mem, HUGE_PAGES * huge_size()))
		_exit(1);
	step();
	write_pages(mem, ALL_PAGES);
	step();
}

/* To collapse them, the kernel copies them, but not in a fault. */
TEST_F(watch, collapsing_small_pages_into_huge_ones_counts_nothing)
{
	if (!kernel_since(6, 1))
		SKIP(return, "no MADV_COLLAPSE in this kernel");
	if (!huge_pages())
		SKIP(return, "no transparent huge pages in this kernel");
	START(collapsed);
	GO();
	EXPECT_COUNTED(END);
	GO();
	EXPECT_COUNTED(END);
}

/* In the subject: a fault that fails, so that the kernel accounts none: of write(2). */
static void fail_a_fault(void)
{
	static const char *beyond;
	static int from, to;

	if (!beyond) {
		from = memfd_create("empty", 0);
		to = memfd_create("written", 0);
		beyond = mmap(NULL, page_size(), PROT_READ, MAP_PRIVATE, from, 0);
		must(from < 0 || to < 0 || beyond == MAP_FAILED);
	}
	must(write(to, beyond, 1) != -1 || errno != EFAULT);
}

static bool in_swap;

/* Two steps: the memory is collapsed; the same after a fault that has failed. */
static void collapsed_after_a_failure(void)
{
	int failed;

	warm_up();
	fail_a_fault();
	for (failed = 0; failed < 2; failed++) {
		huge_memory();
		prctl(PR_SET_THP_DISABLE, 1, 0, 0, 0);
		write_pages(mem, ALL_PAGES);
		/* Not all of them, as the kernel collapses no more. */
		if (in_swap)
			page_out(mem, SMALL_PAGES / 4);
		prctl(PR_SET_THP_DISABLE, 0, 0, 0, 0);
		step();
		if (failed)
			fail_a_fault();
		if (!collapse(mem, HUGE_PAGES * huge_size()))
			_exit(1);
		/* What is left of a fault is counted at the next one. */
		read_pages(memory(1), 1);
		step();
	}
	write_pages(mem, ALL_PAGES);
	step();
}

/* The failed fault does not take the pages that are collapsed for its own. */
TEST_F(watch, collapsing_after_a_failed_fault_counts_nothing)
{
	if (!kernel_since(6, 1))
		SKIP(return, "no MADV_COLLAPSE in this kernel");
	if (!huge_pages())
		SKIP(return, "no transparent huge pages in this kernel");
	START(collapsed_after_a_failure);
	GO();
	EXPECT_COUNTED({ PAGESTAT_minor, 1 }, { PAGESTAT_zeromap, 1 }, END);
	ASSERT_TRUE(subject_go(&self->s));
	GO();
	EXPECT_COUNTED({ PAGESTAT_minor, 1 }, { PAGESTAT_zeromap, 1 },
		       { PAGESTAT_error, 1 }, END);
	GO();
	EXPECT_COUNTED(END);
}

TEST_F(watch, collapsing_pages_in_swap_after_a_failed_fault_counts_nothing)
{
	uint64_t refaults;

	if (!kernel_since(6, 1))
		SKIP(return, "no MADV_COLLAPSE in this kernel");
	if (!huge_pages())
		SKIP(return, "no transparent huge pages in this kernel");
	in_swap = true;
	START(collapsed_after_a_failure);
	GO();
	refaults = GREW(refault);
	EXPECT_COUNTED({ PAGESTAT_minor, 1 }, { PAGESTAT_zeromap, 1 },
		       { PAGESTAT_refault, refaults }, END);
	ASSERT_TRUE(subject_go(&self->s));
	GO();
	EXPECT_COUNTED({ PAGESTAT_minor, 1 }, { PAGESTAT_zeromap, 1 },
		       { PAGESTAT_error, 1 }, { PAGESTAT_refault, refaults }, END);
	GO();
	EXPECT_COUNTED(END);
}

TEST_HARNESS_MAIN
