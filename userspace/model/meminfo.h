/* SPDX-License-Identifier: GPL-2.0 */
/*
 * How short of memory the machine is, by the kernel's own account
 */
#ifndef PAGESTAT_MEMORY_H
#define PAGESTAT_MEMORY_H

#include <stdint.h>

/**
 * struct memory - from /proc/pressure/memory and /proc/meminfo
 * @some: share of the time that some waited for memory: the last 10, 60, 300 s
 * @full: that all did; "-" where the kernel does not tell
 * @available: memory, in KiB, as are all below
 * @total: memory
 * @swap_free: swap
 * @swap_total: swap
 */
struct memory {
	char some[40];
	char full[40];
	uint64_t available;
	uint64_t total;
	uint64_t swap_free;
	uint64_t swap_total;
};

void memory_read(struct memory *memory);

#endif /* PAGESTAT_MEMORY_H */
