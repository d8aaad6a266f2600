// SPDX-License-Identifier: GPL-2.0
/*
 * test_race.c - threads that fault while others change the same address space
 *
 * Since 6.4 a fault is tried first under the lock of its vma.  If the vma is being
 * changed, or has to be, it is tried again under the mmap lock: the first call of
 * handle_mm_fault() has no outcome, and must not be counted as a fault.
 */
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "kernel.h"
#include "tracing.h"
#include "watch.h"

#define FAULTERS 4
#define MANY	8	/* in one test */
#define MAPPERS	2
#define ALL	(FAULTERS * PAGES)
#define CONTENTION TRACING "events/lock/contention_begin/"
/* Fewer than PAGES: emulated processors wait long for the mmap lock. */
#define FRESH	251UL
#define ALL_FRESH (FAULTERS * FRESH)

static char *mem[MANY];
static int faulters = FAULTERS;
static void (*touch_pages)(char *, size_t);
static atomic_int ready, on, done;

/* Change the address space beside the memory that the others touch. */
static void map_and_unmap(void)
{
	char *p = memory(3);

	mprotect(p + page_size(), page_size(), PROT_READ);
	munmap(p, 3 * page_size());
}

static void read_them(char *start, size_t pages)
{
	read_pages(start, pages);
}

static void wait_for_start(void)
{
	char *own = memory(1);

	write_pages(own, 1);
	read_pages(own, 1);
	map_and_unmap();
	atomic_fetch_add(&ready, 1);
	while (!atomic_load(&on))
		sched_yield();
}

static void *faulter(void *start)
{
	wait_for_start();
	touch_pages(start, PAGES);
	atomic_fetch_add(&done, 1);
	for (;;)
		pause();
	return NULL;
}

static void *mapper(void *unused)
{
	(void)unused;
	wait_for_start();
	while (atomic_load(&done) < faulters)
		map_and_unmap();
	atomic_fetch_add(&done, 1);
	for (;;)
		pause();
	return NULL;
}

/* Start all threads; between two steps, each calls @touch_pages on its @mem. */
static void run_all(void)
{
	pthread_t thread;
	int i;

	warm_up();
	for (i = 0; i < faulters; i++)
		pthread_create(&thread, NULL, faulter, mem[i]);
	for (i = 0; i < MAPPERS; i++)
		pthread_create(&thread, NULL, mapper, NULL);
	while (atomic_load(&ready) < faulters + MAPPERS)
		sched_yield();
	step();
	atomic_store(&on, 1);
	while (atomic_load(&done) < faulters + MAPPERS)
		sched_yield();
	step();
}

static void first_touch(void)
{
	int i;

	for (i = 0; i < faulters; i++)
		mem[i] = memory(PAGES);
	touch_pages = write_pages;
	run_all();
}

/* Without locks of vmas, no fault here is tried again. */
#define EXPECT_RETRIES_BOUNDED(all) do {				\
	TH_LOG("%lu faults, %lu retries", GREW(minor) + GREW(major), GREW(retry)); \
	EXPECT_LE(GREW(retry), kernel_since(6, 4) ? all : 0UL);		\
} while (0)

TEST_F(watch, first_touch_while_others_map)
{
	START(first_touch);
	GO();
	EXPECT_RETRIES_BOUNDED(ALL);
	EXPECT_COUNTED({ PAGESTAT_minor, ALL }, { PAGESTAT_zerofill, ALL },
		       { PAGESTAT_retry, GREW(retry) }, END);
}

static void many_first_touch(void)
{
	faulters = MANY;
	first_touch();
}

/* Read the names of the module's functions, as the stacks in the trace have them. */
static size_t functions(char names[][64], size_t most)
{
	FILE *symbols = fopen("/proc/kallsyms", "r");
	char line[256];
	size_t nr = 0;

	while (symbols && nr < most && fgets(line, sizeof(line), symbols))
		if (strstr(line, "[pagestat]"))
			nr += sscanf(line, "%*s %*1[tT] %63s", names[nr]) == 1;
	if (symbols)
		fclose(symbols);
	return nr;
}

/* Whether a function is one of @names. */
static bool is_one_of(const char *name, char names[][64], size_t nr)
{
	size_t i;

	for (i = 0; i < nr; i++)
		if (!strcmp(name, names[i]))
			return true;
	return false;
}

/*
 * How often a lock was waited for, and how often by a function of @names in a fault: in
 * a stack, the module's function comes before the fault's.  Readers may wait.
 */
static void waits(int *all, int *ours, char names[][64], size_t nr)
{
	FILE *trace = fopen(TRACING "trace", "r");
	char line[256], name[64];
	bool seen = false;

	*all = 0;
	*ours = 0;
	while (trace && fgets(line, sizeof(line), trace)) {
		if (strstr(line, "contention_begin:")) {
			++*all;
			seen = false;
		}
		if (sscanf(line, " => %63s", name) != 1)
			continue;
		if (is_one_of(name, names, nr)) {
			printf("# called by %s\n", name);
			seen = true;
		}
		if (seen && (strstr(name, "page_fault") || strstr(name, "addr_fault"))) {
			++*ours;
			seen = false;
		}
	}
	if (trace)
		fclose(trace);
}

