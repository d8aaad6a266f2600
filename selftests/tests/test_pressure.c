// SPDX-License-Identifier: GPL-2.0
/*
 * test_pressure.c - memory pressure: whose pages are swapped out, who has to reclaim,
 * whom the OOM killer chooses
 */
#include <signal.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "kernel.h"
#include "tracing.h"
#include "watch.h"

#ifndef SYS_process_madvise	/* the C library may be older than the kernel */
#define SYS_process_madvise 440
#endif

#define CGROUP	"/sys/fs/cgroup/pagestat-test"
#define LIMIT	"8M"
#define LIMIT_PAGES	(8UL * 256)
#define FILL	4099UL	/* pages, twice the limit; a prime */

static char *mem;

static void sends_itself(void)
{
	warm_up();
	mem = memory(PAGES);
	write_pages(mem, PAGES);
	/* So that the code and data of page_out() do not fault later. */
	page_out(memory(1), 0);
	step();
	page_out(mem, PAGES);
	step();
}

TEST_F(watch, pages_sent_to_swap_are_counted)
{
	const uint64_t all = system_value("swapout");

	START(sends_itself);
	GO();
	EXPECT_EQ(PAGES, GREW(swapout));
	EXPECT_LE(all + PAGES, system_value("swapout"));
	subject_end(&self->s);
	/* When it has ended, too. */
	ASSERT_TRUE(counters_of("exited", self->s.pid, &self->after));
	EXPECT_EQ(PAGES, self->after.n[PAGESTAT_swapout]);
	EXPECT_LE(all + PAGES, system_value("swapout"));
}

/* Where the subject puts the address of its memory for the test. */
static struct {
	char *mem;
} *shared;

static void is_sent(void)
{
	/* So that the pages are in no other CPU's batch of new pages, see page_out(). */
	run_on(0);
	warm_up();
	mem = memory(1);
	shared->mem = memory(PAGES);
	write_pages(shared->mem, PAGES);
	madvise(mem, page_size(), MADV_PAGEOUT);	/* empties this CPU's */
	step();
}

/* Send the pages of another process to swap; false if some stay in memory. */
static bool send(pid_t pid, char *start, size_t pages)
{
	struct iovec range = { start, pages * page_size() };
	int fd = syscall(SYS_pidfd_open, pid, 0);
	struct counters c;
	int tries;

	for (tries = 0; fd >= 0 && tries < 100; tries++) {
		syscall(SYS_process_madvise, fd, &range, 1, MADV_PAGEOUT, 0);
		if (counters_of("processes", pid, &c) &&
		    c.n[PAGESTAT_swapout] >= pages)
			break;
		usleep(20000);
	}
	if (fd >= 0)
		close(fd);
	return tries < 100;
}

