/* SPDX-License-Identifier: GPL-2.0 */
/* latency.h - measure how long faults take, and read how long they took */
#ifndef SELFTESTS_LATENCY_H
#define SELFTESTS_LATENCY_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "uapi/pagestat.h"

/* The row of one kind; @count is the sum of its buckets. */
struct latency {
	uint64_t minor;
	uint64_t major;
	uint64_t sum_ns;
	uint64_t max_ns;
	uint64_t count;
	uint64_t bucket[PAGESTAT_BUCKETS];
};

struct latencies {
	int rows;
	struct latency of[PAGESTAT_NR_KINDS];
};

/* Whether latency is measured; start or stop measuring it. */
bool latency_on(void);
bool latency_set(bool on);

/* Read the rows of a process, with 0 those of all that ended; false if none. */
bool latency_of(pid_t pid, struct latencies *l);

/* How many faults of a process have been measured. */
void latency_faults(pid_t pid, uint64_t *minor, uint64_t *major);

#endif /* SELFTESTS_LATENCY_H */
