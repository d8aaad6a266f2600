/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Clocks, deadlines, and times as text
 */
#ifndef PAGESTAT_BASE_CLOCK_H
#define PAGESTAT_BASE_CLOCK_H

#include <stdint.h>

/**
 * struct period - how often something is done
 * @interval_ns: between two times; 0 for once
 * @count: how many intervals
 */
struct period {
	uint64_t interval_ns;
	uint64_t count;
};

uint64_t clock_boot_ns(void);
uint64_t clock_wall_ns(void);
uint64_t clock_deadline_after(uint64_t deadline_ns, uint64_t interval_ns, uint64_t now);

#define STAMP_MAX	32
const char *clock_stamp(char stamp[STAMP_MAX], uint64_t wall_ns);

#define DURATION_MAX	24
const char *clock_duration(char text[DURATION_MAX], uint64_t ns);

#endif /* PAGESTAT_BASE_CLOCK_H */
