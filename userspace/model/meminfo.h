/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Memory, swap and memory pressure of the machine, from /proc
 */
#ifndef PAGESTAT_MODEL_MEMINFO_H
#define PAGESTAT_MODEL_MEMINFO_H

#include <stdbool.h>
#include <stdint.h>

/**
 * struct meminfo - from /proc/pressure/memory and /proc/meminfo
 * @some: share of the last 10, 60, 300 s in which some tasks waited for memory
 * @full: likewise all tasks; both are "-" if the kernel does not measure it
 * @available: memory in KiB, as are the others
 */
struct meminfo {
	char some[40];
	char full[40];
	uint64_t available;
	uint64_t total;
	uint64_t swap_free;
	uint64_t swap_total;
};

void meminfo_read(struct meminfo *info);
uint64_t meminfo_vmstat(const char *name, bool *known);
bool meminfo_has_swap(void);

#endif /* PAGESTAT_MODEL_MEMINFO_H */
