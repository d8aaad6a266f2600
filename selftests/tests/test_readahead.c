// SPDX-License-Identifier: GPL-2.0
/*
 * test_readahead.c - more than one page comes back from swap at a time: read-ahead
 * and large folios; and tmpfs, whose pages come back as page cache
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "kernel.h"
#include "watch.h"

#define CLUSTER	"/proc/sys/vm/page-cluster"
#define MTHP	"/sys/kernel/mm/transparent_hugepage/hugepages-64kB/enabled"

static char *mem;

/*
 * From swap in memory (zram) the kernel reads a page at once and without read-ahead,
 * unless it is shared: then it goes through the swap cache, as from a disk.
 */
static void shared_in_swap(void)
{
	warm_up();
	mem = memory(PAGES);
	write_pages(mem, PAGES);
	page_out(mem, PAGES);
	if (!fork()) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		for (;;)
			pause();
	}
	warm_up();
	step();
	read_pages(mem, PAGES);
	step();
}

TEST_F(watch, what_was_read_ahead_is_found_in_the_swap_cache)
{
	uint64_t hits = vmstat("swap_ra_hit");
	char old[16];

	if (!kernel_set(CLUSTER, "3", old, sizeof(old)))
		SKIP(return, "no swap");
	START(shared_in_swap);
	GO();
	kernel_set(CLUSTER, old, NULL, 0);
	TH_LOG("%lu read, %lu found", GREW(swapin_io), GREW(swapin_cache));
	/* Since 7.1 there is no read-ahead from swap in memory. */
	EXPECT_LE(kernel_since(7, 1) ? 0 : PAGES / 2, GREW(swapin_cache));
	EXPECT_EQ(GREW(swapin_cache), vmstat("swap_ra_hit") - hits);
	EXPECT_COUNTED({ PAGESTAT_minor, GREW(swapin_cache) },
		       { PAGESTAT_major, PAGES - GREW(swapin_cache) },
		       { PAGESTAT_swapin, PAGES },
		       { PAGESTAT_swapin_io, PAGES - GREW(swapin_cache) },
		       { PAGESTAT_swapin_cache, GREW(swapin_cache) },
		       { PAGESTAT_refault, GREW(refault) }, END);
	EXPECT_EQ(PAGES, GREW(refault));
}

TEST_F(watch, without_reading_ahead_all_are_read)
{
	char old[16];

	if (!kernel_set(CLUSTER, "0", old, sizeof(old)))
		SKIP(return, "no swap");
	START(shared_in_swap);
	GO();
	kernel_set(CLUSTER, old, NULL, 0);
	EXPECT_COUNTED({ PAGESTAT_major, PAGES }, { PAGESTAT_swapin, PAGES },
		       { PAGESTAT_swapin_io, PAGES },
		       { PAGESTAT_refault, PAGES }, END);
}

/* How many pages of a mapping are in memory. */
static size_t resident(char *start, size_t pages)
{
	unsigned char *vec = malloc(pages);
	size_t i, nr = 0;

	if (!vec || mincore(start, pages * page_size(), vec))
		_exit(1);
	for (i = 0; i < pages; i++)
		nr += vec[i] & 1;
	free(vec);
	return nr;
}

static void tmpfs_in_swap(void)
{
	int tries;

	run_on(0);
	warm_up();
	mem = mmap(NULL, PAGES * page_size(), PROT_READ | PROT_WRITE,
		   MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	madvise(mem, PAGES * page_size(), MADV_NOHUGEPAGE);
	write_pages(mem, PAGES);
	page_out(memory(1), 0);
	step();
	for (tries = 0; resident(mem, PAGES) && tries < 100; tries++) {
		madvise(mem, PAGES * page_size(), MADV_PAGEOUT);
		usleep(20000);
	}
	if (tries == 100)
		_exit(1);
	step();
	read_pages(mem, PAGES);
	step();
}

/*
 * Its pages have no owner, so that no process has their swapout; who needs them again
 * has major faults on the page cache.
 */
TEST_F(watch, tmpfs_comes_back_from_swap_as_page_cache)
{
	char old[16];

	if (!kernel_set(CLUSTER, "0", old, sizeof(old)))
		SKIP(return, "no swap");
	START(tmpfs_in_swap);
	GO();
	EXPECT_EQ(0UL, GREW(swapout));
	GO();
	kernel_set(CLUSTER, old, NULL, 0);
	EXPECT_COUNTED({ PAGESTAT_major, PAGES }, { PAGESTAT_filemap, PAGES },
		       { PAGESTAT_refault, PAGES }, END);
}

#define FOLIO	(65536UL / page_size())
#define FOLIOS	31UL

static void large_in_swap(void)
{
	char *p = memory((FOLIOS + 1) * FOLIO);

	prctl(PR_SET_THP_DISABLE, 0, 0, 0, 0);
	run_on(0);
	warm_up();
	mem = (char *)(((uintptr_t)p + FOLIO * page_size() - 1) &
		       ~(FOLIO * page_size() - 1));
	madvise(mem, FOLIOS * FOLIO * page_size(), MADV_HUGEPAGE);
	page_out(memory(1), 0);
	step();
	write_pages(mem, FOLIOS * FOLIO);
	step();
	page_out(mem, FOLIOS * FOLIO);
	step();
	read_pages(mem, FOLIOS * FOLIO);
	step();
}

TEST_F(watch, a_large_folio_counts_all_its_pages)
{
	uint64_t majors;
	char old[64];

	if (!kernel_set(MTHP, "madvise", old, sizeof(old)))
		SKIP(return, "no folios of 64 KiB in this kernel");
	START(large_in_swap);
	GO();
	EXPECT_COUNTED({ PAGESTAT_minor, FOLIOS },
		       { PAGESTAT_zerofill, FOLIOS * FOLIO }, END);
	GO();
	EXPECT_EQ(FOLIOS * FOLIO, GREW(swapout));
	GO();
	/*
	 * Since 6.12 a folio comes back as a whole.  With base pages of 16 KiB, only
	 * some do, and others in another boot.
	 */
	majors = kernel_since(6, 12) ? FOLIOS : FOLIOS * FOLIO;
	if (page_size() != 4096) {
		majors = self->after.majflt - self->before.majflt;
		EXPECT_LE(FOLIOS, majors);
		EXPECT_GE(FOLIOS * FOLIO, majors);
	}
	EXPECT_COUNTED({ PAGESTAT_major, majors },
		       { PAGESTAT_swapin, FOLIOS * FOLIO },
		       { PAGESTAT_swapin_io, FOLIOS * FOLIO },
		       { PAGESTAT_refault, FOLIOS * FOLIO }, END);
	kernel_set(MTHP, "never", NULL, 0);
}

TEST_HARNESS_MAIN
