/* SPDX-License-Identifier: GPL-2.0 */
/*
 * How short of memory the machine is, by the kernel's own account
 */
#ifndef PAGESTAT_MODEL_MEMINFO_H
#define PAGESTAT_MODEL_MEMINFO_H

#include <stdbool.h>
#include <stdint.h>

/**
 * struct meminfo - from /proc/pressure/memory and /proc/meminfo
 * @some: share of the time that some waited for memory: the last 10, 60, 300 s
 * @full: that all did; "-" where the kernel does not tell
 * @available: memory, in KiB, as are all below
 * @total: memory
 * @swap_free: swap
 * @swap_total: swap
 */
struct meminfo {
	char some[40];
	char full[40];
	uint64_t available;
	uint64_t total;
	uint64_t swap_free;
	uint64_t swap_total;
};

void meminfo_read(struct meminfo *memory);
uint64_t meminfo_vmstat(const char *name, bool *known);
bool meminfo_has_swap(void);

#endif /* PAGESTAT_MODEL_MEMINFO_H */
