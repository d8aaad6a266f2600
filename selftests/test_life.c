// SPDX-License-Identifier: GPL-2.0
/*
 * test_life.c - threads, exec, exit and children: whose the numbers are
 *
 * All the subjects are born with the module loaded, so that what pagestat says
 * of minor and major is what the kernel says, and not only the differences.
 */
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "watch.h"

/* More than records lie ready for. */
#define BURST 1200

/* A count of pages for each of several: primes, no two the same. */
static const size_t share[] = { 101, 211, 307 };

static void *touch_share(void *pages)
{
	write_pages(memory(*(size_t *)pages), *(size_t *)pages);
	return NULL;
}

static void three_threads(void)
{
	pthread_t thread[3];
	size_t i;

	warm_up();
	step();
	for (i = 0; i < 3; i++)
		pthread_create(&thread[i], NULL, touch_share, (void *)&share[i]);
	for (i = 0; i < 3; i++)
		pthread_join(thread[i], NULL);
	step();
}

TEST_F(watch, ended_threads_stay_in_their_process)
{
	START(three_threads);
	GO();
	EXPECT_EQ(self->after.minflt, self->after.n[PAGESTAT_minor]);
	EXPECT_EQ(self->after.majflt, self->after.n[PAGESTAT_major]);
	/* Their stacks are some pages more. */
	EXPECT_GE(GREW(zerofill), 101UL + 211 + 307);
	EXPECT_LE(GREW(zerofill), 101UL + 211 + 307 + 64);
}

static void *stand_still(void *pages)
{
	touch_share(pages);
	for (;;)
		pause();
	return NULL;
}

static void live_threads(void)
{
	pthread_t thread[3];
	size_t i;

	for (i = 0; i < 3; i++)
		pthread_create(&thread[i], NULL, stand_still, (void *)&share[i]);
	warm_up();
	step();
	write_pages(memory(PAGES), PAGES);
	step();
}

TEST_F(watch, live_threads_add_up_to_their_process)
{
	struct counters threads;
	int i, fd;

	START(live_threads);
	usleep(200000);		/* all three have come to rest */
	ASSERT_TRUE(counters_of("threads", self->s.pid, &threads));
	ASSERT_TRUE(counters_of("processes", self->s.pid, &self->after));
	EXPECT_EQ(4, threads.rows);
	EXPECT_LE(101UL + 211 + 307, threads.n[PAGESTAT_zerofill]);
	EXPECT_EQ(self->after.minflt, threads.n[PAGESTAT_minor]);
	for (i = 0; i < PAGESTAT_NR; i++)
		EXPECT_EQ(self->after.n[i], threads.n[i]) TH_LOG("%s", counter_name(i));

	fd = open(DEBUGFS "reset", O_WRONLY);
	ASSERT_EQ(1, write(fd, "1", 1));
	close(fd);
	GO();
	ASSERT_TRUE(counters_of("threads", self->s.pid, &threads));
	EXPECT_EQ(PAGES, threads.n[PAGESTAT_zerofill]);
	EXPECT_EQ(PAGES, threads.n[PAGESTAT_minor]);
	for (i = 0; i < PAGESTAT_NR; i++)
		EXPECT_EQ(self->after.n[i], threads.n[i]) TH_LOG("%s", counter_name(i));
}

/* Wait until a process has another name and faults no more. */
static bool settled(pid_t pid, const char *comm, struct counters *c)
{
	uint64_t last = 0;
	int tries;

	for (tries = 0; tries < 500; tries++) {
		if (!counters_of("processes", pid, c))
			return false;
		if (!strcmp(c->comm, comm) && c->minflt == last)
			return true;
		last = c->minflt;
		usleep(20000);
	}
	return false;
}

static void execs(void)
{
	step();
	execlp("sleep", "sleep", "1000", NULL);
}

static void *exec_it(void *unused)
{
	(void)unused;
	execlp("sleep", "sleep", "1000", NULL);
	return NULL;
}

static void thread_execs(void)
{
	pthread_t thread;

	step();
	pthread_create(&thread, NULL, exec_it, NULL);
	pause();
}

/* The process is the same: its numbers go on, its name is new. */
#define EXPECT_SAME_AFTER_EXEC() do {					\
	ASSERT_TRUE(counters_of("processes", self->s.pid, &self->before)); \
	ASSERT_EQ(1, write(self->s.go, "", 1));				\
	ASSERT_TRUE(settled(self->s.pid, "sleep", &self->after));	\
	EXPECT_EQ(self->before.start_ns, self->after.start_ns);		\
	EXPECT_GT(self->after.minflt, self->before.minflt);		\
	EXPECT_EQ(self->after.minflt, self->after.n[PAGESTAT_minor]);	\
	EXPECT_EQ(self->after.majflt, self->after.n[PAGESTAT_major]);	\
} while (0)

TEST_F(watch, exec_goes_on_counting)
{
	START(execs);
	EXPECT_SAME_AFTER_EXEC();
}

TEST_F(watch, exec_by_another_thread_goes_on_counting)
{
	START(thread_execs);
	EXPECT_SAME_AFTER_EXEC();
}

/* Fork a child that touches memory and ends; with @zombie, do not wait for it. */
static pid_t short_child(size_t pages)
{
	pid_t pid = fork();

	if (!pid) {
		write_pages(memory(pages), pages);
		_exit(7);
	}
	return pid;
}

/* What was counted of our children, against what wait() and rusage say. */
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
 * The kernel releases a leader that nobody waits for together with the last of
 * its threads, in a second round of release_task() that is no call of it.
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
	EXPECT_EQ(0, read(ready[0], &c, 1));	/* until the last has ended */
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
	/* As many at a time as there can be. */
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
	/* Others come and go in this machine, a few of them. */
	EXPECT_LE(system_value("processes"), alive + 3);
}

static void touch_more(void)
{
	warm_up();
	write_pages(memory(PAGES), PAGES);
	step();
	write_pages(memory(PAGES), PAGES);
	step();
}

TEST_F(watch, reset_counts_from_here)
{
	struct counters c;
	int fd;

	START(touch_more);
	fd = open(DEBUGFS "reset", O_WRONLY);
	ASSERT_LE(0, fd);
	ASSERT_EQ(2, write(fd, "1\n", 2));
	ASSERT_TRUE(counters_of("processes", self->s.pid, &c));
	EXPECT_EQ(0UL, c.n[PAGESTAT_minor]);
	EXPECT_EQ(0UL, c.n[PAGESTAT_zerofill]);
	EXPECT_EQ(0UL, c.n[PAGESTAT_other]);

	GO();
	EXPECT_COUNTED({ PAGESTAT_minor, PAGES }, { PAGESTAT_zerofill, PAGES }, END);
	EXPECT_EQ(PAGES, self->after.n[PAGESTAT_zerofill]);

	EXPECT_EQ(-1, write(fd, "2", 1));
	EXPECT_EQ(-1, write(fd, "1x", 2));
	EXPECT_EQ(-1, write(fd, "", 0));
	close(fd);
}

TEST_HARNESS_MAIN
