// SPDX-License-Identifier: GPL-2.0
/*
 * page-table: tables are made where memory is, and nowhere else
 */
#include <inttypes.h>
#include <stdio.h>
#include <sys/mman.h>

#include "experiment/pagemap.h"
#include "lab/experiments/experiments.h"

enum { START, NEIGHBOURS, FAR };

static const struct lab_step steps[] = {
	[START] = { N_("start"), N_("A process has started.") },
	[NEIGHBOURS] = { N_("neighbours"), N_("It has touched pages that are side by side.") },
	[FAR] = { N_("far apart"), N_("It has touched as many, each 1 GiB from the next.") },
	{ }
};

#define ENTRY		8u	/* bytes */
#define ADDRESS_BITS	47	/* of a process */
#define REGION		(UINT64_C(1) << 30)	/* has a table of the second level */

static uint64_t entries(void)
{
	return page_size() / ENTRY;
}

/* A huge page would need no table of the last level, and 2 MiB of memory each. */
static void work(const struct lab *lab, size_t pages)
{
	size_t apart = lab->request->broken ? page_size() : REGION;
	char *mem;

	lab_allow_huge(false);
	lab_step(START);
	lab_touch(lab_memory(lab, pages), pages);
	lab_step(NEIGHBOURS);
	mem = mmap(NULL, (pages + 1) * apart, PROT_READ | PROT_WRITE,
		   MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	if (mem == MAP_FAILED)
		worker_give_up("mmap");
	mem += -(uintptr_t)mem % apart;
	for (size_t i = 0; i < pages; i++)
		lab_touch(mem + i * apart, 1);
	lab_step(FAR);
}

static uint64_t tables(uint64_t n, uint64_t of)
{
	return (n + of - 1) / of;
}

/* What one table with an entry for every page would take. */
static uint64_t flat_kib(void)
{
	return (UINT64_C(1) << ADDRESS_BITS) / page_size() * ENTRY / 1024;
}

static void check(struct lab *lab)
{
	uint64_t kib = page_size() / 1024, n = lab->pages;
	uint64_t last = tables(n, entries()), upper = tables(n, entries()) + 2;

	lab_expect(lab, N_("tables for neighbours"), "pte",
		   BETWEEN(n / entries() * kib, (last + 3) * kib),
		   lab_grew(lab, 0, START, NEIGHBOURS, LAB_pte),
		   N_("a table of the last level has 512 entries: neighbours share it"));
	lab_expect(lab, N_("tables for pages far apart"), "pte",
		   BETWEEN(2 * n * kib, (2 * n + upper) * kib),
		   lab_grew(lab, 0, NEIGHBOURS, FAR, LAB_pte),
		   N_("each page needs a table of the last level, and one of the level above, for itself"));
	lab_expect(lab, N_("memory of pages far apart"), "rss",
		   BETWEEN(n * kib, n * kib + 64),
		   lab_grew(lab, 0, NEIGHBOURS, FAR, LAB_rss),
		   N_("the pages themselves are as many as before"));
	lab_expect(lab, N_("all tables, against a flat one"), "pte", AT_MOST(flat_kib() / 100),
		   lab_at(lab, 0, FAR, LAB_pte),
		   N_("a table in levels leaves out what is not used: far less than an entry for every page there could be"));
}

static struct amount used_kib(const struct lab *lab)
{
	return lab_at(lab, 0, FAR, LAB_pte);
}

static int report(struct lab *lab)
{
	struct amount used = used_kib(lab);

	if (used.known && used.n)
		printf(_("\nOne flat table for %d bits of addresses: %" PRIu64 " KiB a process.  These tables: %" PRId64 " KiB, %" PRIu64 " times less.\n"),
		       ADDRESS_BITS, flat_kib(), used.n, flat_kib() / (uint64_t)used.n);
	return EXIT_DONE;
}

static void document(struct lab *lab, struct json *json)
{
	json_number(json, "flat_kib", true, flat_kib());
	json_number(json, "used_kib", used_kib(lab).known, (uint64_t)used_kib(lab).n);
}

const struct experiment experiment_page_table = {
	.name = "page-table",
	.title = N_("page tables in levels: they are made where memory is, and nowhere else"),
	.intro = {
		N_("A process touches pages side by side, then as many that are 1 GiB apart each."),
		N_("Neighbours share a table of 512 entries; a page far from others needs tables for"),
		N_("itself.  Either is far less than one flat table with an entry for every page."),
	},
	.broken = N_("the second pages are neighbours, too"),
	.size = UINT64_C(2) << 20,
	.columns = { LAB_vsz, LAB_rss, LAB_pte, LAB_COUNTER(minor), LAB_COUNTER(zerofill),
		     NR_LAB },
	.steps = steps,
	.work = work,
	.check = check,
	.report = report,
	.document = document,
};
