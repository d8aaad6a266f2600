// SPDX-License-Identifier: GPL-2.0
/*
 * test_children.c - exit and wait: the counters of a child when it has ended
 */
#include <pthread.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "watch.h"

/* More processes than there are free records in the pool. */
#define BURST 600

/* Fork a child that touches memory and ends. */
static pid_t short_child(size_t pages)
{
	pid_t pid = fork();

	if (!pid) {
		write_pages(memory(pages), pages);
		_exit(7);
	}
	return pid;
}

/* What was counted of our children, and the kernel's numbers of them. */
struct family {
	struct counters c;
	struct rusage usage;
};

static bool family(struct family *f)
{
	return counters_of("children", getpid(), &f->c) &&
	       !getrusage(RUSAGE_CHILDREN, &f->usage);
}

#define EXPECT_FAMILY_EXACT() do {					\
	EXPECT_EQ((uint64_t)after.usage.ru_minflt - before.usage.ru_minflt, \
		  after.c.n[PAGESTAT_minor] - before.c.n[PAGESTAT_minor]); \
	EXPECT_EQ((uint64_t)after.usage.ru_majflt - before.usage.ru_majflt, \
		  after.c.n[PAGESTAT_major] - before.c.n[PAGESTAT_major]); \
} while (0)

TEST(a_finished_child_is_what_wait4_says)
{
	struct family before, after;
	struct rusage usage;
	int status;
	pid_t pid;

	ASSERT_TRUE(family(&before));
	pid = short_child(PAGES);
	ASSERT_EQ(pid, wait4(pid, &status, 0, &usage));
	ASSERT_TRUE(family(&after));

	EXPECT_EQ((uint64_t)usage.ru_minflt,
		  after.c.n[PAGESTAT_minor] - before.c.n[PAGESTAT_minor]);
	EXPECT_EQ((uint64_t)usage.ru_majflt,
		  after.c.n[PAGESTAT_major] - before.c.n[PAGESTAT_major]);
	EXPECT_GE(after.c.n[PAGESTAT_zerofill] - before.c.n[PAGESTAT_zerofill],
		  PAGES);
	/* Its last fault was served. */
	EXPECT_EQ(before.c.n[PAGESTAT_error], after.c.n[PAGESTAT_error]);
	EXPECT_FAMILY_EXACT();
}

TEST(a_process_that_has_ended_is_remembered)
{
	struct counters c;
	struct rusage usage;
	int status;
	pid_t pid = short_child(PAGES);

	EXPECT_FALSE(counters_of("exited", pid, &c));
	ASSERT_EQ(pid, wait4(pid, &status, 0, &usage));
	ASSERT_TRUE(counters_of("exited", pid, &c));
	EXPECT_EQ(1, c.rows);
	EXPECT_EQ(status, c.exit_code);
	EXPECT_EQ(7, WEXITSTATUS(c.exit_code));
	EXPECT_EQ(getpid(), c.ppid);
	EXPECT_EQ((uint64_t)usage.ru_minflt, c.n[PAGESTAT_minor]);
	EXPECT_EQ((uint64_t)usage.ru_majflt, c.n[PAGESTAT_major]);

	pid = fork();
	if (!pid) {
		execlp("sleep", "sleep", "1000", NULL);
		_exit(1);
	}
	ASSERT_TRUE(settled(pid, "sleep", &c));
	kill(pid, SIGTERM);
	ASSERT_EQ(pid, wait4(pid, &status, 0, &usage));
	ASSERT_TRUE(counters_of("exited", pid, &c));
	EXPECT_EQ(status, c.exit_code);
	EXPECT_EQ(SIGTERM, WTERMSIG(c.exit_code));
	EXPECT_STREQ("sleep", c.comm);
	EXPECT_EQ((uint64_t)usage.ru_minflt, c.n[PAGESTAT_minor]);
}

