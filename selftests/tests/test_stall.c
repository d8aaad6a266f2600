// SPDX-License-Identifier: GPL-2.0
/*
 * test_stall.c - stalls for want of memory, against the kernel's own pressure files; they
 * are made by the driver programs/stall, and by a control group that is too small
 */
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "kernel.h"
#include "stalling.h"
#include "watch.h"

#define CGROUP	"/sys/fs/cgroup/pagestat-stall"
#define LIMIT_PAGES	(8UL * 256)
#define THREADS	3
#define WITHIN	5UL	/* stalls within a stall */
#define MS	1000000UL

/*
 * PSI adds up what happened since it last did, every two seconds and at each reader, but
 * forgets it if nothing ran or waited for a tick (4 ms) in that time.
 */
#define TICK	(4 * MS)

/* What lies between two clocks that are read at the entry of a function, or soon after. */
#define PROBE_NS	50000
/* An emulated processor stands still as long as another one has its turn. */
#define ROUND	(100 * MS)

#define UNKNOWN	"the kernel accounts no stalls of control groups"

static uint64_t now_ns(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1000000000UL + t.tv_nsec;
}

static bool make_group(void)
{
	rmdir(CGROUP);
	kernel_set("/sys/fs/cgroup/cgroup.subtree_control", "+memory", NULL, 0);
	return !mkdir(CGROUP, 0755) && !access(CGROUP "/memory.pressure", R_OK);
}

/* Time in which at least one of the group was stalled, as the kernel says, in ns. */
static uint64_t pressure(void)
{
	return 1000 * number("sed -n 's/^some .*total=//p' " CGROUP "/memory.pressure");
}

static bool in_state(pid_t pid, char state)
{
	char pattern[64];
	int tries;

	snprintf(pattern, sizeof(pattern), "^[0-9]* ([^)]*) %c", state);
	for (tries = 0; tries < 500; tries++) {
		if (number("grep -c '%s' /proc/%d/stat", pattern, pid) == 1)
			return true;
		usleep(10000);
	}
	return false;
}

/* All that run in the group use one CPU: PSI takes the mean of those that were used. */
static void join(void)
{
	run_on(0);
	must(!kernel_set(CGROUP "/cgroup.procs", "0", NULL, 0));
}

static void stalls(void)
{
	join();
	stalling_open();
	step();
	ioctl(stalling_device, STALL_WAIT, 0);
	step();
}

/* Let the subject begin what it will not end by itself. */
#define BEGIN() do {							\
	ASSERT_TRUE(counters_of("processes", self->s.pid, &self->before)); \
	ASSERT_EQ(1, write(self->s.go, "", 1));				\
	ASSERT_TRUE(in_state(self->s.pid, 'D'));			\
} while (0)

/* Have it end, and wait for its next step. */
#define LET_END() do {							\
	pid_t pid_;							\
									\
	ASSERT_EQ(0, ioctl(stalling_device, STALL_GO, 0));		\
	ASSERT_EQ((ssize_t)sizeof(pid_), read(self->s.done, &pid_, sizeof(pid_))); \
	ASSERT_TRUE(counters_of("processes", self->s.pid, &self->after)); \
} while (0)

/* False if the kernel accounts no stalls; the test fails if it has no driver. */
static bool stalls_are_accounted(void)
{
	if (access("/proc/pressure/memory", R_OK) || !make_group())
		return false;
	must(!stalling_load());
	stalling_open();
	return true;
}

#define OUT() do {							\
	subject_end(&self->s);						\
	close(stalling_device);						\
	stalling_unload();						\
	rmdir(CGROUP);							\
} while (0)

TEST_F(watch, a_stall_counts_up_to_the_moment_it_is_read)
{
	uint64_t begin[2], end[2], was, grew, psi;
	struct counters c;

	if (!stalls_are_accounted())
		SKIP(return, UNKNOWN);
	START(stalls);
	was = pressure();
	BEGIN();
	begin[0] = now_ns();
	ASSERT_TRUE(counters_of("processes", self->s.pid, &c));
	end[0] = now_ns();
	usleep(300000);
	begin[1] = now_ns();
	ASSERT_TRUE(counters_of("processes", self->s.pid, &self->after));
	end[1] = now_ns();
	EXPECT_EQ(1UL, c.n[PAGESTAT_stall] - self->before.n[PAGESTAT_stall]);
	EXPECT_EQ(1UL, GREW(stall));
	grew = self->after.n[PAGESTAT_stall_ns] - c.n[PAGESTAT_stall_ns];
	EXPECT_LE(begin[1] - end[0], grew);
	EXPECT_GE(end[1] - begin[0], grew);

	LET_END();
	psi = pressure() - was;
	TH_LOG("stalled for %lu ns, by PSI %lu ns", GREW(stall_ns), psi);
	EXPECT_EQ(1UL, GREW(stall));
	EXPECT_LE(psi, GREW(stall_ns) + TICK);
	EXPECT_GE(psi + TICK, GREW(stall_ns));
	c = self->after;
	usleep(50000);
	ASSERT_TRUE(counters_of("processes", self->s.pid, &self->after));
	EXPECT_EQ(c.n[PAGESTAT_stall_ns], self->after.n[PAGESTAT_stall_ns]);
	OUT();
}

