/* SPDX-License-Identifier: GPL-2.0 */
/*
 * How long faults take: pagestat latency
 */
#ifndef PAGESTAT_LATENCY_LATENCY_H
#define PAGESTAT_LATENCY_LATENCY_H

#include "base/clock.h"
#include "model/latencies.h"
#include "model/query.h"
#include "report/form.h"

/* pagestat latency on, off, status; TURN_NOT: measure. */
enum turn { TURN_NOT, TURN_ON, TURN_OFF, TURN_STATUS };

/**
 * struct latency_request - what pagestat latency was asked
 * @turn: TURN_NOT, or what to do instead of measuring
 * @period: how often, how many times
 * @query: of which processes
 * @form: how to print
 */
struct latency_request {
	enum turn turn;
	struct period period;
	struct query query;
	struct form form;
};

/**
 * struct moment - what the module had measured at one moment
 * @ns: when, by clock_boot_ns()
 * @latencies: how long faults took, since latency was turned on
 * @system: the totals
 * @unfollowed: faults that the return probe missed, since the module was loaded
 * @unfollowed_known: whether that is known
 * @shared: the return probe has one list of instances for all processors
 */
struct moment {
	uint64_t ns;
	struct latencies latencies;
	struct system system;
	uint64_t unfollowed;
	bool unfollowed_known;
	bool shared;
};

int latency_report(const struct latency_request *request, const struct reader *reader,
		   const struct moment *before, const struct moment *now,
		   struct latencies *rows);

#endif /* PAGESTAT_LATENCY_LATENCY_H */