/* Mappers wait for the kernel's locks, which shows that the trace has waits. */
TEST_F(watch, faults_wait_for_no_lock_of_ours)
{
	static char names[1000][64];
	const size_t nr = functions(names, 1000);
	int all, ours;

	if (access(CONTENTION "enable", F_OK))
		SKIP(return, "no trace event of locks: before 5.19");
	/* Set by check.sh: such a VM may crash when the kernel changes its code. */
	if (getenv("UNPATCHED"))
		SKIP(return, "the kernel must not change its code in this VM");
	START(many_first_touch);
	ASSERT_TRUE(tracing_clear());
	ASSERT_TRUE(kernel_set(CONTENTION "trigger", "stacktrace", NULL, 0));
	ASSERT_TRUE(kernel_set(CONTENTION "enable", "1", NULL, 0));
	GO();
	EXPECT_TRUE(kernel_set(CONTENTION "enable", "0", NULL, 0));
	EXPECT_TRUE(kernel_set(CONTENTION "trigger", "!stacktrace", NULL, 0));
	EXPECT_COUNTED({ PAGESTAT_minor, MANY * PAGES },
		       { PAGESTAT_zerofill, MANY * PAGES },
		       { PAGESTAT_retry, GREW(retry) }, END);
	waits(&all, &ours, names, nr);
	TH_LOG("%d waits for a lock, %d of them by %zu functions", all, ours, nr);
	EXPECT_LT(100, nr);
	EXPECT_LT(0, all);
	EXPECT_EQ(0, ours);
}

static void back_from_swap(void)
{
	int i;

	for (i = 0; i < FAULTERS; i++) {
		mem[i] = memory(PAGES);
		write_pages(mem[i], PAGES);
		page_out(mem[i], PAGES);
	}
	touch_pages = read_them;
	run_all();
}

TEST_F(watch, swap_in_while_others_map)
{
	START(back_from_swap);
	GO();
	EXPECT_RETRIES_BOUNDED(ALL);
	EXPECT_EQ(ALL, GREW(minor) + GREW(major));
	EXPECT_EQ(ALL, GREW(swapin_io) + GREW(swapin_cache));
	EXPECT_COUNTED({ PAGESTAT_minor, GREW(minor) },
		       { PAGESTAT_major, GREW(major) },
		       { PAGESTAT_swapin, ALL },
		       { PAGESTAT_swapin_io, GREW(swapin_io) },
		       { PAGESTAT_swapin_cache, GREW(swapin_cache) },
		       { PAGESTAT_refault, GREW(refault) },
		       { PAGESTAT_retry, GREW(retry) }, END);
}

static int fd;

static void map_file(void)
{
	char *file;
	int i;

	fd = cached_file(FAULTERS * PAGES);
	file = mmap(NULL, FAULTERS * PAGES * page_size(), PROT_READ | PROT_WRITE,
		    MAP_PRIVATE, fd, 0);
	for (i = 0; i < FAULTERS; i++)
		mem[i] = file + i * PAGES * page_size();
	touch_pages = write_pages;
	run_all();
}

TEST_F(watch, private_file_while_others_map)
{
	START(map_file);
	GO();
	EXPECT_RETRIES_BOUNDED(ALL);
	EXPECT_COUNTED({ PAGESTAT_minor, ALL }, { PAGESTAT_cow, ALL },
		       { PAGESTAT_cow_file, ALL },
		       { PAGESTAT_retry, GREW(retry) }, END);
}

/* A new mapping for each page: without an anon_vma, which a copy has to allocate. */
static void in_fresh_mappings(char *start, size_t unused)
{
	size_t i;

	(void)unused;
	for (i = 0; i < FRESH; i++) {
		char *p = mmap(NULL, page_size(), PROT_READ | PROT_WRITE,
			       MAP_PRIVATE, fd, 0);

		*(volatile char *)p = *start;
		munmap(p, page_size());
	}
}

static void map_each(void)
{
	int i;

	fd = cached_file(1);
	for (i = 0; i < FAULTERS; i++) {
		mem[i] = memory(1);
		write_pages(mem[i], 1);
	}
	touch_pages = in_fresh_mappings;
	run_all();
}

TEST_F(watch, fresh_mappings_while_others_map)
{
	START(map_each);
	GO();
	EXPECT_RETRIES_BOUNDED(ALL_FRESH);
	EXPECT_COUNTED({ PAGESTAT_minor, ALL_FRESH }, { PAGESTAT_cow, ALL_FRESH },
		       { PAGESTAT_cow_file, ALL_FRESH },
		       { PAGESTAT_retry, GREW(retry) }, END);
}

TEST_HARNESS_MAIN
