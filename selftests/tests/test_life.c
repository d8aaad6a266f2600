// SPDX-License-Identifier: GPL-2.0
/*
 * test_life.c - threads, exec and reset: whose the counters are, and from when on
 *
 * All subjects are started after the module is loaded, so that not only differences
 * of minor and major but the counters themselves are the kernel's.
 */
#include <fcntl.h>
#include <pthread.h>
#include <unistd.h>

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

TEST_HARNESS_MAIN
