// SPDX-License-Identifier: GPL-2.0
/* workloads.c - what the subjects of more than one test do */
#include <errno.h>
#include <setjmp.h>
#include <signal.h>
#include <sys/mman.h>
#include <unistd.h>

#include "subject.h"
#include "workloads.h"

#ifndef MADV_COLLAPSE
#define MADV_COLLAPSE 25
#endif

static char *mem;

/* Go on as a child, with whose first step the workload begins. */
static void share_with_child(void)
{
	become_child();
	warm_up();
	page_out(memory(1), 0);
	step();
}

static void copy_and_swap(void)
{
	share_with_child();
	write_pages(mem, PAGES);
	step();
	page_out(mem, PAGES);
	step();
	read_pages(mem, PAGES);
	step();
}

void child_writes(void)
{
	mem = memory(PAGES);
	write_pages(mem, PAGES);
	share_with_child();
	write_pages(mem, PAGES);
	step();
	write_pages(mem, PAGES);
	step();
}

void read_back(void)
{
	warm_up();
	mem = memory(PAGES);
	write_pages(mem, PAGES);
	page_out(mem, PAGES);
	step();
	read_pages(mem, PAGES);
	step();
}

void copy_swap_read(void)
{
	mem = memory(PAGES);
	write_pages(mem, PAGES);
	copy_and_swap();
}

void touch_copy_swap_read(void)
{
	warm_up();
	mem = memory(PAGES);
	step();
	write_pages(mem, PAGES);
	step();
	copy_and_swap();
}

bool collapse(char *start, size_t len)
{
	int tries;

	/* There may be no free huge page just now, or a small page is in use. */
	for (tries = 0; madvise(start, len, MADV_COLLAPSE); tries++) {
		if (errno == EINVAL || tries == 100)
			return false;
		usleep(20000);
	}
	return true;
}

static sigjmp_buf behind_failure;

static void jump_behind(int unused)
{
	(void)unused;
	siglongjmp(behind_failure, 1);
}

void read_and_fail(const char *at)
{
	signal(SIGBUS, jump_behind);
	if (!sigsetjmp(behind_failure, 1)) {
		read_pages(at, 1);
		must(1);
	}
}
