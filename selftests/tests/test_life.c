// SPDX-License-Identifier: GPL-2.0
/*
 * test_life.c - threads, exec and reset: whose the counters are, and from when on
 *
 * All subjects are started after the module is loaded, so that not only differences
 * of minor and major but the counters themselves are the kernel's.
 */
#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "kernel.h"
#include "watch.h"

/* How many pages each thread touches: primes, no two the same. */
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
	/* And the pages of their stacks. */
	EXPECT_GE(GREW(zerofill), 101UL + 211 + 307);
	EXPECT_LE(GREW(zerofill), 101UL + 211 + 307 + 64);
}

static void *touch_and_wait(void *pages)
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
		pthread_create(&thread[i], NULL, touch_and_wait, (void *)&share[i]);
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
	usleep(200000);		/* until all three wait */
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

/* The process is the same: it has a new name, and its counters are kept. */
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

/* What has ended, and what others have done to it, is the process's as well. */
static void has_a_past(void)
{
	pthread_t thread;
	char *mem;
	pid_t pid;

	warm_up();
	must(pthread_create(&thread, NULL, touch_share, (void *)&share[0]));
	must(pthread_join(thread, NULL));
	pid = fork();
	must(pid < 0);
	if (!pid) {
		write_pages(memory(PAGES), PAGES);
		_exit(0);
	}
	must(waitpid(pid, NULL, 0) != pid);
	mem = memory(PAGES);
	write_pages(mem, PAGES);
	page_out(mem, PAGES);
	step();
}

TEST_F(watch, a_reset_forgets_what_has_ended)
{
	struct counters children;
	uint64_t since;

	START(has_a_past);
	usleep(100000);
	since = system_value("since_ns");
	ASSERT_TRUE(counters_of("processes", self->s.pid, &self->before));
	ASSERT_TRUE(counters_of("children", self->s.pid, &children));
	EXPECT_LE(share[0] + PAGES, self->before.n[PAGESTAT_zerofill]);
	EXPECT_LE(PAGES, self->before.n[PAGESTAT_swapout]);
	EXPECT_LE(PAGES, children.n[PAGESTAT_zerofill]);

	ASSERT_TRUE(kernel_set(DEBUGFS "reset", "1", NULL, 0));
	EXPECT_GT(since, system_value("since_ns"));
	ASSERT_TRUE(counters_of("processes", self->s.pid, &self->after));
	ASSERT_TRUE(counters_of("children", self->s.pid, &children));
	EXPECT_EQ(0UL, self->after.n[PAGESTAT_zerofill]);
	EXPECT_EQ(0UL, self->after.n[PAGESTAT_minor]);
	EXPECT_EQ(0UL, self->after.n[PAGESTAT_swapout]);
	EXPECT_EQ(0UL, children.n[PAGESTAT_zerofill]);
	EXPECT_EQ(0UL, children.n[PAGESTAT_minor]);
	EXPECT_GT(PAGES, system_value("zerofill"));
	EXPECT_GT(PAGES, system_value("swapout"));
}

#define LIVES	5
#define STACK	16UL

static char *mem;

static int live(void *unused)
{
	(void)unused;
	write_pages(mem, PAGES);
	return 0;
}

/*
 * One child after the other on one CPU, where nobody else faults: they share the memory,
 * so that the parent has nothing to copy.  Each is released, with its record, before the
 * next is born, which the kernel then often puts at the same address.
 */
static void lives_after_lives(void)
{
	char *stack;
	int i;

	warm_up();
	mem = memory(PAGES);
	stack = memory(STACK);
	write_pages(stack, STACK);
	run_on(1);
	step();
	for (i = 0; i < LIVES; i++) {
		pid_t pid = clone(live, stack + STACK * page_size(), CLONE_VM | SIGCHLD, NULL);

		must(pid < 0 || waitpid(pid, NULL, 0) != pid);
		must(madvise(mem, PAGES * page_size(), MADV_DONTNEED));
		usleep(1500000);
	}
	step();
}

#define WORKERS "/sys/devices/virtual/workqueue/cpumask"

TEST_F(watch, who_is_where_another_was_has_a_record_of_his_own)
{
	struct counters before, after;
	char old[64];

	START(lives_after_lives);
	/* Where records are released is where the address is used again. */
	ASSERT_TRUE(kernel_set(WORKERS, "2", old, sizeof(old)));
	ASSERT_TRUE(counters_of("children", self->s.pid, &before));
	GO();
	kernel_set(WORKERS, old, NULL, 0);
	ASSERT_TRUE(counters_of("children", self->s.pid, &after));
	EXPECT_EQ(LIVES * PAGES, after.n[PAGESTAT_zerofill] - before.n[PAGESTAT_zerofill]);
	EXPECT_EQ(after.n[PAGESTAT_minor] - before.n[PAGESTAT_minor],
		  after.n[PAGESTAT_write] - before.n[PAGESTAT_write] +
		  after.n[PAGESTAT_read] - before.n[PAGESTAT_read] +
		  after.n[PAGESTAT_exec] - before.n[PAGESTAT_exec]);
}

#define NOBODY	65534

static void changes_users(void)
{
	warm_up();
	step();
	must(seteuid(NOBODY));
	step();
	must(seteuid(0) || setreuid(NOBODY, 0));
	step();
}

TEST_F(watch, the_user_is_the_real_one)
{
	START(changes_users);
	GO();
	EXPECT_EQ(0, self->before.uid);
	EXPECT_EQ(0, self->after.uid);
	GO();
	EXPECT_EQ(NOBODY, self->after.uid);
}

TEST_HARNESS_MAIN