TEST(grandchildren_count_for_their_grandparent)
{
	struct family before, after;
	pid_t pid;

	ASSERT_TRUE(family(&before));
	pid = fork();
	if (!pid) {
		waitpid(short_child(PAGES), NULL, 0);
		_exit(0);
	}
	ASSERT_EQ(pid, waitpid(pid, NULL, 0));
	ASSERT_TRUE(family(&after));
	EXPECT_FAMILY_EXACT();
	EXPECT_GE(after.c.n[PAGESTAT_zerofill] - before.c.n[PAGESTAT_zerofill],
		  PAGES);
}

TEST(a_zombie_shows_its_last_numbers)
{
	struct counters c;
	siginfo_t info;
	pid_t pid = short_child(PAGES);

	ASSERT_EQ(0, waitid(P_PID, pid, &info, WEXITED | WNOWAIT));
	ASSERT_TRUE(counters_of("processes", pid, &c));
	EXPECT_EQ(c.minflt, c.n[PAGESTAT_minor]);
	EXPECT_EQ(c.majflt, c.n[PAGESTAT_major]);
	EXPECT_GE(c.n[PAGESTAT_zerofill], PAGES);
	ASSERT_EQ(pid, waitpid(pid, NULL, 0));
	EXPECT_FALSE(counters_of("processes", pid, &c));
}

static void end_thread(int unused)
{
	syscall(SYS_exit, unused);
}

static void *wait_for_alarm(void *unused)
{
	pause();
	return unused;
}

/*
 * A leader that nobody waits for is released together with the last of its threads:
 * release_task() repeats itself for the leader, which is not another call of it.
 */
TEST(a_child_that_nobody_waits_for_is_not_lost)
{
	struct counters before, after;
	int tries, ready[2];
	pid_t pid;
	char c;

	ASSERT_TRUE(counters_of("children", getpid(), &before));
	ASSERT_EQ(0, pipe(ready));
	signal(SIGCHLD, SIG_IGN);
	pid = fork();
	if (!pid) {
		pthread_t thread;

		close(ready[0]);
		write_pages(memory(PAGES), PAGES);
		signal(SIGALRM, end_thread);
		pthread_create(&thread, NULL, wait_for_alarm, NULL);
		alarm(1);
		/* The leader ends first, and stays as a zombie. */
		syscall(SYS_exit, 0);
	}
	close(ready[1]);
	EXPECT_EQ(0, read(ready[0], &c, 1));	/* until the last thread has ended */
	for (tries = 0; tries < 100 && !kill(pid, 0); tries++)
		usleep(20000);
	signal(SIGCHLD, SIG_DFL);

	EXPECT_FALSE(counters_of("processes", pid, &after));
	ASSERT_TRUE(counters_of("children", getpid(), &after));
	EXPECT_GE(after.n[PAGESTAT_zerofill] - before.n[PAGESTAT_zerofill], PAGES);
}

TEST(a_burst_of_short_processes_loses_none_and_leaves_none)
{
	struct family before, after;
	uint64_t lost = system_value("lost_tasks") + system_value("lost_hits") +
			system_value("missed");
	uint64_t alive = system_value("processes");
	uint64_t ended = system_value("ended");
	int i, left;

	ASSERT_TRUE(family(&before));
	/* Without waiting for one before the next is started. */
	for (i = 0, left = 0; i < BURST; i++) {
		pid_t pid = fork();

		if (!pid)
			_exit(0);
		left += pid > 0;
		while (left && waitpid(-1, NULL, WNOHANG) > 0)
			left--;
	}
	while (left && waitpid(-1, NULL, 0) > 0)
		left--;
	ASSERT_EQ(0, left);
	ASSERT_TRUE(family(&after));

	EXPECT_FAMILY_EXACT();
	EXPECT_GE(system_value("ended") - ended, (uint64_t)BURST);
	EXPECT_EQ(lost, system_value("lost_tasks") + system_value("lost_hits") +
			system_value("missed"));
	/* A few of other processes may have been started meanwhile. */
	EXPECT_LE(system_value("processes"), alive + 3);
}

TEST_HARNESS_MAIN
