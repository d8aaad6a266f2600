// SPDX-License-Identifier: GPL-2.0
/*
 * virtual-limit and physical-limit: without addresses malloc() fails, without memory
 * the process is killed
 */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "experiment/pagemap.h"
#include "lab/base/cgroup.h"
#include "lab/experiments/experiments.h"

/* ---- virtual-limit */

#define BLOCKS		16
#define BLOCKS_AT_MOST	(2 * BLOCKS)

enum { START, ALLOCATED, REFUSED, GOES_ON };

static const struct lab_step virtual_steps[] = {
	[START] = { N_("start"), N_("A process has started.") },
	[ALLOCATED] = { N_("allocated"), N_("malloc() has given it one block after the other.") },
	[REFUSED] = { N_("refused"), N_("Then malloc() gave NULL.") },
	[GOES_ON] = { N_("goes on"), N_("It goes on, and writes to the first block.") },
	{ }
};

static size_t virtual_size(void)
{
	unsigned long pages = 0;
	FILE *statm = fopen("/proc/self/statm", "re");

	if (!statm || fscanf(statm, "%lu", &pages) != 1)
		worker_give_up("/proc/self/statm");
	fclose(statm);
	return pages * page_size();
}

static void work_virtual(const struct lab *lab, size_t pages)
{
	size_t size = pages * page_size(), block = size / BLOCKS;
	size_t limit = virtual_size() + size;
	uint64_t blocks = 0;
	char *first, *last;

	lab_step(START);
	if (!lab->request->broken &&
	    setrlimit(RLIMIT_AS, &(struct rlimit){ limit, limit }))
		worker_give_up("setrlimit");
	errno = 0;
	first = last = malloc(block);
	while (last && blocks < BLOCKS_AT_MOST) {
		blocks++;
		last = malloc(block);
	}
	lab_step_number(ALLOCATED, blocks);
	lab_step_error(REFUSED, last ? 0 : errno);
	if (!first)
		worker_give_up("malloc");
	lab_touch(first, block / page_size());
	lab_step(GOES_ON);
}

static void check_virtual(struct lab *lab)
{
	uint64_t kib = lab->size / 1024;

	lab_expect(lab, N_("blocks of a sixteenth each"), "blocks", EXACTLY(BLOCKS - 1),
		   lab_at(lab, 0, ALLOCATED, LAB_number),
		   N_("the last one does not fit, as malloc() needs a little for itself"));
	lab_expect(lab, N_("virtual memory, within the limit"), "vsz",
		   BETWEEN(kib / BLOCKS * (BLOCKS - 1), kib),
		   lab_grew(lab, 0, START, ALLOCATED, LAB_vsz),
		   N_("RLIMIT_AS counts addresses, used or not"));
	lab_expect(lab, N_("memory"), "rss", AT_MOST(1024),
		   lab_grew(lab, 0, START, ALLOCATED, LAB_rss),
		   N_("nothing was touched: the limit has nothing to do with memory in use"));
	lab_expect(lab, N_("errno: ENOMEM"), "errno", EXACTLY(ENOMEM),
		   lab_at(lab, 0, REFUSED, LAB_errno),
		   N_("the caller gets an error, and can react to it"));
	lab_expect(lab, N_("memory of the process that goes on"), "rss",
		   BETWEEN(kib / BLOCKS - page_size() / 1024, kib / BLOCKS + 1024),
		   lab_grew(lab, 0, REFUSED, GOES_ON, LAB_rss),
		   N_("the process lives, and what it has can be used"));
	lab_expect(lab, N_("times it was killed"), "oom", EXACTLY(0),
		   lab_grew(lab, 0, START, GOES_ON, LAB_COUNTER(oom)),
		   N_("an allocation that is refused kills no process"));
}

const struct experiment experiment_virtual_limit = {
	.name = "virtual-limit",
	.title = N_("out of addresses: malloc() gives NULL, and nobody is killed"),
	.intro = {
		N_("A process limits its address space (RLIMIT_AS, as ulimit -v does) and allocates"),
		N_("until there is no more.  malloc() then gives NULL, and errno is ENOMEM:"),
		N_("the process can go on.  Nothing was touched, so hardly any memory is used."),
	},
	.broken = N_("no limit is set"),
	.size = UINT64_C(256) << 20,
	.columns = { LAB_vsz, LAB_rss, LAB_free, LAB_number, LAB_errno, LAB_COUNTER(minor),
		     LAB_COUNTER(oom), NR_LAB },
	.number = "blocks",
	.steps = virtual_steps,
	.work = work_virtual,
	.check = check_virtual,
};

