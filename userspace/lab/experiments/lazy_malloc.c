// SPDX-License-Identifier: GPL-2.0
/*
 * lazy-malloc: what malloc() gives is an address
 */
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "experiment/pagemap.h"
#include "lab/experiments/experiments.h"

enum { START, ALLOCATED, SET };

static const struct lab_step steps[] = {
	[START] = { N_("start"), N_("A process has started.") },
	[ALLOCATED] = { N_("malloc"), N_("malloc() has given it an address.") },
	[SET] = { N_("memset"), N_("memset() has written to all that belongs to it.") },
	{ }
};

static void work(const struct lab *lab, size_t pages)
{
	size_t size = pages * page_size();
	char *mem, *mapping;

	lab_step(START);
	mem = malloc(size);
	if (!mem)
		worker_give_up("malloc");
	/*
	 * It begins with malloc()'s own note of how long it is.  A flag of its own
	 * keeps the kernel from making one mapping of it and its neighbours.
	 */
	mapping = mem - (uintptr_t)mem % page_size();
	madvise(mapping, size + page_size(), MADV_DONTDUMP);
	lab_step_area(ALLOCATED, mem);
	memset(mem, 1, lab->request->broken ? size / 2 : size);
	lab_step_area(SET, mem);
	free(mem);
}

static void check(struct lab *lab)
{
	uint64_t kib = lab->size / 1024, page = page_size() / 1024;

	lab_expect(lab, N_("virtual memory that malloc() took"), "vsz", EXACTLY(kib + page),
		   lab_grew(lab, 0, START, ALLOCATED, LAB_vsz),
		   N_("a block of this size is a mapping of its own, with a page more for malloc()'s notes"));
	lab_expect(lab, N_("memory after malloc()"), "map_rss", EXACTLY(page),
		   lab_at(lab, 0, ALLOCATED, LAB_map_rss),
		   N_("only the page is there that malloc() wrote its notes to"));
	lab_expect(lab, N_("of it, written"), "map_private", EXACTLY(page),
		   lab_at(lab, 0, ALLOCATED, LAB_map_private),
		   N_("this page is the process's own, and has to be kept"));
	lab_expect(lab, N_("memory after memset()"), "map_rss", EXACTLY(kib + page),
		   lab_at(lab, 0, SET, LAB_map_rss),
		   N_("each page has been touched, and so been given"));
	lab_expect(lab, N_("of it, written"), "map_private", EXACTLY(kib + page),
		   lab_at(lab, 0, SET, LAB_map_private),
		   N_("they are all the process's own"));
	if (!lab->request->thp)
		lab_expect(lab, N_("faults of memset()"), "minor", EXACTLY(lab->pages),
			   lab_grew(lab, 0, ALLOCATED, SET, LAB_COUNTER(minor)),
			   N_("each page faults once; the one with the notes was there"));
	lab_expect(lab, N_("pages filled with zeroes by memset()"), "zerofill",
		   lab->request->thp ? AT_LEAST(lab->pages) : EXACTLY(lab->pages),
		   lab_grew(lab, 0, ALLOCATED, SET, LAB_COUNTER(zerofill)),
		   N_("memset() writes ones; before, the kernel wrote zeroes"));
}

const struct experiment experiment_lazy_malloc = {
	.name = "lazy-malloc",
	.title = N_("what malloc() gives is an address; memory comes when it is written to"),
	.intro = {
		N_("A process asks malloc() for memory, and we look at the mapping in /proc/PID/smaps."),
		N_("Then memset() writes to all of it, and we look again."),
		N_("Rss and Private_Dirty are one page at first, and the whole block, and that page, then."),
	},
	.broken = N_("memset() writes to a half of it only"),
	.size = UINT64_C(4) << 20,
	.columns = { LAB_vsz, LAB_rss, LAB_map_rss, LAB_map_private, LAB_free,
		     LAB_COUNTER(minor), LAB_COUNTER(zerofill), NR_LAB },
	.steps = steps,
	.warm_up = true,
	.work = work,
	.check = check,
};
