// SPDX-License-Identifier: GPL-2.0
/*
 * overcommit: more memory is promised than there is
 */
#include <stdio.h>
#include <sys/mman.h>

#include "experiment/pagemap.h"
#include "lab/experiments/experiments.h"
#include "model/meminfo.h"

enum { START, ALLOCATED };

static const struct lab_step steps[] = {
	[START] = { N_("start"), N_("A process has started.") },
	[ALLOCATED] = { N_("allocated"), N_("It has allocated four times the memory of the machine, in eight parts.") },
	{ }
};

#define TIMES	4
#define PARTS	8	/* one alone must not be more than the machine has */
#define BROKEN_KIB	32768

static uint64_t sized(void)
{
	struct meminfo machine;

	meminfo_read(&machine);
	return machine.value[MEMINFO_TOTAL] * 1024 * TIMES;
}

/* 0: a guess, 1: always, 2: never more than there is */
static int ready(struct lab *lab)
{
	static const char path[] = "/proc/sys/vm/overcommit_memory";
	FILE *file;
	int policy = 0;

	if (!lab->size)
		return fail(EXIT_CANNOT, _("lab: how much memory this machine has is unknown: %s cannot be read"),
			    "/proc/meminfo");
	file = fopen(path, "re");
	if (file) {
		if (fscanf(file, "%d", &policy) != 1)
			policy = 0;
		fclose(file);
	}
	if (policy == 2)
		return fail(EXIT_CANNOT, _("lab: this machine does not overcommit memory: %s is 2, try 0"),
			    path);
	return EXIT_DONE;
}

static void work(const struct lab *lab, size_t pages)
{
	size_t part = pages / PARTS * page_size();
	char *mem = NULL;

	lab_step(START);
	for (int i = 0; i < PARTS; i++) {
		mem = mmap(NULL, part, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS,
			   -1, 0);
		if (mem == MAP_FAILED)
			worker_give_up("mmap");
	}
	if (lab->request->broken)
		lab_touch(mem, BROKEN_KIB * 1024 / page_size());
	lab_step(ALLOCATED);
}

static void check(struct lab *lab)
{
	uint64_t kib = lab->pages / PARTS * PARTS * page_size() / 1024;

	lab_expect(lab, N_("virtual memory"), "vsz", EXACTLY(kib),
		   lab_grew(lab, 0, START, ALLOCATED, LAB_vsz),
		   N_("addresses are not short: 128 TiB of them for each process"));
	lab_expect(lab, N_("memory promised to all processes"), "promised",
		   BETWEEN(kib - kib / 8, kib + kib / 8),
		   lab_grew(lab, 0, START, ALLOCATED, LAB_promised),
		   N_("the kernel notes what it has promised, Committed_AS, though it could never keep it"));
	lab_expect(lab, N_("memory"), "rss", AT_MOST(64),
		   lab_grew(lab, 0, START, ALLOCATED, LAB_rss),
		   N_("most programs never touch all they ask for: that is what overcommitting is good for"));
	lab_expect(lab, N_("page tables"), "pte", AT_MOST(64),
		   lab_grew(lab, 0, START, ALLOCATED, LAB_pte),
		   N_("not even the tables are there for what was not touched"));
	lab_expect_used(lab, N_("free memory that went"), START, ALLOCATED, 0, 8192,
			N_("nothing was given yet"));
}

const struct experiment experiment_overcommit = {
	.name = "overcommit",
	.title = N_("more memory is promised than there is, and costs nothing until it is touched"),
	.intro = {
		N_("A process allocates four times the memory of the machine, and touches none of it."),
		N_("That succeeds: its virtual memory grows, what is in memory does not, nor does"),
		N_("free memory shrink.  If it touched all, the OOM killer would come: see physical-limit."),
	},
	.broken = N_("32 MiB of it are touched"),
	.sized = sized,
	.columns = { LAB_vsz, LAB_rss, LAB_pte, LAB_free, LAB_promised, LAB_COUNTER(minor),
		     LAB_COUNTER(zerofill), NR_LAB },
	.steps = steps,
	.ready = ready,
	.work = work,
	.check = check,
};