/* ---- physical-limit */

enum { P_START, P_ALLOCATED, P_TOUCHED, P_KILLED };

static const struct lab_step physical_steps[] = {
	[P_START] = { N_("start"), N_("A process has started, and is in a group with a limit of memory.") },
	[P_ALLOCATED] = { N_("allocated"), N_("malloc() has given it twice as much as the limit.") },
	[P_TOUCHED] = { N_("touched"), N_("It has written into the next eighth of the limit.") },
	[P_KILLED] = { N_("end"), N_("The process has ended, in the middle of its work.") },
	{ }
};

#define PARTS	16	/* of the memory, which is twice the limit */

static int ready_physical(struct lab *lab)
{
	int rc = lab_group_make();

	if (rc)
		return rc;
	if (!lab->request->broken)
		rc = lab_group_set("memory.max", lab->size);
	if (!rc)
		rc = lab_group_set("memory.swap.max", 0);
	if (rc)
		lab_group_remove();
	return rc;
}

static void work_physical(const struct lab *lab, size_t pages)
{
	size_t part = 2 * pages / PARTS;
	char *mem;

	(void)lab;
	lab_group_enter();
	lab_step(P_START);
	mem = malloc(2 * pages * page_size());
	if (!mem)
		worker_give_up("malloc");
	lab_step(P_ALLOCATED);
	for (size_t i = 0; i < PARTS; i++) {
		lab_touch(mem + i * part * page_size(), part);
		lab_step(P_TOUCHED);
	}
}

static struct amount killed_in_group(void)
{
	uint64_t n = 0;
	bool known = lab_group_read("memory.events", "oom_kill", &n);

	return (struct amount){ known, (int64_t)n };
}

static void check_physical(struct lab *lab)
{
	uint64_t kib = lab->size / 1024;

	lab_expect(lab, N_("virtual memory, twice the limit"), "vsz",
		   BETWEEN(2 * kib, 2 * kib + 64), lab_grew(lab, 0, P_START, P_ALLOCATED, LAB_vsz),
		   N_("malloc() succeeds: a limit of memory knows nothing of addresses"));
	lab_expect(lab, N_("memory before the end"), "rss", BETWEEN(kib / 2, kib),
		   lab_grew(lab, 0, P_START, P_TOUCHED, LAB_rss),
		   N_("pages are given until the limit is reached, and not one more"));
	lab_expect(lab, N_("times it had to reclaim first"), "reclaim", AT_LEAST(1),
		   lab_grew(lab, 0, P_START, P_KILLED, LAB_COUNTER(reclaim)),
		   N_("at the limit the process itself looks for pages to give back; without swap there are none"));
	lab_expect(lab, N_("times it was killed"), "oom", EXACTLY(1),
		   lab_grew(lab, 0, P_START, P_KILLED, LAB_COUNTER(oom)),
		   N_("a write cannot return an error as malloc() can, so the kernel kills the process"));
	lab_expect(lab, N_("the same, by the group"), "oom_kill", EXACTLY(1), killed_in_group(),
		   N_("memory.events of the control group counts it, too"));
	lab_expect(lab, N_("the signal it ended by: SIGKILL"), "signal", EXACTLY(SIGKILL),
		   (struct amount){ true, WIFSIGNALED(lab->ended) ? WTERMSIG(lab->ended) : 0 },
		   N_("that one cannot be caught: no time is left to save anything"));
}

const struct experiment experiment_physical_limit = {
	.name = "physical-limit",
	.title = N_("out of memory: malloc() succeeds, and the OOM killer comes at a touch"),
	.intro = {
		N_("A process in a control group with a limit of memory allocates twice as much."),
		N_("malloc() succeeds.  As it writes, pages are given up to the limit; then the kernel"),
		N_("reclaims what it can, finds nothing, and kills: a write has no way to fail."),
	},
	.broken = N_("no limit is set"),
	.size = UINT64_C(64) << 20,
	.columns = { LAB_vsz, LAB_rss, LAB_free, LAB_COUNTER(minor), LAB_COUNTER(zerofill),
		     LAB_COUNTER(reclaim), LAB_COUNTER(oom), NR_LAB },
	.steps = physical_steps,
	.killed = true,
	.ready = ready_physical,
	.work = work_physical,
	.check = check_physical,
	.clean = lab_group_clean,
};
