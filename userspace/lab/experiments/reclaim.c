// SPDX-License-Identifier: GPL-2.0
/*
 * reclaim: what is given up when memory is short, and which process does the work
 *
 * All in a control group with a limit, so that the machine has enough.  The sizes are
 * quarters of the limit: two of files, and anonymous memory up to five.
 */
#include <unistd.h>

#include "experiment/pagemap.h"
#include "lab/base/cgroup.h"
#include "lab/experiments/experiments.h"
#include "lab/base/scratch.h"
#include "model/meminfo.h"

enum { START, CLEAN, DIRTY, FITS, PRESSED, READ_AGAIN, SQUEEZED };

static const struct lab_step steps[] = {
	[START] = { N_("start"), N_("A process has started, and is in a group with a limit of memory.") },
	[CLEAN] = { N_("read"), N_("It has read a file of a quarter of the limit: clean pages in the page cache.") },
	[DIRTY] = { N_("written"), N_("It has written another such file: dirty pages, which are not on disk yet.") },
	[FITS] = { N_("fits"), N_("It has touched anonymous memory of a quarter.  A quarter is still free.") },
	[PRESSED] = { N_("too much"), N_("It has touched four quarters more: what is in memory has to go.") },
	[READ_AGAIN] = { N_("read again"), N_("It has read the first file again.") },
	[SQUEEZED] = { N_("squeezed"), N_("It did nothing; we made room in its group meanwhile.") },
	{ }
};

static int ready(struct lab *lab)
{
	int rc;

	if (!meminfo_has_swap())
		return fail(EXIT_CANNOT, _("lab: this experiment needs swap, and there is none: see swapon(8)"));
	rc = lab_group_make();
	if (!rc && !lab->request->broken) {
		rc = lab_group_set("memory.max", lab->size);
		if (rc)
			lab_group_remove();
	}
	return rc;
}

static void work(const struct lab *lab, size_t pages)
{
	size_t quarter = pages / 4;
	int clean = scratch_file(quarter), dirty = scratch_file(quarter);
	char *mem;

	scratch_write_back(clean, quarter);
	scratch_write_back(dirty, quarter);
	lab_group_enter();
	lab_step(START);
	scratch_read(clean, quarter);
	lab_step(CLEAN);
	scratch_write(dirty, quarter);
	lab_step(DIRTY);
	mem = lab_memory(lab, 5 * quarter);
	lab_touch(mem, quarter);
	lab_step(FITS);
	lab_touch(mem + quarter * page_size(), 4 * quarter);
	lab_step(PRESSED);
	scratch_read(clean, quarter);
	lab_step(READ_AGAIN);
	lab_step(SQUEEZED);
}

/* Background reclaim as kswapd does it, but in this group only. */
static int between(struct lab *lab, int step)
{
	int rc;

	if (step != READ_AGAIN || lab->request->broken)
		return EXIT_DONE;
	rc = lab_group_set("memory.high", lab->size / 2);
	return rc ? rc : lab_group_set("memory.high", UINT64_MAX);
}

static void check(struct lab *lab)
{
	uint64_t quarter = lab->pages / 4, kib = quarter * page_size() / 1024;

	lab_expect(lab, N_("reclaims while there is room"), "reclaim", EXACTLY(0),
		   lab_grew(lab, 0, START, FITS, LAB_COUNTER(reclaim)),
		   N_("there is no reclaim as long as there is free memory"));
	lab_expect(lab, N_("pages of files while there is room"), "cached",
		   BETWEEN(2 * kib - kib / 2, 2 * kib + kib / 2), lab_at(lab, 0, FITS, LAB_cached),
		   N_("what has been read and written stays in memory: somebody may want it again"));
	lab_expect(lab, N_("reclaims under pressure"), "reclaim", AT_LEAST(1),
		   lab_grew(lab, 0, FITS, PRESSED, LAB_COUNTER(reclaim)),
		   N_("direct reclaim: the process that needs a page has to free one first, and waits meanwhile"));
	lab_expect(lab, N_("pages of files that went"), "cached", AT_LEAST(kib),
		   lab_shrank(lab, 0, FITS, PRESSED, LAB_cached),
		   N_("clean pages are just dropped, as they are on disk; dirty ones once they have been written"));
	lab_expect(lab, N_("pages still to be written"), "dirty", AT_MOST(kib / 2),
		   lab_at(lab, 0, PRESSED, LAB_dirty),
		   N_("a dirty page cannot be dropped: it has to be written first"));
	lab_expect(lab, N_("anonymous pages sent to swap"), "swapout", AT_LEAST(quarter),
		   lab_grew(lab, 0, FITS, PRESSED, LAB_COUNTER(swapout)),
		   N_("five quarters do not fit into four, whatever else goes"));
	lab_expect(lab, N_("pages that had lately been evicted"), "refault",
		   BETWEEN(1, 2 * quarter),
		   lab_grew(lab, 0, PRESSED, READ_AGAIN, LAB_COUNTER(refault)),
		   N_("the file is wanted again, too soon: many of these are called thrashing"));
	lab_expect(lab, N_("pages sent to swap by others"), "swapout", AT_LEAST(quarter / 2),
		   lab_grew(lab, 0, READ_AGAIN, SQUEEZED, LAB_COUNTER(swapout)),
		   N_("background reclaim: somebody else makes room, as kswapd does before memory is short"));
	lab_expect(lab, N_("reclaims by the process meanwhile"), "reclaim", EXACTLY(0),
		   lab_grew(lab, 0, READ_AGAIN, SQUEEZED, LAB_COUNTER(reclaim)),
		   N_("then it does not wait itself"));
}

const struct experiment experiment_reclaim = {
	.name = "reclaim",
	.title = N_("what is given up when memory is short, and which process does the work"),
	.intro = {
		N_("A process with a limit of memory reads a file, writes one, and then touches more"),
		N_("memory than that.  Clean pages of files are dropped, dirty ones written first,"),
		N_("anonymous ones sent to swap: by the process itself, or by others in the background."),
	},
	.broken = N_("there is no limit"),
	.size = UINT64_C(64) << 20,
	.columns = { LAB_rss, LAB_swap, LAB_cached, LAB_dirty, LAB_COUNTER(minor),
		     LAB_COUNTER(major), LAB_COUNTER(reclaim), LAB_COUNTER(swapout),
		     LAB_COUNTER(refault), NR_LAB },
	.steps = steps,
	.ready = ready,
	.work = work,
	.between = between,
	.check = check,
	.clean = lab_group_clean,
};
