// SPDX-License-Identifier: GPL-2.0
/*
 * test_numa.c - NUMA hinting faults: the kernel unmaps pages to see which CPU uses them
 *
 * Needs a machine of two nodes.  On one there are no such faults.
 */
#include <pthread.h>
#include <sched.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "kernel.h"
#include "watch.h"

#define SECONDS	2
#define NODE1	"/sys/devices/system/node/node1"
#define BALANCING "/proc/sys/kernel/numa_balancing"

static char *mem;

static void read_for_long(size_t pages)
{
	struct timespec start, now;

	clock_gettime(CLOCK_MONOTONIC, &start);
	do {
		read_pages(mem, pages);
		clock_gettime(CLOCK_MONOTONIC, &now);
	} while (now.tv_sec < start.tv_sec + SECONDS);
}

static void works_far_away(void)
{
	struct timespec now;

	run_on(0);
	warm_up();
	mem = memory(PAGES);
	write_pages(mem, PAGES);
	clock_gettime(CLOCK_MONOTONIC, &now);
	run_on(1);
	sched_yield();
	step();
	read_for_long(PAGES);
	step();
}

TEST_F(watch, hinting_faults_are_the_kernel_s)
{
	struct counters before, after;
	uint64_t hints;

	if (access(NODE1, F_OK))
		SKIP(return, "a machine of one node");
	/* Have the kernel begin to scan at once, and scan often. */
	kernel_set("/sys/kernel/debug/sched/numa_balancing/scan_delay_ms", "1", NULL, 0);
	kernel_set("/sys/kernel/debug/sched/numa_balancing/scan_period_min_ms", "10", NULL, 0);
	kernel_set(BALANCING, "1", NULL, 0);
	START(works_far_away);
	ASSERT_TRUE(counters_of("system", 0, &before));
	hints = vmstat("numa_hint_faults");
	GO();
	ASSERT_TRUE(counters_of("system", 0, &after));
	hints = vmstat("numa_hint_faults") - hints;
	TH_LOG("%lu hinting faults, %lu of them ours", hints, GREW(numa));
	EXPECT_LT(0UL, GREW(numa));
	EXPECT_EQ(hints, after.n[PAGESTAT_numa] - before.n[PAGESTAT_numa]);
	/* A few pages may have to be made writable afterwards. */
	EXPECT_COUNTED({ PAGESTAT_minor, GREW(numa) + GREW(reuse) },
		       { PAGESTAT_numa, GREW(numa) },
		       { PAGESTAT_kernel, GREW(kernel) },
		       { PAGESTAT_reuse, GREW(reuse) }, END);
	EXPECT_GE(3UL, GREW(reuse));
}

TEST_F(watch, on_one_node_there_are_none)
{
	if (!access(NODE1, F_OK))
		SKIP(return, "a machine of more nodes");
	START(works_far_away);
	GO();
	EXPECT_COUNTED(END);
	EXPECT_EQ(0UL, self->after.n[PAGESTAT_numa]);
}

#define HUGE_PAGES	8UL
#define SMALL_PAGES	(HUGE_PAGES * huge_size() / page_size())
#define SHMEM_THP	"/sys/kernel/mm/transparent_hugepage/shmem_enabled"
#define NR_HUGEPAGES	"/proc/sys/vm/nr_hugepages"
#ifndef MPOL_MF_MOVE
#define MPOL_MF_MOVE	(1 << 1)
#endif

static char *huge[HUGE_PAGES];

/* From one node to the other and back, all the time; its own memory is there. */
static void *mover(void *unused)
{
	int nodes[HUGE_PAGES], status[HUGE_PAGES], node = 0;
	size_t i;

	(void)unused;
	for (;;) {
		node = !node;
		for (i = 0; i < HUGE_PAGES; i++)
			nodes[i] = node;
		syscall(SYS_move_pages, 0, HUGE_PAGES, huge, nodes, status, MPOL_MF_MOVE);
	}
	return NULL;
}

/* Touch all of it, then read it for long while another thread moves it. */
static void read_while_moved(void)
{
	pthread_t thread;
	size_t i;

	write_pages(mem, SMALL_PAGES);
	for (i = 0; i < HUGE_PAGES; i++)
		huge[i] = mem + i * huge_size();
	must(pthread_create(&thread, NULL, mover, NULL));
	/* Both threads' code and stacks are there after a while. */
	warm_up();
	read_for_long(SMALL_PAGES);
	step();
	read_for_long(SMALL_PAGES);
	step();
}