TEST_F(watch, swap_out_is_billed_to_the_owner)
{
	struct counters ours, then;

	shared = mmap(NULL, page_size(), PROT_READ | PROT_WRITE,
		      MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	START(is_sent);
	ASSERT_TRUE(counters_of("processes", getpid(), &ours));
	ASSERT_TRUE(counters_of("processes", self->s.pid, &self->before));
	ASSERT_TRUE(send(self->s.pid, shared->mem, PAGES));
	ASSERT_TRUE(counters_of("processes", self->s.pid, &self->after));
	ASSERT_TRUE(counters_of("processes", getpid(), &then));
	EXPECT_COUNTED({ PAGESTAT_swapout, PAGES }, END);
	EXPECT_EQ(0UL, then.n[PAGESTAT_swapout] - ours.n[PAGESTAT_swapout]);
}

/* Make a control group with LIMIT of memory and @swap ("0", "max") of swap. */
static bool cgroup(const char *swap)
{
	rmdir(CGROUP);
	kernel_set("/sys/fs/cgroup/cgroup.subtree_control", "+memory", NULL, 0);
	return !mkdir(CGROUP, 0755) && kernel_set(CGROUP "/memory.max", LIMIT, NULL, 0) &&
	       kernel_set(CGROUP "/memory.swap.max", swap, NULL, 0);
}

static void fills(void)
{
	warm_up();
	mem = memory(FILL);
	if (!kernel_set(CGROUP "/cgroup.procs", "0", NULL, 0))
		_exit(1);
	step();
	write_pages(mem, FILL);
	step();
}

TEST_F(watch, who_is_over_the_limit_has_to_reclaim)
{
	if (!cgroup("max"))
		SKIP(return, "no memory cgroups");
	START(fills);
	ASSERT_TRUE(tracing_begin() && tracing_select(self->s.pid));
	ASSERT_TRUE(kernel_set(EVENTS "reclaim/enable", "1", NULL, 0));
	GO();
	EXPECT_LT(0UL, GREW(reclaim));
	EXPECT_LT(GREW(reclaim) * 1000, GREW(reclaim_ns));
	EXPECT_EQ(GREW(reclaim), TRACED("reclaim: "));
	EXPECT_EQ(GREW(reclaim_ns), TRACED_SUM("reclaim: ", "ns"));
	EXPECT_LT(0, TRACED_SUM("reclaim: ", "pages"));
	EXPECT_TRUE(tracing_end());
	/* No more than the limit can be in memory. */
	EXPECT_GE(GREW(swapout), FILL - LIMIT_PAGES);
	EXPECT_EQ(FILL, GREW(zerofill));
	EXPECT_EQ(0UL, GREW(oom));
	subject_end(&self->s);
	rmdir(CGROUP);
}

#define HOT	1499UL	/* pages that fit, and are most of what does */

/*
 * HOT pages in use, while others come and go; then these alone, until there is no room
 * for the HOT ones; then all of them, which are needed again.
 */
static void thrashes(void)
{
	char *hot;
	size_t i;

	warm_up();
	hot = memory(HOT);
	mem = memory(FILL);
	if (!kernel_set(CGROUP "/cgroup.procs", "0", NULL, 0))
		_exit(1);
	step();
	for (i = 0; i + HOT / 4 <= FILL; i += HOT / 4) {
		write_pages(hot, HOT);
		write_pages(mem + i * page_size(), HOT / 4);
	}
	write_pages(mem, FILL);
	write_pages(mem, FILL);
	write_pages(hot, HOT);
	step();
}

TEST_F(watch, who_needs_again_what_was_in_use_is_thrashing)
{
	uint64_t refaults, restored;

	if (!cgroup("max"))
		SKIP(return, "no memory cgroups");
	START(thrashes);
	refaults = vmstat("workingset_refault_anon");
	restored = vmstat("workingset_restore_anon");
	GO();
	refaults = vmstat("workingset_refault_anon") - refaults;
	restored = vmstat("workingset_restore_anon") - restored;
	TH_LOG("%lu refaults, %lu of what was in use, %lu restored", GREW(refault),
	       GREW(thrash), restored);
	EXPECT_EQ(refaults, GREW(refault));
	/* Multi-generational LRU does not say it before 6.14. */
	EXPECT_EQ(!kernel_since(6, 12) || kernel_since(6, 14), self->after.known[PAGESTAT_thrash]);
	if (self->after.known[PAGESTAT_thrash]) {
		EXPECT_LT(0UL, GREW(thrash));
		EXPECT_GE(GREW(refault), GREW(thrash));
		EXPECT_LE(restored, GREW(thrash));
	}
	subject_end(&self->s);
	rmdir(CGROUP);
}

TEST_F(watch, the_oom_killer_s_choice_is_counted)
{
	siginfo_t info;

	if (!cgroup("0"))
		SKIP(return, "no memory cgroups");
	START(fills);
	ASSERT_EQ(1, write(self->s.go, "", 1));
	ASSERT_EQ(0, waitid(P_PID, self->s.first, &info, WEXITED | WNOWAIT));
	EXPECT_EQ(CLD_KILLED, info.si_code);
	/* It is a zombie, whose counters can be read. */
	ASSERT_TRUE(counters_of("processes", self->s.first, &self->after));
	EXPECT_EQ(1UL, self->after.n[PAGESTAT_oom]);
	EXPECT_LT(0UL, self->after.n[PAGESTAT_reclaim]);
	subject_end(&self->s);
	rmdir(CGROUP);
}

TEST_HARNESS_MAIN
