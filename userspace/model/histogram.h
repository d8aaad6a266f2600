/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A histogram of times in buckets of powers of two
 */
#ifndef PAGESTAT_MODEL_HISTOGRAM_H
#define PAGESTAT_MODEL_HISTOGRAM_H

#include <stdbool.h>
#include <stdint.h>

#include "uapi/pagestat.h"

/**
 * struct histogram - a row of the file "latency"
 * @sum_ns: of all its times
 * @max_ns: the longest time
 * @max_known: false if @max_ns is an upper bound only
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