static void stalls_within(void)
{
	join();
	stalling_open();
	step();
	ioctl(stalling_device, STALL_WAIT, WITHIN);
	step();
}

TEST_F(watch, stalls_within_a_stall_are_one)
{
	uint64_t begin;

	if (!stalls_are_accounted())
		SKIP(return, UNKNOWN);
	START(stalls_within);
	BEGIN();
	begin = now_ns();
	usleep(50000);
	begin = now_ns() - begin;
	LET_END();
	EXPECT_EQ(1UL, GREW(stall));
	EXPECT_LE(begin, GREW(stall_ns));
	OUT();
}

TEST_F(watch, killed_in_a_stall)
{
	uint64_t begin, end;
	struct counters c;
	siginfo_t info;

	if (!stalls_are_accounted())
		SKIP(return, UNKNOWN);
	START(stalls);
	begin = now_ns();
	BEGIN();
	usleep(50000);
	kill(self->s.first, SIGKILL);
	ASSERT_EQ(0, waitid(P_PID, self->s.first, &info, WEXITED | WNOWAIT));
	end = now_ns();
	ASSERT_TRUE(counters_of("processes", self->s.pid, &c));
	usleep(50000);
	ASSERT_TRUE(counters_of("processes", self->s.pid, &self->after));
	EXPECT_EQ(1UL, GREW(stall));
	EXPECT_LE(50 * MS, GREW(stall_ns));
	EXPECT_GE(end - begin, GREW(stall_ns));
	EXPECT_EQ(c.n[PAGESTAT_stall_ns], self->after.n[PAGESTAT_stall_ns]);
	waitpid(self->s.first, NULL, 0);
	ASSERT_TRUE(counters_of("exited", self->s.pid, &self->after));
	EXPECT_EQ(c.n[PAGESTAT_stall_ns], self->after.n[PAGESTAT_stall_ns]);
	self->s.first = 0;
	OUT();
}

TEST_F(watch, a_reset_in_the_middle_of_a_stall)
{
	uint64_t begin, end, sum;
	struct counters c;

	if (!stalls_are_accounted())
		SKIP(return, UNKNOWN);
	START(stalls);
	BEGIN();
	usleep(50000);
	begin = now_ns();
	ASSERT_TRUE(kernel_set(DEBUGFS "reset", "1", NULL, 0));
	end = now_ns();
	usleep(50000);
	sum = now_ns() - end;
	ASSERT_TRUE(counters_of("processes", self->s.pid, &c));
	EXPECT_EQ(0UL, c.n[PAGESTAT_stall]);
	EXPECT_LE(sum, c.n[PAGESTAT_stall_ns]);
	EXPECT_GE(now_ns() - begin, c.n[PAGESTAT_stall_ns]);
	LET_END();
	end = now_ns();
	EXPECT_EQ(0UL, self->after.n[PAGESTAT_stall]);
	EXPECT_LE(c.n[PAGESTAT_stall_ns], self->after.n[PAGESTAT_stall_ns]);
	EXPECT_GE(end - begin, self->after.n[PAGESTAT_stall_ns]);
	OUT();
}

TEST_F(watch, loaded_and_unloaded_in_the_middle_of_a_stall)
{
	uint64_t begin, end, sum;
	int i;

	if (!stalls_are_accounted())
		SKIP(return, UNKNOWN);
	START(stalls);
	BEGIN();
	for (i = 0; i < 3; i++) {
		ASSERT_EQ(0, system("rmmod pagestat"));
		usleep(50000);
		begin = now_ns();
		ASSERT_EQ(0, system("insmod $PAGESTAT_KO"));
		end = now_ns();
		usleep(50000);
		sum = now_ns() - end;
		ASSERT_TRUE(counters_of("processes", self->s.pid, &self->before));
		EXPECT_EQ(0UL, self->before.n[PAGESTAT_stall]);
		EXPECT_LE(sum, self->before.n[PAGESTAT_stall_ns]);
		EXPECT_GE(now_ns() - begin, self->before.n[PAGESTAT_stall_ns]);
	}
	LET_END();
	EXPECT_EQ(0UL, GREW(stall));
	EXPECT_LE(0UL, GREW(stall_ns));
	EXPECT_GE(now_ns() - begin, self->after.n[PAGESTAT_stall_ns]);
	OUT();
}

