// SPDX-License-Identifier: GPL-2.0
/*
 * Memory that a worker works on: mapped, touched, sent to swap
 *
 * All of this runs in a worker, see worker.c.
 */
#include <sys/mman.h>
#include <time.h>

#include "experiment/area.h"
#include "experiment/worker.h"

#ifndef MADV_PAGEOUT
#define MADV_PAGEOUT 21
#endif

#define PAGEOUT_TRIES	20

/**
 * area_map() - map memory of small pages
 * @area: gets its start
 * @flags: of mmap(2)
 * @fd: likewise
 */
void area_map(struct area *area, int flags, int fd)
{
	size_t size = area->pages * page_size();

	area->start = mmap(NULL, size, PROT_READ | PROT_WRITE, flags, fd, 0);
	if (area->start == MAP_FAILED)
		worker_give_up("mmap");
	/* One fault is one page, even if huge pages are enabled. */
	madvise(area->start, size, MADV_NOHUGEPAGE);
}

/**
 * area_untouched() - map anonymous memory
 */
void area_untouched(struct area *area)
{
	area_map(area, MAP_PRIVATE | MAP_ANONYMOUS, -1);
}

/**
 * area_written() - map anonymous memory, and write to all of it
 */
void area_written(struct area *area)
{
	area_untouched(area);
	area_write(area);
}

/**
 * area_write() - write to each page, or to the first of each stride
 *
 * Writes only: a read before would be a fault of its own on some machines.
 */
void area_write(const struct area *area)
{
	for (size_t i = 0; i < area->pages; i += area_stride(area))
		*(volatile char *)(area->start + i * page_size()) = 1;
}

/**
 * area_read() - read from each page, or from the first of each stride
 */
void area_read(const struct area *area)
{
	for (size_t i = 0; i < area->pages; i += area_stride(area))
		(void)*(volatile char *)(area->start + i * page_size());
}

/**
 * area_page_out() - send anonymous pages to swap
 *
 * A page that is in the batch of another CPU, or referenced just now, stays: try again.  The
 * page table says how many went.
 */
void area_page_out(const struct area *area)
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
