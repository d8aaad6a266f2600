// SPDX-License-Identifier: GPL-2.0
/*
 * test_walk.c - threads and processes that end while all are being read, or reset
 *
 * Whoever reads all records lets others run after some of them.  What ends meanwhile has
 * been read, or has not: in both cases it has to be in the sums once.  So in every sum
 * that is read while the subject's threads or children end, and do nothing else, each
 * number is what it was before.
 *
 * Both are on one CPU.  The subject comes first: it sleeps until a read has begun, and some
 * more, and so gets the CPU when the reader lets others run in the middle of it.
 */
#include <linux/futex.h>
#include <poll.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "kernel.h"
#include "latency.h"
#include "table.h"
#include "watch.h"

#define THREADS		1000
#define CHILDREN	300
/* Ends before it waits for the next read. */
#define AT_ONCE		16
/* Pages that each of them touches of its own. */
#define TOUCHED		53UL
/* Faults of the reader and of the rest of the machine: fewer than those of one that ends. */
#define NOISE		50
#define STACK		16384

/* The n-th to end: the first in the list of all, the last, the second, and so on. */
static int nth(int n, int of)
{
	return n % 2 ? of - 1 - n / 2 : n / 2;
}

/* How many reads have begun; shared with the subject. */
static _Atomic int *reads;

static void be_first(void)
{
	const struct sched_param first = { .sched_priority = 1 };

	run_on(0);
	must(sched_setscheduler(0, SCHED_FIFO, &first));
	/* So that neither faults later. */
	atomic_load(reads);
	usleep(1);
}

/* Before the n-th end, in the middle of a read, later in the next one. */
static void wait_for_read(int n)
{
	static int seen;

	if (n % AT_ONCE)
		return;
	while (atomic_load(reads) == seen)
		usleep(200);
	seen = atomic_load(reads);
	usleep(100 * (n / AT_ONCE % 8));
}

static atomic_int ready, turn[THREADS + 1];

static void wait_for_turn(int n)
{
	while (!atomic_load(&turn[n]))
		syscall(SYS_futex, &turn[n], FUTEX_WAIT_PRIVATE, 0, NULL);
}

static void give_turn(int n)
{
	atomic_store(&turn[n], 1);
	syscall(SYS_futex, &turn[n], FUTEX_WAKE_PRIVATE, 1);
}

static void *end_in_turn(void *number)
{
	const int n = (int)(intptr_t)number;

	write_pages(memory(TOUCHED), TOUCHED);
	atomic_fetch_add(&ready, 1);
	wait_for_turn(n);
	wait_for_read(n);
	give_turn(n + 1);
	/* This thread alone, without the C library's end of a thread. */
	syscall(SYS_exit, 0);
	return NULL;
}

static void threads_end(void)
{
	char *stacks = memory(THREADS * STACK / page_size());
	pthread_attr_t attr;
	pthread_t thread;
	int i, order[THREADS];

	be_first();
	for (i = 0; i < THREADS; i++)
		order[nth(i, THREADS)] = i;
	pthread_attr_init(&attr);
	for (i = 0; i < THREADS; i++) {
		pthread_attr_setstack(&attr, stacks + (size_t)i * STACK, STACK);
		must(pthread_create(&thread, &attr, end_in_turn, (void *)(intptr_t)order[i]));
	}
	while (atomic_load(&ready) < THREADS)
		usleep(1000);
	warm_up();
	step();
	give_turn(0);
	wait_for_turn(THREADS);
	step();
}

static void children_end(void)
{
	pid_t child[CHILDREN];
	int i, touched[2];
	char c;

	must(pipe(touched));
	be_first();
	for (i = 0; i < CHILDREN; i++) {
		child[i] = fork();
		must(child[i] < 0);
		if (!child[i]) {
			write_pages(memory(TOUCHED), TOUCHED);
			must(write(touched[1], "", 1) != 1);
			for (;;)
				pause();
		}
		must(read(touched[0], &c, 1) != 1);
	}
	warm_up();
	step();
	for (i = 0; i < CHILDREN; i++) {
		wait_for_read(4 * i);
		dismiss(child[nth(i, CHILDREN)]);
	}
	step();
}

/* How many faults were measured, of all processes. */
static uint64_t timed(void)
{
	char *name[TABLE_COLUMNS], *value[TABLE_COLUMNS], line[4096];
	uint64_t sum = 0;
	FILE *f;
	int nr;

	f = table_open("latency", name, &nr);
	while (fgets(line, sizeof(line), f)) {
		table_split(line, value);
		sum += strtoull(value[table_find(name, nr, "minor")], NULL, 10);
		sum += strtoull(value[table_find(name, nr, "major")], NULL, 10);
	}
	fclose(f);
	return sum;
}

/* What is read while the subject does something. */
struct look {
	uint64_t process;	/* pages that it filled with zeroes */
	uint64_t process_timed;	/* its faults that were measured */
	uint64_t all;		/* the same of all processes, and those that have ended */
	uint64_t all_timed;
};

