// SPDX-License-Identifier: GPL-2.0
/*
 * Small pieces of work with a known number of faults
 *
 * All of this runs in a worker, see worker.c.
 */
#include <fcntl.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

#include "experiment/worker.h"
#include "experiment/workload.h"

#ifndef MADV_PAGEOUT
#define MADV_PAGEOUT 21
#endif

#define PAGEOUT_TRIES	20

static void map(struct area *area, int flags, int fd)
{
	size_t size = area->pages * page_size();

	area->start = mmap(NULL, size, PROT_READ | PROT_WRITE, flags, fd, 0);
	if (area->start == MAP_FAILED)
		worker_give_up("mmap");
	/* One fault is one page, even if huge pages are enabled. */
	madvise(area->start, size, MADV_NOHUGEPAGE);
}

/* Writes only: a read before would be a fault of its own on some machines. */
static void write_pages(const struct area *area)
{
	for (size_t i = 0; i < area->pages; i++)
		*(volatile char *)(area->start + i * page_size()) = 1;
}

static void read_pages(const struct area *area)
{
	for (size_t i = 0; i < area->pages; i++)
		(void)*(volatile char *)(area->start + i * page_size());
}

static void untouched(struct area *area)
{
	map(area, MAP_PRIVATE | MAP_ANONYMOUS, -1);
}

static void has_been_read(struct area *area)
{
	untouched(area);
	read_pages(area);
}

static void has_been_written(struct area *area)
{
	untouched(area);
	write_pages(area);
}

/* A file in the page cache only, so no major faults. */
static void map_file(struct area *area, int flags)
{
	int fd = memfd_create("pagestat check", MFD_CLOEXEC);
	char byte = 1;

	if (fd < 0)
		worker_give_up("memfd_create");
	for (size_t i = 0; i < area->pages; i++)
		if (pwrite(fd, &byte, 1, (off_t)(i * page_size())) != 1)
			worker_give_up("memfd");
	if (ftruncate(fd, (off_t)(area->pages * page_size())))
		worker_give_up("memfd");
	map(area, flags, fd);
	close(fd);
}

static void private_file(struct area *area)
{
	map_file(area, MAP_PRIVATE);
}

static void private_file_read(struct area *area)
{
	private_file(area);
	read_pages(area);
}

static void shared_file(struct area *area)
{
	map_file(area, MAP_SHARED);
}

/**
 * workload_page_out() - in a worker: send pages to swap
 *
 * A page that is in the batch of another CPU, or referenced just now, stays: try again.  The
 * page table says how many went.
 */
void workload_page_out(const struct area *area)
{
	const struct timespec pause = { .tv_nsec = 10000000 };

	for (int i = 0; i < PAGEOUT_TRIES; i++) {
		if (madvise(area->start, area->pages * page_size(), MADV_PAGEOUT))
			worker_give_up("MADV_PAGEOUT");
		if (pagemap_swapped(area->start, area->pages) == area->pages)
			break;
		nanosleep(&pause, NULL);
	}
}

static void in_swap(struct area *area)
{
	has_been_written(area);
	workload_page_out(area);
}

/* The kernel writes, in read(). */
static void read_into(const struct area *area)
{
	size_t size = area->pages * page_size();
	int fd = open("/dev/zero", O_RDONLY | O_CLOEXEC);

	if (fd < 0 || read(fd, area->start, size) != (ssize_t)size)
		worker_give_up("/dev/zero");
	close(fd);
}

const struct workload workloads[] = {
	{ .name = "first touch", .counter = COL_zerofill, .seen = SEEN_ANON,
	  .prepare = untouched, .act = write_pages, .faults = true },
	{ .name = "read of untouched memory", .counter = COL_zeromap, .seen = SEEN_ZERO,
	  .prepare = untouched, .act = read_pages, .faults = true },
	{ .name = "zero page, written", .counter = COL_zerofill, .seen = SEEN_MOVED,
	  .prepare = has_been_read, .act = write_pages, .faults = true },
	{ .name = "written by read(2)", .counter = COL_kernel, .seen = SEEN_ANON,
	  .prepare = untouched, .act = read_into, .faults = true },
	{ .name = "fork, child writes", .counter = COL_cow_anon, .seen = SEEN_MOVED,
	  .role = ROLE_CHILD, .prepare = has_been_written, .act = write_pages,
	  .faults = true },
	{ .name = "fork, parent writes", .counter = COL_cow_anon, .seen = SEEN_MOVED,
	  .role = ROLE_PARENT, .prepare = has_been_written, .act = write_pages,
	  .faults = true },
	{ .name = "child gone, parent writes", .counter = COL_reuse, .seen = SEEN_KEPT,
	  .role = ROLE_PARENT_ALONE, .prepare = has_been_written, .act = write_pages,
	  .faults = true },
	{ .name = "two threads write at once", .counter = COL_cow_anon, .seen = SEEN_MOVED,
	  .role = ROLE_CHILD, .prepare = has_been_written, .act = write_pages,
	  .race = true },
	{ .name = "private file, written", .counter = COL_cow_file, .seen = SEEN_ANON,
	  .prepare = private_file, .act = write_pages, .faults = true },
	{ .name = "private file, read before", .counter = COL_cow_file, .seen = SEEN_ANON,
	  .prepare = private_file_read, .act = write_pages, .faults = true },
	{ .name = "shared file, written", .counter = COL_filemap, .seen = SEEN_FILE,
	  .prepare = shared_file, .act = write_pages, .faults = true },
	{ .name = "sent to swap", .counter = COL_swapout, .seen = SEEN_SWAPPED,
	  .prepare = has_been_written, .act = workload_page_out, .swap = true },
	{ .name = "brought back", .counter = COL_swapin, .seen = SEEN_BACK,
	  .prepare = in_swap, .act = read_pages, .faults = true, .swap = true },
};

const size_t nr_workloads = sizeof(workloads) / sizeof(*workloads);
