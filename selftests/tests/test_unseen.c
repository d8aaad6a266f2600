// SPDX-License-Identifier: GPL-2.0
/*
 * test_unseen.c - faults that no hook sees: all hooks are kprobes here, which debugfs can
 * switch off
 *
 * The kernel accounts them to the thread.  How they accessed memory, and what came of
 * them, nobody knows.
 */
#include <setjmp.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <unistd.h>

#include "driver.h"
#include "kernel.h"
#include "watch.h"

#define KPROBES	"/sys/kernel/debug/kprobes/enabled"

static char *mem;

static bool reload(const char *parameters)
{
	char command[128];

	snprintf(command, sizeof(command), "rmmod pagestat && insmod \"$PAGESTAT_KO\" %s",
		 parameters);
	return !system(command);
}

FIXTURE(unseen)
{
	struct subject s;
	struct counters before, after;
};

FIXTURE_SETUP(unseen)
{
	ASSERT_TRUE(reload("kprobes=1"));
}

FIXTURE_TEARDOWN(unseen)
{
	subject_end(&self->s);
	EXPECT_TRUE(kernel_set(KPROBES, "1", NULL, 0));
	EXPECT_TRUE(reload(""));
}

/* As GO(), with no hook. */
#define GO_UNSEEN() do {						       \
	ASSERT_TRUE(kernel_set(KPROBES, "0", NULL, 0));			       \
	GO();								       \
	ASSERT_TRUE(kernel_set(KPROBES, "1", NULL, 0));			       \
} while (0)

#define EXPECT_UNSEEN(faults) do {					       \
	EXPECT_EQ(faults, FAULTS());					       \
	EXPECT_EQ(faults, GREW(minor));					       \
	EXPECT_EQ(faults, GREW(other));					       \
	EXPECT_EQ(0UL, GREW(read) + GREW(write) + GREW(exec) + GREW(kernel));  \
	EXPECT_EQ(0UL, GREW(zerofill) + GREW(zeromap) + GREW(error));	       \
} while (0)

#define EXPECT_ONE_SEEN()						       \
	EXPECT_COUNTED({ PAGESTAT_minor, 1 }, { PAGESTAT_zerofill, 1 },	       \
		       { PAGESTAT_write, 1 }, { PAGESTAT_read, 0 },	       \
		       { PAGESTAT_exec, 0 }, END)

static void touch_three_times(void)
{
	warm_up();
	mem = memory(PAGES + 2);
	step();
	write_pages(mem, 1);
	step();
	write_pages(mem + page_size(), PAGES);
	step();
	write_pages(mem + (PAGES + 1) * page_size(), 1);
	step();
}

TEST_F(unseen, between_two_that_were_seen)
{
	START(touch_three_times);
	GO();
	EXPECT_ONE_SEEN();
	GO_UNSEEN();
	EXPECT_UNSEEN(PAGES);
	GO();
	EXPECT_ONE_SEEN();
}

TEST_F(unseen, before_the_first_that_is_seen)
{
	START(touch_three_times);
	/* From here on the subject has a record, and no fault that was seen. */
	ASSERT_TRUE(reload("kprobes=1"));
	GO_UNSEEN();
	EXPECT_UNSEEN(1UL);
	GO_UNSEEN();
	EXPECT_UNSEEN(PAGES);
	GO();
	EXPECT_ONE_SEEN();
}

/* Whoever has ended has no row, whether or not a hook has seen it. */
TEST_F(unseen, an_end)
{
	uint64_t processes, threads;

	START(touch_three_times);
	processes = system_value("processes");
	threads = system_value("threads");
	ASSERT_TRUE(kernel_set(KPROBES, "0", NULL, 0));
	subject_end(&self->s);
	ASSERT_TRUE(kernel_set(KPROBES, "1", NULL, 0));
	EXPECT_EQ(processes - 1, system_value("processes"));
	EXPECT_EQ(threads - 1, system_value("threads"));
	EXPECT_FALSE(counters_of("processes", self->s.pid, &self->after));
}

static sigjmp_buf back;

static void jump_back(int unused)
{
	(void)unused;
	siglongjmp(back, 1);
}

/*
 * The driver's fault handler reads beyond the end of a file: both faults fail.
 */
static void fails_within_a_fault(void)
{
	const int driver = driver_open("nest");
	static int i;
	char *device = mmap(NULL, page_size(), PROT_READ, MAP_SHARED, driver, 0);

	must(device == MAP_FAILED);
	mem = mmap(NULL, page_size(), PROT_READ, MAP_SHARED, memfd_create("empty", 0), 0);
	must(mem == MAP_FAILED || ioctl(driver, NEST_READ, mem));
	signal(SIGBUS, jump_back);
	mem = memory(PAGES + 3);
	warm_up();
	/* The first time, so that its code does not fault later. */
	for (i = 0; i < 2; i++) {
		if (!sigsetjmp(back, 1))
			read_pages(device, 1);
		write_pages(mem, 1);
		mem += page_size();
		step();
	}
	write_pages(mem, PAGES);
	step();
	write_pages(mem + PAGES * page_size(), 1);
	step();
}

TEST_F(unseen, after_two_that_failed_one_within_the_other)
{
	ASSERT_TRUE(driver_load("nest"));
	START(fails_within_a_fault);
	GO();
	EXPECT_EQ(1UL, GREW(minor));
	EXPECT_EQ(1UL, GREW(zerofill));
	/* Of two calls that fail, one within the other, one is counted. */
	EXPECT_EQ(1UL, GREW(error));
	EXPECT_EQ(1UL, GREW(write));
	EXPECT_EQ(0UL, GREW(other) + GREW(read) + GREW(kernel));
	GO_UNSEEN();
	EXPECT_UNSEEN(PAGES);
	GO();
	EXPECT_ONE_SEEN();
	subject_end(&self->s);
	EXPECT_TRUE(driver_unload("nest"));
}

TEST_HARNESS_MAIN
