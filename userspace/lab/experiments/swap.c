// SPDX-License-Identifier: GPL-2.0
/*
 * swap: pages go, and come back when they are touched
 */
#include <errno.h>
#include <sys/mman.h>

#include "base/clock.h"
#include "experiment/pagemap.h"
#include "experiment/area.h"
#include "lab/experiments/experiments.h"
#include "model/meminfo.h"

enum { START, TOUCHED, IN_MEMORY, SWAPPED, BACK, AHEAD, FOUND };

static const struct lab_step steps[] = {
	[START] = { N_("start"), N_("A process has started.") },
	[TOUCHED] = { N_("touched"), N_("It has written into each page of its memory.") },
	[IN_MEMORY] = { N_("in memory"), N_("It has read each page, all being in memory.") },
	[SWAPPED] = { N_("swapped"), N_("It has had all of it sent to swap (MADV_PAGEOUT).") },
	[BACK] = { N_("back"), N_("It has read the first half again.") },
	[AHEAD] = { N_("ahead"), N_("It has asked the kernel to read the other half ahead (MADV_WILLNEED).") },
	[FOUND] = { N_("found"), N_("It has read that half, too.") },
	{ }
};

static int ready(struct lab *lab)
{
	(void)lab;
	if (meminfo_has_swap())
		return EXIT_DONE;
	return fail(EXIT_CANNOT, _("lab: this experiment needs swap, and there is none: see swapon(8)"));
}

/* Nanoseconds a page. */
static uint64_t timed(void (*touch)(char *start, size_t pages), char *mem, size_t pages)
{
	uint64_t begin = clock_boot_ns();

	touch(mem, pages);
	return (clock_boot_ns() - begin) / pages;
}

static void look(char *start, size_t pages)
{
	lab_read(start, pages);
}

static void work(const struct lab *lab, size_t pages)
{
	size_t half = pages / 2, rest = pages - half;
	char *mem, *other;

	lab_step(START);
	mem = lab_memory(lab, pages);
	other = mem + half * page_size();
	lab_step_number(TOUCHED, timed(lab_touch, mem, pages));
	lab_step_number(IN_MEMORY, timed(look, mem, pages));
	lab_settle();
	if (!lab->request->broken) {
		area_page_out(&(struct area){ .start = mem, .pages = pages });
		errno = ENOSPC;
		if (!lab_warming_up() && pagemap_swapped(mem, pages) < pages)
			worker_give_up("MADV_PAGEOUT");
	}
	lab_step(SWAPPED);
	lab_step_number(BACK, timed(look, mem, half));
	madvise(other, rest * page_size(), MADV_WILLNEED);
	lab_step(AHEAD);
	lab_step_number(FOUND, timed(look, other, rest));
	munmap(mem, pages * page_size());
}

static void check(struct lab *lab)
{
	uint64_t kib = lab->size / 1024, half = lab->pages / 2, rest = lab->pages - half;
	struct amount faults = lab_grew(lab, 0, TOUCHED, IN_MEMORY, LAB_COUNTER(minor));

	lab_expect(lab, N_("faults while it is in memory"), "minor", EXACTLY(0), faults,
		   N_("what is in memory is read without the kernel"));
	lab_expect(lab, N_("pages sent to swap"), "swapout", EXACTLY(lab->pages),
		   lab_grew(lab, 0, IN_MEMORY, SWAPPED, LAB_COUNTER(swapout)),
		   N_("anonymous pages have no file to be written to: they go to swap"));
	lab_expect(lab, N_("in swap, as its page table says"), "swap", EXACTLY(kib),
		   lab_grew(lab, 0, IN_MEMORY, SWAPPED, LAB_swap),
		   N_("the entry of such a page says where in swap it is"));
	lab_expect(lab, N_("memory that became free of it"), "rss", BETWEEN(kib, kib + 64),
		   lab_shrank(lab, 0, IN_MEMORY, SWAPPED, LAB_rss),
		   N_("that is what swap is for"));
	lab_expect(lab, N_("pages of the first half brought back"), "swapin", EXACTLY(half),
		   lab_grew(lab, 0, SWAPPED, BACK, LAB_COUNTER(swapin)),
		   N_("a touch faults, and the fault waits until the page has been read"));
	lab_expect(lab, N_("faults that had to wait"), "major", BETWEEN(1, half),
		   lab_grew(lab, 0, SWAPPED, BACK, LAB_COUNTER(major)),
		   N_("one a page, or fewer where the kernel read its neighbours along with it"));
	lab_expect(lab, N_("pages of the other half brought back"), "swapin", EXACTLY(rest),
		   lab_grew(lab, 0, AHEAD, FOUND, LAB_COUNTER(swapin)),
		   N_("to read ahead does not map the pages: there is still a fault for each"));
	lab_expect(lab, N_("of them, found in memory already"), "swapin_cache",
		   BETWEEN(rest - rest / 10, rest),
		   lab_grew(lab, 0, AHEAD, FOUND, LAB_COUNTER(swapin_cache)),
		   N_("they were in the swap cache: minor faults, and faster ones"));
}

const struct experiment experiment_swap = {
	.name = "swap",
	.title = N_("pages go to swap, and come back when they are touched"),
	.intro = {
		N_("A process fills its memory, has it sent to swap, and reads it again."),
		N_("Its memory shrinks, and its swap grows.  The pages come back by faults that wait"),
		N_("for swap (major); what was read ahead is found at once (minor).  NS is the time a page."),
	},
	.broken = N_("nothing is sent to swap"),
	.size = UINT64_C(64) << 20,
	.columns = { LAB_rss, LAB_swap, LAB_free, LAB_number, LAB_COUNTER(minor),
		     LAB_COUNTER(major), LAB_COUNTER(swapout), LAB_COUNTER(swapin_io),
		     LAB_COUNTER(swapin_cache), NR_LAB },
	.number = "ns",
	.steps = steps,
	.warm_up = true,
	.ready = ready,
	.work = work,
	.check = check,
};
