// SPDX-License-Identifier: GPL-2.0
/*
 * test_device.c - pages that a device has taken into its memory are brought back by a fault
 * that maps none of its own; the device is programs/device
 */
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "driver.h"
#include "watch.h"

#define DEVICE_TAKE_HUGE	_IO('d', 1)
#define DEVICE_TAKE		_IO('d', 2)

#define HUGE_PAGES	3UL
#define TAKEN		251UL	/* a prime */

static char *mem;

/* The device takes so many pages, each @size bytes; then each is read. */
static void taken_and_read(unsigned long cmd, size_t pages, size_t size)
{
	int device = driver_open("device");
	size_t i;

	/* One more, first: so that all code of this is mapped. */
	must(ioctl(device, cmd, mem + pages * size));
	read_pages(mem + pages * size, 1);
	warm_up();
	for (i = 0; i < pages; i++)
		must(ioctl(device, cmd, mem + i * size));
	step();
	for (i = 0; i < pages; i++)
		read_pages(mem + i * size, 1);
	step();
}

static void small_pages(void)
{
	mem = memory(TAKEN + 1);
	write_pages(mem, TAKEN + 1);
	taken_and_read(DEVICE_TAKE, TAKEN, page_size());
}

static void huge_pages(void)
{
	const size_t len = (HUGE_PAGES + 1) * huge_size();
	char *start = memory((len + huge_size()) / page_size());

	mem = start + (-(unsigned long)start & (huge_size() - 1));
	prctl(PR_SET_THP_DISABLE, 0, 0, 0, 0);
	must(madvise(mem, len, MADV_HUGEPAGE));
	write_pages(mem, len / page_size());
	taken_and_read(DEVICE_TAKE_HUGE, HUGE_PAGES, huge_size());
}

/* The device is not asked under the lock of the vma: each call is tried again. */
static void brought_back(struct __test_metadata *_metadata, void *fixture,
			 void (*run)(void), uint64_t pages)
{
	__auto_type self = (FIXTURE_DATA(watch) *)fixture;

	if (!driver_load("device"))
		SKIP(return, "no huge pages in a device's memory in this kernel");
	START(run);
	GO();
	EXPECT_COUNTED({ PAGESTAT_minor, pages }, { PAGESTAT_other, pages },
		       { PAGESTAT_retry, pages }, END);
	subject_end(&self->s);
	must(!driver_unload("device"));
}

TEST_F(watch, small_pages_come_back_from_a_device)
{
	brought_back(_metadata, self, small_pages, TAKEN);
}

TEST_F(watch, huge_pages_come_back_from_a_device)
{
	brought_back(_metadata, self, huge_pages, HUGE_PAGES);
}

TEST_HARNESS_MAIN