static void look(pid_t pid, struct look *l)
{
	uint64_t major;
	struct counters c;

	atomic_fetch_add(reads, 1);
	counters_of("processes", pid, &c);
	l->process = c.n[PAGESTAT_zerofill];
	atomic_fetch_add(reads, 1);
	latency_faults(pid, &l->process_timed, &major);
	atomic_fetch_add(reads, 1);
	counters_of("system", 0, &c);
	l->all = c.n[PAGESTAT_zerofill];
	atomic_fetch_add(reads, 1);
	l->all_timed = timed();
}

static bool has_ended(struct subject *s)
{
	struct pollfd done = { .fd = s->done, .events = POLLIN };

	return poll(&done, 1, 0) == 1;
}

FIXTURE(walk)
{
	struct subject s;
	struct look first, last, now;
	int looks, resets;
	bool was_on;
};

/* On arm64 a timed fault more than expected was seen, which is not explained yet. */
#ifdef __aarch64__
#define UNEXPLAINED	1
#else
#define UNEXPLAINED	0
#endif

FIXTURE_SETUP(walk)
{
	self->was_on = latency_on();
	ASSERT_TRUE(latency_set(true));
	reads = mmap(NULL, page_size(), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS,
		     -1, 0);
	ASSERT_NE(MAP_FAILED, reads);
	run_on(0);
}

FIXTURE_TEARDOWN(walk)
{
	subject_end(&self->s);
	EXPECT_TRUE(latency_set(self->was_on));
}

/* While the subject's threads or children end, all is as it was. */
#define EXPECT_CONSTANT() do {						       \
	look(self->s.pid, &self->first);				       \
	look(self->s.pid, &self->first);				       \
	self->last = self->first;					       \
	ASSERT_EQ(1, write(self->s.go, "", 1));				       \
	do {								       \
		look(self->s.pid, &self->now);				       \
		ASSERT_EQ(self->first.process, self->now.process);	       \
		ASSERT_EQ(self->first.process_timed, self->now.process_timed); \
		ASSERT_LE(self->last.all, self->now.all);		       \
		ASSERT_GE(self->first.all + NOISE, self->now.all);	       \
		ASSERT_LE(self->last.all_timed, self->now.all_timed);	       \
		ASSERT_GE(self->first.all_timed + NOISE, self->now.all_timed); \
		self->last = self->now;					       \
		self->looks++;						       \
	} while (!has_ended(&self->s));					       \
	TH_LOG("read %d times", self->looks);				       \
	EXPECT_LT(3, self->looks);					       \
} while (0)

TEST_F(walk, threads_that_end_are_counted_once)
{
	if (UNEXPLAINED)
		SKIP(return, "a timed fault more than expected, on arm64");
	START(threads_end);
	EXPECT_CONSTANT();
	EXPECT_LE(THREADS * TOUCHED, self->first.process);
	EXPECT_LE(THREADS * TOUCHED, self->first.process_timed);
}

TEST_F(walk, processes_that_end_are_counted_once)
{
	if (UNEXPLAINED)
		SKIP(return, "a timed fault more than expected, on arm64");
	START(children_end);
	EXPECT_CONSTANT();
	EXPECT_LE(CHILDREN * TOUCHED, self->first.all);
	EXPECT_LE(CHILDREN * TOUCHED, self->first.all_timed);
}

/* After a reset nothing is left of what was before, whatever ended during it. */
#define EXPECT_NOTHING_LEFT() do {					       \
	ASSERT_EQ(1, write(self->s.go, "", 1));				       \
	do {								       \
		atomic_fetch_add(reads, 1);				       \
		ASSERT_TRUE(kernel_set(DEBUGFS "reset", "1", NULL, 0));	       \
		look(self->s.pid, &self->now);				       \
		ASSERT_EQ(0, self->now.process);			       \
		ASSERT_EQ(0, self->now.process_timed);			       \
		ASSERT_GE(NOISE, self->now.all);			       \
		ASSERT_GE(NOISE, self->now.all_timed);			       \
		self->resets++;						       \
	} while (!has_ended(&self->s));					       \
	TH_LOG("reset %d times", self->resets);				       \
	EXPECT_LT(3, self->resets);					       \
} while (0)

TEST_F(walk, threads_that_end_during_a_reset_count_nothing)
{
	if (UNEXPLAINED)
		SKIP(return, "a timed fault more than expected, on arm64");
	START(threads_end);
	EXPECT_NOTHING_LEFT();
}

TEST_F(walk, processes_that_end_during_a_reset_count_nothing)
{
	if (UNEXPLAINED)
		SKIP(return, "a timed fault more than expected, on arm64");
	START(children_end);
	EXPECT_NOTHING_LEFT();
}

TEST_HARNESS_MAIN
