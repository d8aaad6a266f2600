// SPDX-License-Identifier: GPL-2.0
/*
 * demand-paging: memory is promised first, and given when it is touched
 */
#include <sys/mman.h>
#include <time.h>

#include "experiment/pagemap.h"
#include "lab/experiments/experiments.h"

enum { START, ALLOCATED, WAITED, TOUCHED, AGAIN };

static const struct lab_step steps[] = {
	[START] = { N_("start"), N_("A process has started.") },
	[ALLOCATED] = { N_("allocated"), N_("It has allocated memory, by mmap() as malloc() does for so much.") },
	[WAITED] = { N_("waited"), N_("It has waited, and touched nothing.") },
	[TOUCHED] = { N_("touched"), N_("It has written a byte into each page of the next tenth.") },
	[AGAIN] = { N_("once more"), N_("It has written into all pages once more.") },
	{ }
};

#define TENTHS	10
#define PER_HUGE ((UINT64_C(2) << 20) / page_size())

static void work(const struct lab *lab, size_t pages)
{
	const struct timespec wait = { .tv_nsec = 200000000 };
	char *mem;

	/* Huge pages, though --thp on was not given: the expectations fail. */
	if (lab->request->broken)
		lab_allow_huge(true);
	lab_step(START);
	mem = lab_memory(lab, pages);
	if (lab->request->broken)
		madvise(mem, pages * page_size(), MADV_HUGEPAGE);
	lab_step(ALLOCATED);
	if (!lab_warming_up())
		nanosleep(&wait, NULL);
	lab_step(WAITED);
	for (size_t i = 0; i < TENTHS; i++) {
		size_t from = pages * i / TENTHS, to = pages * (i + 1) / TENTHS;

		lab_touch(mem + from * page_size(), to - from);
		lab_step(TOUCHED);
	}
	lab_touch(mem, pages);
	lab_step(AGAIN);
}

/* A huge page is one fault; what is not in huge pages is one each. */
static struct range faults_expected(const struct lab *lab)
{
	struct amount huge = lab_at(lab, 0, TOUCHED, LAB_huge);
	uint64_t in_huge = (uint64_t)huge.n * 1024 / page_size();

	if (!lab->request->thp || !huge.known)
		return EXACTLY(lab->pages);
	return EXACTLY(in_huge / PER_HUGE + lab->pages - in_huge);
}

static void check(struct lab *lab)
{
	uint64_t kib = lab->size / 1024;

	lab_expect(lab, N_("virtual memory when allocated"), "vsz", EXACTLY(kib),
		   lab_grew(lab, 0, START, ALLOCATED, LAB_vsz),
		   N_("an allocation only notes that these addresses may be used"));
	lab_expect(lab, N_("memory before it is touched"), "rss", AT_MOST(64),
		   lab_grew(lab, 0, START, WAITED, LAB_rss),
		   N_("no page is given before somebody touches it"));
	lab_expect(lab, N_("memory when all is touched"), "rss", BETWEEN(kib, kib + 64),
		   lab_grew(lab, 0, WAITED, TOUCHED, LAB_rss),
		   N_("the first touch of a page faults, and the kernel then finds one for it"));
	lab_expect(lab, N_("faults of the first pass"), "minor", faults_expected(lab),
		   lab_grew(lab, 0, WAITED, TOUCHED, LAB_COUNTER(minor)),
		   N_("each page, or each huge page, is one fault"));
	lab_expect(lab, N_("pages filled with zeroes"), "zerofill", EXACTLY(lab->pages),
		   lab_grew(lab, 0, WAITED, TOUCHED, LAB_COUNTER(zerofill)),
		   N_("a page that is given is zeroed, so that nobody reads what others left there"));
	lab_expect(lab, N_("faults of the second pass"), "minor+major", EXACTLY(0),
		   lab_faults(lab, 0, TOUCHED, AGAIN),
		   N_("a page that is there is found by the processor alone, without the kernel"));
	lab_expect_used(lab, N_("free memory that went"), WAITED, TOUCHED, kib, kib / 4,
			N_("only now is the memory of the machine used"));
}

const struct experiment experiment_demand_paging = {
	.name = "demand-paging",
	.title = N_("memory is promised first, and given when it is touched"),
	.intro = {
		N_("A process allocates memory, waits, and then writes into it page by page."),
		N_("Its virtual memory grows at once; the memory it really has, only as it touches it:"),
		N_("each first touch is a page fault, which gives a page of zeroes.  The second touch is none."),
	},
	.broken = N_("huge pages are left on, while small ones are expected"),
	.size = UINT64_C(100) << 20,
	.columns = { LAB_vsz, LAB_rss, LAB_free, LAB_huge, LAB_COUNTER(minor), LAB_COUNTER(major),
		     LAB_COUNTER(zerofill), NR_LAB },
	.steps = steps,
	.warm_up = true,
	.work = work,
	.check = check,
};
