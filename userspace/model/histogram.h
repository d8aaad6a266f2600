/* SPDX-License-Identifier: GPL-2.0 */
/*
 * How long something took: counts by powers of two, and what follows from them
 */
#ifndef PAGESTAT_MODEL_HISTOGRAM_H
#define PAGESTAT_MODEL_HISTOGRAM_H

#include <stdbool.h>
#include <stdint.h>

#include "uapi/pagestat.h"

/**
 * struct histogram - as the file "latency" has it
 * @minor: minor faults
 * @major: major faults
 * @sum_ns: how long all of them took together
 * @max_ns: how long the longest took
 * @max_known: false: @max_ns is not that, but it did not take longer
 * @bucket: how many took how long
 */
struct histogram {
	uint64_t minor;
	uint64_t major;
	uint64_t sum_ns;
	uint64_t max_ns;
	bool max_known;
	uint64_t bucket[PAGESTAT_BUCKETS];
};

uint64_t histogram_bucket_from(unsigned int bucket);
uint64_t histogram_bucket_below(unsigned int bucket);

uint64_t histogram_count(const struct histogram *h);
void histogram_add(struct histogram *sum, const struct histogram *h);
bool histogram_subtract(struct histogram *h, const struct histogram *before);
void histogram_limit_max(struct histogram *h);
uint64_t histogram_percentile(const struct histogram *h, unsigned int percent);

#define BAR_MAX		40
unsigned int histogram_bar_length(uint64_t count, uint64_t largest);

#endif /* PAGESTAT_MODEL_HISTOGRAM_H */
