// SPDX-License-Identifier: GPL-2.0
/* test_latency.c - the latency of faults: each counted once, by kind, in bounds */
#include <fcntl.h>
#include <linux/userfaultfd.h>
#include <pthread.h>
#include <stdatomic.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "kernel.h"
#include "latency.h"
#include "watch.h"
#include "workloads.h"

#define NS_PER_S 1000000000ULL
/* How long the server of a userfaultfd waits. */
#define WAIT_NS 50000000ULL
/* How often latency is turned on and off under load: an even number. */
#define TURNS 6

FIXTURE(latency)
{
	bool was_on;
	struct subject s;
	struct counters before, after;
	struct latencies then, now;
	uint64_t ns;
};

static uint64_t now_ns(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * NS_PER_S + t.tv_nsec;
}

FIXTURE_SETUP(latency)
{
	self->was_on = latency_on();
	ASSERT_TRUE(latency_set(true));
	EXPECT_LT(0, system_value("latency_ns"));
}

FIXTURE_TEARDOWN(latency)
{
	subject_end(&self->s);
	EXPECT_TRUE(latency_set(self->was_on));
	EXPECT_EQ(self->was_on, system_value("latency_ns") != 0);
	EXPECT_EQ(0, system_value("disputed"));
}

/* As GO(), and read what was measured before and after. */
#define GO_TIMED() do {							\
	latency_of(self->s.pid, &self->then);				\
	self->ns = now_ns();						\
	GO();								\
	self->ns = now_ns() - self->ns;					\
	ASSERT_TRUE(latency_of(self->s.pid, &self->now));		\
} while (0)

