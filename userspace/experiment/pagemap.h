/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the kernel shows of a process's page table
 */
#ifndef PAGESTAT_EXPERIMENT_PAGEMAP_H
#define PAGESTAT_EXPERIMENT_PAGEMAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/**
 * enum seen - what can become of a page between two looks
 * @SEEN_ANON: it was not there, or one of a file, and is an anonymous one now
 * @SEEN_ZERO: it was not there, and is the shared zero page now
 * @SEEN_FILE: it was not there, and is one of a file now
 * @SEEN_MOVED: it is in other memory now
 * @SEEN_KEPT: it is in the same memory still
 * @SEEN_SWAPPED: it was there, and is in swap now
 * @SEEN_BACK: it was in swap, and is there now
 */
enum seen {
	SEEN_ANON,
	SEEN_ZERO,
	SEEN_FILE,
	SEEN_MOVED,
	SEEN_KEPT,
	SEEN_SWAPPED,
	SEEN_BACK,
};

size_t page_size(void);
bool pagemap_read(const char *start, size_t pages, uint64_t *entry);
size_t pagemap_swapped(const char *start, size_t pages);
bool pagemap_count(enum seen what, const uint64_t *before, const uint64_t *after,
		   size_t pages, uint64_t *count);

#endif /* PAGESTAT_EXPERIMENT_PAGEMAP_H */