static void *stalls_once(void *unused)
{
	ioctl(stalling_device, STALL_WAIT, 0);
	return unused;
}

/* THREADS threads are stalled at the same time, and go on one after the other. */
static void several_stall(void)
{
	pthread_t thread[THREADS];
	int i;

	join();
	stalling_open();
	step();
	for (i = 0; i < THREADS; i++)
		must(pthread_create(&thread[i], NULL, stalls_once, NULL));
	for (i = 0; i < THREADS; i++) {
		usleep(100000);
		ioctl(stalling_device, STALL_GO, 0);
	}
	for (i = 0; i < THREADS; i++)
		pthread_join(thread[i], NULL);
	step();
}

TEST_F(watch, a_group_is_stalled_while_one_of_it_is)
{
	uint64_t psi, sum;

	if (!stalls_are_accounted())
		SKIP(return, UNKNOWN);
	START(several_stall);
	psi = pressure();
	GO();
	psi = pressure() - psi;
	sum = GREW(stall_ns);
	TH_LOG("%d threads stalled for %lu ns, by PSI one of them for %lu ns", THREADS, sum, psi);
	EXPECT_EQ((unsigned long)THREADS, GREW(stall));
	/* The longest is a half of the sum: they take 1, 2 and 3 times 100 ms. */
	EXPECT_LE(sum / 2, psi + sum / 20 + TICK);
	EXPECT_GE(sum, psi);
	EXPECT_LE(300 * MS, psi + TICK);
	OUT();
}

static char *mem;

/* Twice the group's limit, read again and again. */
static void does_not_fit(void)
{
	int round;

	warm_up();
	mem = memory(2 * LIMIT_PAGES);
	join();
	step();
	write_pages(mem, 2 * LIMIT_PAGES);
	for (round = 0; round < 3; round++)
		read_pages(mem, 2 * LIMIT_PAGES);
	step();
}

/* What the kernel does when memory is short; counted by its own probes, too. */
TEST_F(watch, a_process_that_does_not_fit_is_stalled_as_its_group_is)
{
	uint64_t psi, outermost, traced;

	if (!stalls_are_accounted())
		SKIP(return, UNKNOWN);
	ASSERT_TRUE(kernel_set(CGROUP "/memory.max", "8M", NULL, 0));
	START(does_not_fit);
	ASSERT_TRUE(stalling_trace(self->s.pid, "enter psi_memstall_enter\n"
				   "leave psi_memstall_leave within=+0($arg1):u64"));
	psi = pressure();
	GO();
	psi = pressure() - psi;
	outermost = TRACED_PROBE("leave", "within=0$");
	traced = TRACED_TIME("enter", "leave");
	ASSERT_TRUE(stalling_trace_end());
	TH_LOG("%lu stalls of %lu ns, traced %lu ns, by PSI %lu ns", GREW(stall), GREW(stall_ns),
	       traced, psi);
	EXPECT_LT(100UL, GREW(stall));
	EXPECT_EQ(outermost, GREW(stall));
	EXPECT_LE(traced, GREW(stall_ns) + GREW(stall) * PROBE_NS + ROUND);
	EXPECT_GE(traced + GREW(stall) * PROBE_NS + ROUND, GREW(stall_ns));
	EXPECT_LE(psi, GREW(stall_ns) + GREW(stall) * PROBE_NS + 2 * ROUND);
	EXPECT_GE(psi + GREW(stall) * PROBE_NS + 2 * ROUND, GREW(stall_ns));
	EXPECT_LE(GREW(reclaim_ns), GREW(stall_ns) + TICK);
	OUT();
}

static void waits(void)
{
	step();
}

/* Not to be read as a machine that is never stalled. */
TEST_F(watch, without_psi_stalls_are_unknown)
{
	bool on = !access("/proc/pressure/memory", R_OK);

	START(waits);
	ASSERT_TRUE(counters_of("processes", self->s.pid, &self->after));
	EXPECT_EQ(on, self->after.known[PAGESTAT_stall]);
	EXPECT_EQ(on, self->after.known[PAGESTAT_stall_ns]);
	EXPECT_TRUE(self->after.known[PAGESTAT_compact_ns]);
	EXPECT_TRUE(self->after.known[PAGESTAT_throttle_ns]);
}

TEST_HARNESS_MAIN