#define TIMED(kind, what)						\
	(self->now.of[PAGESTAT_KIND_##kind].what -			\
	 self->then.of[PAGESTAT_KIND_##kind].what)

/* So many faults of a kind, whose sum and maximum are less than what all took. */
#define EXPECT_TIMED(kind, nr_minor, nr_major) do {			\
	EXPECT_EQ(nr_minor, TIMED(kind, minor));			\
	EXPECT_EQ(nr_major, TIMED(kind, major));			\
	EXPECT_EQ((nr_minor) + (nr_major), TIMED(kind, count));		\
	EXPECT_LT(0, TIMED(kind, sum_ns));				\
	EXPECT_GT(self->ns, TIMED(kind, sum_ns));			\
	EXPECT_GT(self->ns, self->now.of[PAGESTAT_KIND_##kind].max_ns);	\
} while (0)

static char *mem;

static void kinds(void)
{
	const int fd = cached_file(2 * PAGES);
	char *shared, *private;

	warm_up();
	mem = memory(PAGES);
	private = mmap(NULL, PAGES * page_size(), PROT_READ | PROT_WRITE,
		       MAP_PRIVATE, fd, 0);
	shared = mmap(NULL, PAGES * page_size(), PROT_READ | PROT_WRITE,
		      MAP_SHARED, fd, PAGES * page_size());
	step();
	read_pages(mem, PAGES);
	step();
	write_pages(mem, PAGES);
	step();
	read_pages(private, PAGES);
	step();
	write_pages(private, PAGES);
	step();
	write_pages(shared, PAGES);
	step();
}

TEST_F(latency, kinds_are_told_apart)
{
	START(kinds);
	GO_TIMED();
	EXPECT_TIMED(anon, PAGES, 0);
	EXPECT_COUNTED({ PAGESTAT_minor, PAGES }, { PAGESTAT_zeromap, PAGES }, END);
	GO_TIMED();
	EXPECT_TIMED(anon, PAGES, 0);
	EXPECT_COUNTED({ PAGESTAT_minor, PAGES }, { PAGESTAT_zerofill, PAGES }, END);
	GO_TIMED();
	/* A fault maps the pages around it, too. */
	EXPECT_LE(PAGES / around(), FAULTS());
	EXPECT_TIMED(file, FAULTS(), 0);
	EXPECT_COUNTED({ PAGESTAT_minor, FAULTS() }, { PAGESTAT_filemap, FAULTS() }, END);
	GO_TIMED();
	EXPECT_TIMED(cow, PAGES, 0);
	EXPECT_COUNTED({ PAGESTAT_minor, PAGES }, { PAGESTAT_cow, PAGES },
		       { PAGESTAT_cow_file, PAGES }, END);
	GO_TIMED();
	EXPECT_TIMED(shared, PAGES, 0);
	EXPECT_COUNTED({ PAGESTAT_minor, PAGES }, { PAGESTAT_filemap, PAGES }, END);
}

TEST_F(latency, copies_after_fork)
{
	START(child_writes);
	GO_TIMED();
	EXPECT_TIMED(cow, PAGES, 0);
}

TEST_F(latency, pages_from_swap)
{
	START(read_back);
	GO_TIMED();
	EXPECT_TIMED(swapin_io, 0, PAGES);
}

/* The numbers of each row agree with each other. */
TEST_F(latency, buckets_hold_what_the_sums_say)
{
	struct latency *k;
	uint64_t least, most;
	int kind, i;

	START(kinds);
	GO_TIMED();
	for (kind = 0; kind < PAGESTAT_NR_KINDS; kind++) {
		k = &self->now.of[kind];
		least = 0;
		most = 0;
		for (i = 0; i < PAGESTAT_BUCKETS; i++) {
			const uint64_t from = i ? (uint64_t)PAGESTAT_BUCKET_NS << (i - 1) : 0;

			least += k->bucket[i] * from;
			most += k->bucket[i] * ((uint64_t)PAGESTAT_BUCKET_NS << i);
			if (k->bucket[i])
				EXPECT_LE(from, k->max_ns);
		}
		EXPECT_EQ(k->minor + k->major, k->count);
		EXPECT_LE(least, k->sum_ns);
		EXPECT_GE(most, k->sum_ns);
		EXPECT_LE(k->max_ns, k->sum_ns);
	}
}

static int uffd;
static char *source;
static pthread_t server;

/* In another thread: serve one fault, after WAIT_NS. */
static void *serve_late(void *unused)
{
	const struct timespec wait = { .tv_nsec = WAIT_NS };
	struct uffdio_copy copy = { .src = (unsigned long)source, .len = page_size() };
	struct uffd_msg msg;

	(void)unused;
	if (read(uffd, &msg, sizeof(msg)) != sizeof(msg))
		_exit(1);
	nanosleep(&wait, NULL);
	copy.dst = msg.arg.pagefault.address & -page_size();
	if (ioctl(uffd, UFFDIO_COPY, &copy))
		_exit(1);
	return NULL;
}

static void hand_over(void)
{
	struct uffdio_api api = { .api = UFFD_API };
	struct uffdio_register reg = { .mode = UFFDIO_REGISTER_MODE_MISSING };

	mem = memory(1);
	source = memory(1);
	write_pages(source, 1);
	uffd = syscall(SYS_userfaultfd, O_CLOEXEC);
	reg.range.start = (unsigned long)mem;
	reg.range.len = page_size();
	if (uffd < 0 || ioctl(uffd, UFFDIO_API, &api) ||
	    ioctl(uffd, UFFDIO_REGISTER, &reg) ||
	    pthread_create(&server, NULL, serve_late, NULL))
		_exit(1);
	warm_up();
}

static void wait_for_server(void)
{
	hand_over();
	step();
	write_pages(mem, 1);
	pthread_join(server, NULL);
	step();
}

/* In the kernel, which has the mmap lock at the first try: the second is a major fault. */
static void wait_in_the_kernel(void)
{
	int fd = open("/dev/zero", O_RDONLY);

	hand_over();
	step();
	if (read(fd, mem, 1) != 1)
		_exit(1);
	pthread_join(server, NULL);
	step();
}

/* A fault that is tried again is one fault, and its wait is part of it. */
TEST_F(latency, a_fault_lasts_from_its_first_try)
{
	START(wait_for_server);
	GO_TIMED();
	EXPECT_EQ(1, GREW(uffd));
	EXPECT_EQ(1, GREW(retry));
	EXPECT_EQ(1, TIMED(other, count));
	EXPECT_LE(WAIT_NS, self->now.of[PAGESTAT_KIND_other].max_ns);
	EXPECT_GT(self->ns, self->now.of[PAGESTAT_KIND_other].max_ns);
}

TEST_F(latency, a_second_try_is_major)
{
	START(wait_in_the_kernel);
	GO_TIMED();
	EXPECT_EQ(1, GREW(uffd));
	EXPECT_EQ(1, GREW(retry));
	EXPECT_EQ(1, TIMED(other, major));
	EXPECT_EQ(0, TIMED(other, minor));
	EXPECT_LE(WAIT_NS, self->now.of[PAGESTAT_KIND_other].max_ns);
}

static void *touch_and_end(void *unused)
{
	(void)unused;
	write_pages(mem, PAGES);
	return NULL;
}

static void thread_touches(void)
{
	pthread_t thread;

	mem = memory(PAGES);
	warm_up();
	step();
	if (pthread_create(&thread, NULL, touch_and_end, NULL))
		_exit(1);
	pthread_join(thread, NULL);
	step();
}

TEST_F(latency, a_thread_that_ended_is_part_of_its_process)
{
	START(thread_touches);
	GO_TIMED();
	EXPECT_LE(PAGES, TIMED(anon, minor));
	EXPECT_EQ(0, differences(&self->before, &self->after, (struct expected[]){
		{ PAGESTAT_minor, GREW(minor) }, { PAGESTAT_zerofill, GREW(zerofill) },
		{ PAGESTAT_zeromap, GREW(zeromap) }, { PAGESTAT_filemap, GREW(filemap) },
		{ PAGESTAT_cow, GREW(cow) }, { PAGESTAT_cow_anon, GREW(cow_anon) },
		{ PAGESTAT_cow_file, GREW(cow_file) }, { PAGESTAT_reuse, GREW(reuse) },
		{ PAGESTAT_kernel, GREW(kernel) }, END }));
}

TEST_F(latency, processes_that_ended_are_in_one_row)
{
	uint64_t minor, major, before;

	latency_faults(0, &minor, &major);
	before = minor + major;
	START(kinds);
	GO_TIMED();
	latency_faults(self->s.pid, &minor, &major);
	EXPECT_LE(PAGES, minor);
	subject_end(&self->s);
	EXPECT_FALSE(latency_of(self->s.pid, &self->now));
	latency_faults(0, &minor, &major);
	EXPECT_LE(before + PAGES, minor + major);
}

TEST_F(latency, off_there_is_nothing_and_on_again_it_begins_anew)
{
	START(kinds);
	GO_TIMED();
	EXPECT_TIMED(anon, PAGES, 0);
	ASSERT_TRUE(latency_set(false));
	EXPECT_FALSE(latency_of(self->s.pid, &self->now));
	EXPECT_FALSE(latency_of(0, &self->now));
	ASSERT_TRUE(latency_set(true));
	EXPECT_FALSE(latency_of(self->s.pid, &self->now));
	GO_TIMED();
	EXPECT_TIMED(anon, PAGES, 0);
}

TEST_F(latency, a_reset_begins_anew)
{
	START(kinds);
	GO_TIMED();
	EXPECT_TIMED(anon, PAGES, 0);
	ASSERT_TRUE(kernel_set(DEBUGFS "reset", "1", NULL, 0));
	EXPECT_FALSE(latency_of(self->s.pid, &self->now));
	GO_TIMED();
	EXPECT_EQ(PAGES, self->now.of[PAGESTAT_KIND_anon].count);
}

TEST_F(latency, garbage_is_refused)
{
	const char *path = "/sys/module/pagestat/parameters/latency";

	EXPECT_FALSE(kernel_set(path, "maybe", NULL, 0));
	EXPECT_FALSE(kernel_set(path, "2", NULL, 0));
	EXPECT_TRUE(latency_on());
}

static struct {
	atomic_bool stop;
	atomic_ulong rounds;
} *state;	/* shared with the subject */

static void fault_until_stopped(void)
{
	char *own = memory(PAGES);

	do {
		write_pages(own, PAGES);
		madvise(own, PAGES * page_size(), MADV_DONTNEED);
		atomic_fetch_add(&state->rounds, 1);
	} while (!state->stop);
}

static void two_fault_until_stopped(void)
{
	race_init(fault_until_stopped);
	warm_up();
	race();
	step();
	race();
	step();
}

/*
 * The return probe is attached and removed; the other hooks are called all the time.
 * On a debug kernel that takes longer.
 */
TEST_F_TIMEOUT(latency, turning_it_on_and_off_loses_nothing, 300)
{
	unsigned long rounds;
	pid_t pid;
	int i;

	state = mmap(NULL, sizeof(*state), PROT_READ | PROT_WRITE,
		    MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	ASSERT_NE(MAP_FAILED, state);
	state->stop = true;
	START(two_fault_until_stopped);
	state->stop = false;
	rounds = state->rounds;
	pid = fork();
	ASSERT_LE(0, pid);
	if (!pid) {
		for (i = 0; i < TURNS; i++)
			latency_set(i % 2);
		state->stop = true;
		_exit(0);
	}
	GO();
	waitpid(pid, NULL, 0);
	EXPECT_EQ(FAULTS(), (state->rounds - rounds) * PAGES);
	EXPECT_EQ(FAULTS(), GREW(minor));
	EXPECT_EQ(FAULTS(), GREW(zerofill));
	EXPECT_EQ(0, GREW(other) + GREW(retry) + GREW(error));
}

TEST_HARNESS_MAIN
