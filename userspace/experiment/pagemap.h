/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What became of pages, by the page table in /proc/self/pagemap
 */
#ifndef PAGESTAT_EXPERIMENT_PAGEMAP_H
#define PAGESTAT_EXPERIMENT_PAGEMAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/**
 * enum seen - changes of a page between two readings
 * @SEEN_NOTHING: the page table does not show it
 * @SEEN_COUNTED: likewise, and the work counts it
 * @SEEN_ANON: was not present, or of a file, and is anonymous now
 * @SEEN_ZERO: was not present, and is the shared zero page now
 * @SEEN_FILE: was not present, and is of a file now
 * @SEEN_MOVED: is in another frame now
 * @SEEN_KEPT: is in the same frame
 * @SEEN_SWAPPED: was present, and is in swap now
 * @SEEN_BACK: was in swap, and is present now
 */
enum seen {
	SEEN_NOTHING,
	SEEN_COUNTED,
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
bool pagemap_merged(const char *start, size_t pages, size_t *merged);
bool pagemap_count(enum seen what, const uint64_t *before, const uint64_t *after,
		   size_t pages, uint64_t *count);

#endif /* PAGESTAT_EXPERIMENT_PAGEMAP_H */
