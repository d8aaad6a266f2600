/* SPDX-License-Identifier: GPL-2.0 */
/*
 * How long faults take: pagestat latency
 */
#ifndef PAGESTAT_LATENCY_H
#define PAGESTAT_LATENCY_H

#include "cli/options.h"
#include "model/latencies.h"

/**
 * struct moment - what was measured by a moment
 * @ns: when, by now_ns()
 * @latencies: how long faults took, since the measuring began
 * @system: "system"
 * @unfollowed: faults that the return probe missed, since the module was loaded
 * @unfollowed_known: whether that is known
 * @shared: its instances are in one list for all processors
 */
struct moment {
	uint64_t ns;
	struct latencies latencies;
	struct system system;
	uint64_t unfollowed;
	bool unfollowed_known;
	bool shared;
};

int latency(struct options *options);
int latency_report(const struct options *options, const struct reader *reader,
		   const struct moment *before, const struct moment *now,
		   struct latencies *rows);

#endif /* PAGESTAT_LATENCY_H */
