// SPDX-License-Identifier: GPL-2.0
/*
 * cow: after a fork both have the same pages, until one of them writes
 */
#include <signal.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "experiment/pagemap.h"
#include "lab/experiments/experiments.h"

enum { PARENT, CHILD };
enum { START, TOUCHED, FORKED, CHILD_WROTE, BACK, PARENT_WROTE };

static const struct lab_step steps[] = {
	[START] = { N_("start"), N_("A process has started.") },
	[TOUCHED] = { N_("touched"), N_("It has written a byte into each page of its memory.") },
	[FORKED] = { N_("forked"), N_("Here I am, born by fork(), and have the same memory.") },
	[CHILD_WROTE] = { N_("child wrote"), N_("I have written into each page.") },
	[BACK] = { N_("parent again"), N_("It is my turn; my stack and the like I had to copy already.") },
	[PARENT_WROTE] = { N_("parent wrote"), N_("I have written into each page, too.") },
	{ }
};

static _Noreturn void be_child(const struct lab *lab, char *mem, size_t pages, int done)
{
	lab_settle();
	lab_step(FORKED);
	if (!lab->request->broken)
		lab_touch(mem, pages);
	lab_step(CHILD_WROTE);
	if (write(done, "", 1) != 1)
		_exit(1);
	for (;;)
		pause();
}

/* The child lives until the end, so that its pages are not freed meanwhile. */
static void work(const struct lab *lab, size_t pages)
{
	int done[2];
	pid_t child;
	char *mem, c;

	lab_step(START);
	mem = lab_memory(lab, pages);
	lab_touch(mem, pages);
	lab_settle();
	lab_step(TOUCHED);
	if (pipe(done))
		worker_give_up("pipe");
	child = worker_fork();
	if (!child)
		be_child(lab, mem, pages, done[1]);
	lab_child(child);
	if (read(done[0], &c, 1) != 1)
		worker_give_up("pipe");
	lab_settle();
	lab_step(BACK);
	lab_touch(mem, pages);
	lab_step(PARENT_WROTE);

	kill(child, SIGKILL);
	waitpid(child, NULL, 0);
	lab_child(0);
	close(done[0]);
	close(done[1]);
	munmap(mem, pages * page_size());
}

static void check(struct lab *lab)
{
	uint64_t kib = lab->size / 1024, pages = lab->pages;

	lab_expect(lab, N_("memory of the child after the fork"), "rss",
		   BETWEEN(kib, kib + 8192), lab_at(lab, CHILD, FORKED, LAB_rss),
		   N_("it has all pages of its parent, as its page table says"));
	lab_expect(lab, N_("its share of them"), "pss", BETWEEN(kib / 2, kib / 2 + 4096),
		   lab_at(lab, CHILD, FORKED, LAB_pss),
		   N_("the pages are the same ones: each of the two is charged for a half"));
	lab_expect_used(lab, N_("free memory that the fork took"), TOUCHED, FORKED, 0, kib / 4,
			N_("only page tables are copied, and made read-only in both"));
	lab_expect(lab, N_("pages the child copied"), "cow_anon", EXACTLY(pages),
		   lab_grew(lab, CHILD, FORKED, CHILD_WROTE, LAB_COUNTER(cow_anon)),
		   N_("a write to a shared page faults, and the kernel makes a copy for the process that writes"));
	lab_expect(lab, N_("faults of the child"), "minor", EXACTLY(pages),
		   lab_grew(lab, CHILD, FORKED, CHILD_WROTE, LAB_COUNTER(minor)),
		   N_("a page is copied in one fault; a huge page is split, and copied page by page"));
	lab_expect_used(lab, N_("free memory that its writes took"), FORKED, CHILD_WROTE, kib,
			kib / 4, N_("now there are two of each page"));
	lab_expect(lab, N_("pages the parent copied"), "cow_anon", EXACTLY(0),
		   lab_grew(lab, PARENT, BACK, PARENT_WROTE, LAB_COUNTER(cow_anon)),
		   N_("nobody else has its pages any more, since the child has copies"));
	lab_expect(lab, N_("pages the parent kept"), "reuse", EXACTLY(pages),
		   lab_grew(lab, PARENT, BACK, PARENT_WROTE, LAB_COUNTER(reuse)),
		   N_("they were read-only still, so each write faults: the page is made writable, and kept"));
	lab_expect_used(lab, N_("free memory that the parent's writes took"), BACK, PARENT_WROTE,
			0, kib / 4, N_("to keep a page costs a fault, but no memory"));
}

const struct experiment experiment_cow = {
	.name = "cow",
	.title = N_("after a fork both have the same pages, until one of them writes"),
	.intro = {
		N_("A process fills its memory and forks.  The child writes to all of it, then the parent."),
		N_("fork() copies no page: both share them, read-only, though each shows them as its own."),
		N_("The first that writes has to copy; the other then has the page for itself, and keeps it."),
	},
	.broken = N_("the child does not write"),
	.size = UINT64_C(100) << 20,
	.columns = { LAB_vsz, LAB_rss, LAB_pss, LAB_free, LAB_COUNTER(minor),
		     LAB_COUNTER(cow_anon), LAB_COUNTER(reuse), LAB_COUNTER(zerofill), NR_LAB },
	.steps = steps,
	.roles = { N_("parent"), N_("child") },
	.warm_up = true,
	.work = work,
	.check = check,
};