static void read_what_moves(int flags)
{
	char *start;

	prctl(PR_SET_THP_DISABLE, 0, 0, 0, 0);
	start = mmap(NULL, (HUGE_PAGES + 1) * huge_size(), PROT_READ | PROT_WRITE,
		     MAP_ANONYMOUS | flags, -1, 0);
	must(start == MAP_FAILED);
	mem = (char *)(((unsigned long)start + huge_size() - 1) & -huge_size());
	must(madvise(mem, HUGE_PAGES * huge_size(), MADV_HUGEPAGE));
	read_while_moved();
}

/*
 * The same for pages of hugetlb, which are reserved on both nodes.  Both threads are on one
 * CPU, as on two one may see the entry while the other has cleared it: a lost race, which
 * counts as if it had mapped the page.
 */
static void read_hugetlb_that_moves(int flags)
{
	run_on(0);
	mem = mmap(NULL, HUGE_PAGES * huge_size(), PROT_READ | PROT_WRITE,
		   MAP_ANONYMOUS | MAP_HUGETLB | flags, -1, 0);
	must(mem == MAP_FAILED);
	read_while_moved();
}

static void private_hugetlb_moves(void)
{
	read_hugetlb_that_moves(MAP_PRIVATE);
}

static void shared_hugetlb_moves(void)
{
	read_hugetlb_that_moves(MAP_SHARED);
}

static void anonymous_moves(void)
{
	read_what_moves(MAP_PRIVATE);
}

static void shared_moves(void)
{
	read_what_moves(MAP_SHARED);
}

/* Who finds a page on its way to another place waits, and maps nothing. */
static void pages_that_move(struct __test_metadata *_metadata, void *fixture,
			    void (*run)(void), const char *moves)
{
	__auto_type self = (FIXTURE_DATA(watch) *)fixture;
	uint64_t moved;
	char old[16];

	ASSERT_TRUE(kernel_set(BALANCING, "0", old, sizeof(old)));
	START(run);
	moved = vmstat(moves);
	GO();
	kernel_set(BALANCING, old, NULL, 0);
	moved = vmstat(moves) - moved;
	TH_LOG("%lu %s, %lu faults", moved, moves, FAULTS());
	EXPECT_LT(0UL, moved);
	EXPECT_LT(0UL, FAULTS());
	EXPECT_COUNTED({ PAGESTAT_minor, FAULTS() }, { PAGESTAT_other, FAULTS() },
		       { PAGESTAT_kernel, GREW(kernel) }, END);
}

TEST_F(watch, huge_pages_on_the_move_are_waited_for)
{
	if (access(NODE1, F_OK))
		SKIP(return, "a machine of one node");
	pages_that_move(_metadata, self, anonymous_moves, "thp_migration_success");
}

TEST_F(watch, shared_huge_pages_on_the_move_are_waited_for)
{
	if (access(NODE1, F_OK))
		SKIP(return, "a machine of one node");
	if (!kernel_set(SHMEM_THP, "force", NULL, 0))
		SKIP(return, "no huge pages in shared memory");
	pages_that_move(_metadata, self, shared_moves, "thp_migration_success");
	kernel_set(SHMEM_THP, "never", NULL, 0);
}

TEST_F(watch, hugetlb_pages_on_the_move_are_waited_for)
{
	void (*const how[])(void) = { private_hugetlb_moves, shared_hugetlb_moves };
	char old[16], enough[16];
	int i;

	if (access(NODE1, F_OK))
		SKIP(return, "a machine of one node");
	/* Half of them on each node, and as many on one as there are to be moved. */
	snprintf(enough, sizeof(enough), "%lu", 3 * HUGE_PAGES);
	if (!kernel_set(NR_HUGEPAGES, enough, old, sizeof(old)))
		SKIP(return, "no hugetlb in this kernel");
	ASSERT_EQ(3L * HUGE_PAGES, kernel_value(NR_HUGEPAGES));
	for (i = 0; i < 2; i++) {
		pages_that_move(_metadata, self, how[i], "pgmigrate_success");
		subject_end(&self->s);
	}
	kernel_set(NR_HUGEPAGES, old, NULL, 0);
}

TEST_HARNESS_MAIN
