// SPDX-License-Identifier: GPL-2.0
/* test_touch.c - how memory is accessed, and calls of handle_mm_fault() that fail */
#include <fcntl.h>
#include <linux/futex.h>
#include <linux/perf_event.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "watch.h"
#include "workloads.h"

static char *mem;

/* The machine code of a function that returns. */
#ifdef __aarch64__
static const uint32_t ret = 0xd65f03c0;
#else
static const uint8_t ret = 0xc3;
#endif

static void executed(void)
{
	size_t i, size = page_size();
	int fd = memfd_create("code", 0);

	warm_up();
	if (ftruncate(fd, PAGES * size))
		_exit(1);
	for (i = 0; i < PAGES; i++)
		if (pwrite(fd, &ret, sizeof(ret), i * size) != sizeof(ret))
			_exit(1);
	mem = mmap(NULL, PAGES * size, PROT_READ | PROT_EXEC, MAP_PRIVATE, fd, 0);
	if (mem == MAP_FAILED)
		_exit(1);
	step();
	for (i = 0; i < PAGES; i++)
		((void (*)(void))(mem + i * size))();
	step();
}

TEST_F(watch, executing_is_told_apart)
{
	START(executed);
	GO();
	EXPECT_GE(FAULTS(), PAGES / around());
	EXPECT_COUNTED({ PAGESTAT_minor, FAULTS() }, { PAGESTAT_filemap, FAULTS() },
		       { PAGESTAT_exec, FAULTS() }, { PAGESTAT_read, 0 },
		       { PAGESTAT_write, 0 }, END);
}

/* The kernel writes to the memory: copy_to_user(). */
static void read_into(void)
{
	int fd = open("/dev/zero", O_RDONLY);

	warm_up();
	mem = memory(PAGES);
	step();
	if (read(fd, mem, PAGES * page_size()) != (ssize_t)(PAGES * page_size()))
		_exit(1);
	step();
}

TEST_F(watch, faults_in_the_kernel_are_the_process_s)
{
	START(read_into);
	GO();
	EXPECT_COUNTED({ PAGESTAT_minor, PAGES }, { PAGESTAT_zerofill, PAGES },
		       { PAGESTAT_write, PAGES }, { PAGESTAT_kernel, PAGES },
		       { PAGESTAT_read, 0 }, { PAGESTAT_exec, 0 }, END);
}

/* A mapping of an empty file: every touch is a SIGBUS. */
static void map_nothing(void)
{
	mem = mmap(NULL, PAGES * page_size(), PROT_READ, MAP_SHARED,
		   memfd_create("empty", 0), 0);
	must(mem == MAP_FAILED);
}

static void beyond_the_end(void)
{
	size_t i;

	map_nothing();
	read_and_fail(mem);
	warm_up();
	write_pages(memory(1), 1);	/* after the next fault, the last one is counted */
	step();
	for (i = 0; i < PAGES; i++)
		read_and_fail(mem + i * page_size());
	read_pages(memory(1), 1);
	step();
}

TEST_F(watch, failed_calls_are_errors_and_no_faults)
{
	START(beyond_the_end);
	GO();
	EXPECT_COUNTED({ PAGESTAT_error, PAGES }, { PAGESTAT_minor, 1 },
		       { PAGESTAT_zeromap, 1 }, END);
}

/* The kernel reads a word that cannot be read. */
static void kernel_read_and_fail(const char *at)
{
	must(!syscall(SYS_futex, at, FUTEX_WAIT_PRIVATE, 1, NULL));
}

/* The process reads each page twice, then the kernel does. */
static void fail_and_fail_again(void)
{
	size_t i;

	map_nothing();
	read_and_fail(mem);
	kernel_read_and_fail(mem);
	warm_up();
	write_pages(memory(1), 1);
	step();
	for (i = 0; i < PAGES; i++) {
		read_and_fail(mem + i * page_size());
		read_and_fail(mem + i * page_size());
		kernel_read_and_fail(mem + i * page_size());
	}
	read_pages(memory(1), 1);
	step();
}

/* The address is that of the call before, but it is no second try of it. */
TEST_F(watch, calls_that_fail_at_one_address_are_no_retries)
{
	START(fail_and_fail_again);
	GO();
	EXPECT_COUNTED({ PAGESTAT_error, 3 * PAGES }, { PAGESTAT_minor, 1 },
		       { PAGESTAT_zeromap, 1 }, END);
}

#define GROWN	101UL
/* Pages: the kernel keeps 256 free below a stack (stack_guard_gap). */
#define GAP	272UL

/* After each fault that fails, one on a stack that grows by a page. */
static void fails_then_grows(void)
{
	const size_t size = (GAP + GROWN + 2) * page_size();
	char *top;
	size_t i;

	map_nothing();
	warm_up();
	/* From here on nothing else may be mapped: the kernel would put it there. */
	top = mmap(NULL, size, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	must(top == MAP_FAILED || munmap(top, size));
	top += size - page_size();
	must(mmap(top, page_size(), PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS |
		  MAP_GROWSDOWN | MAP_FIXED, -1, 0) != top);
	write_pages(top, 1);
	for (i = 0; i <= GROWN; i++) {
		read_and_fail(mem + i * page_size());
		write_pages(top - (i + 1) * page_size(), 1);
		if (!i)
			step();
	}
	step();
}

/*
 * Such a fault has no lock of the vma, as the vma is not yet there; the one before had it.
 * So has the second try of a fault: but that has the same address.
 */
TEST_F(watch, a_failed_call_is_no_first_try_of_the_next)
{
	START(fails_then_grows);
	GO();
	EXPECT_COUNTED({ PAGESTAT_error, GROWN }, { PAGESTAT_minor, GROWN },
		       { PAGESTAT_zerofill, GROWN }, END);
}

#define BUFFER_PAGES 9UL	/* a power of 2, and one */

/* Pages of a driver, mapped as it is asked for each. */
static void perf_buffer(void)
{
	struct perf_event_attr attr = {
		.type = PERF_TYPE_SOFTWARE, .size = sizeof(attr),
		.config = PERF_COUNT_SW_DUMMY, .sample_period = 1,
	};
	int fd = syscall(SYS_perf_event_open, &attr, 0, -1, -1, 0);

	must(fd < 0);
	mem = mmap(NULL, BUFFER_PAGES * page_size(), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	must(mem == MAP_FAILED);
	warm_up();
	step();
	read_pages(mem, BUFFER_PAGES);
	step();
}

TEST_F(watch, pages_of_a_driver_are_no_page_cache)
{
	START(perf_buffer);
	GO();
	/* Later kernels map all pages at once, in mmap(). */
	EXPECT_TRUE(FAULTS() == BUFFER_PAGES || (kernel_since(6, 13) && !FAULTS()));
	/* The driver's handler is not called under the lock of the vma. */
	EXPECT_COUNTED({ PAGESTAT_minor, FAULTS() }, { PAGESTAT_other, FAULTS() },
		       { PAGESTAT_mapped, FAULTS() },
		       { PAGESTAT_retry, kernel_since(6, 12) ? FAULTS() : 0 }, END);
}

TEST_HARNESS_MAIN
