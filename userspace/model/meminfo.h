/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Memory, swap and memory pressure of the machine, from /proc
 */
#ifndef PAGESTAT_MODEL_MEMINFO_H
#define PAGESTAT_MODEL_MEMINFO_H

#include <stdbool.h>
#include <stdint.h>

#define MEMINFO_VMSTAT	"/proc/vmstat"

enum meminfo_id {
	MEMINFO_TOTAL, MEMINFO_AVAILABLE, MEMINFO_SWAP_TOTAL, MEMINFO_SWAP_FREE, NR_MEMINFO
};

/**
 * struct meminfo - from /proc/pressure/memory and /proc/meminfo
 * @some: share of the last 10, 60, 300 s in which some tasks waited for memory
 * @full: likewise all tasks; both are "-" if the kernel does not measure it
 * @value: amounts in KiB, by enum meminfo_id
 * @known: bit n is set if value[n] is known
 */
struct meminfo {
	char some[40];
	char full[40];
	uint64_t value[NR_MEMINFO];
	unsigned int known;
};

void meminfo_read(struct meminfo *info);
uint64_t meminfo_line(const char *path, const char *name, bool *known);
bool meminfo_has_swap(void);

#endif /* PAGESTAT_MODEL_MEMINFO_H */
