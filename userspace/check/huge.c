// SPDX-License-Identifier: GPL-2.0
/*
 * Workloads on huge pages: transparent ones, and those of hugetlb
 *
 * All of this runs in a worker, see perform.c; but for what is ready or not.
 */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <time.h>

#include "check/machine.h"
#include "check/workload.h"
#include "experiment/worker.h"
#include "model/meminfo.h"

#ifndef MADV_COLLAPSE
#define MADV_COLLAPSE 25
#endif

#define COLLAPSE_TRIES	50
#define THP		"/sys/kernel/mm/transparent_hugepage/"
#define POOL		"/proc/sys/vm/nr_hugepages"

/* ---- transparent huge pages */

static size_t thp_stride(void)
{
	uint64_t size;

	return machine_number(THP "hpage_pmd_size", &size) ? size / page_size() : 0;
}

static const char *thp_ready(void)
{
	char word[64];

	if (!thp_stride() || !machine_word(THP "enabled", word, sizeof(word)))
		return "no transparent huge pages in this kernel";
	if (strstr(word, "[never]"))
		return "transparent huge pages are switched off";
	return thp_stride() > WORK_PAGES_MAX ? "huge pages are too large here" : NULL;
}

/* Memory that begins with a huge page; its small pages stay so until thp_allow(). */
static void thp_map(struct area *area)
{
	struct area more = { .pages = area->pages + area->stride };
	size_t size = area->stride * page_size();

	area_untouched(&more);
	area->start = more.start + (-(uintptr_t)more.start & (size - 1));
}

static void thp_allow(const struct area *area)
{
	prctl(PR_SET_THP_DISABLE, 0, 0, 0, 0);
	if (madvise(area->start, area->pages * page_size(), MADV_HUGEPAGE))
		worker_give_up("MADV_HUGEPAGE");
}

static void thp_untouched(struct area *area)
{
	thp_map(area);
	thp_allow(area);
}

static void thp_written(struct area *area)
{
	thp_untouched(area);
	area_write(area);
}

static void thp_small(struct area *area)
{
	thp_map(area);
	area_write(&(struct area){ .start = area->start, .pages = area->pages });
	thp_allow(area);
}

/* There may be no free huge page just now, or a small page is in use. */
static void collapse(const struct area *area)
{
	const struct timespec pause = { .tv_nsec = 10000000 };
	int tries = 0;

	while (madvise(area->start, area->pages * page_size(), MADV_COLLAPSE)) {
		if (area->stride <= 1)	/* the rehearsal */
			return;
		if (errno == EINVAL)
			worker_cannot("no MADV_COLLAPSE in this kernel");
		if (++tries == COLLAPSE_TRIES)
			worker_give_up("MADV_COLLAPSE");
		nanosleep(&pause, NULL);
	}
}

/* ---- hugetlb */

static uint64_t meminfo_number(const char *key)
{
	bool known;

	return meminfo_line(machine_path("/proc/meminfo"), key, &known);
}

static size_t hugetlb_stride(void)
{
	return meminfo_number("Hugepagesize:") * 1024 / page_size();
}

/* Enough for a process and for copies of its pages. */
static uint64_t hugetlb_needed(void)
{
	const struct workload any = { .stride = hugetlb_stride };

	return 2 * workload_pages(&any) / hugetlb_stride();
}

static uint64_t hugetlb_free(void)
{
	return meminfo_number("HugePages_Free:") - meminfo_number("HugePages_Rsvd:");
}

/* More are added to the pool, which is set back afterwards. */
static const char *hugetlb_ready(void)
{
	uint64_t pool, needed, free;

	if (!hugetlb_stride() || !machine_number(POOL, &pool))
		return "no hugetlb in this kernel";
	if (hugetlb_stride() > WORK_PAGES_MAX)
		return "hugetlb pages are too large here";
	needed = hugetlb_needed();
	free = hugetlb_free();
	if (free < needed && !machine_set_number(POOL, pool + needed - free))
		return "the pool of hugetlb pages cannot be made larger";
	return hugetlb_free() < needed ? "no memory for hugetlb pages" : NULL;
}

static void hugetlb_untouched(struct area *area)
{
	area_map(area, MAP_PRIVATE | MAP_ANONYMOUS | MAP_HUGETLB, -1);
}

static void hugetlb_written(struct area *area)
{
	hugetlb_untouched(area);
	area_write(area);
}

#define TRANSPARENT .stride = thp_stride, .ready = thp_ready
#define HUGETLB .stride = hugetlb_stride, .ready = hugetlb_ready

static const struct workload list[] = {
	{ .name = "huge page, first touch", TRANSPARENT, .seen = SEEN_ANON, .faults = FAULTS_EACH,
	  .expected = { { COL_zerofill } },
	  .prepare = thp_untouched, .rehearse = area_untouched, .act = area_write },
	{ .name = "huge page, child gone", TRANSPARENT, .seen = SEEN_KEPT, .faults = FAULTS_EACH,
	  .expected = { { COL_reuse } }, .role = ROLE_PARENT_ALONE,
	  .prepare = thp_written, .rehearse = area_written, .act = area_write },
	{ .name = "collapse", TRANSPARENT, .seen = SEEN_MOVED, .faults = FAULTS_NONE,
	  .expected = { { COL_zerofill, AMOUNT_NOTHING } },
	  .prepare = thp_small, .rehearse = area_written, .act = collapse },
	{ .name = "hugetlb, first touch", HUGETLB, .seen = SEEN_ANON, .faults = FAULTS_EACH,
	  .expected = { { COL_zerofill } },
	  .prepare = hugetlb_untouched, .rehearse = area_untouched, .act = area_write },
	{ .name = "hugetlb, child writes", HUGETLB, .seen = SEEN_MOVED, .faults = FAULTS_EACH,
	  .expected = { { COL_cow_huge } }, .role = ROLE_CHILD,
	  .prepare = hugetlb_written, .rehearse = area_written, .act = area_write },
	{ .name = "hugetlb, child gone", HUGETLB, .seen = SEEN_KEPT, .faults = FAULTS_EACH,
	  .expected = { { COL_reuse } }, .role = ROLE_PARENT_ALONE,
	  .prepare = hugetlb_written, .rehearse = area_written, .act = area_write },
};

const struct workload_list huge_workloads = WORKLOAD_LIST(list);
