/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The file "latency" as histograms
 */
#ifndef PAGESTAT_MODEL_LATENCIES_H
#define PAGESTAT_MODEL_LATENCIES_H

#include "model/histogram.h"
#include "model/snapshot.h"

/**
 * struct latency - one row
 * @pid: process, 0 for all that have ended
 * @start_ns: its birth
 * @kind: enum pagestat_kind
 * @histogram: how long its faults of that kind took
 * @comm: any bytes but NUL; lives as long as the rows
 */
struct latency {
	uint64_t pid;
	uint64_t start_ns;
	unsigned int kind;
	struct histogram histogram;
	const char *comm;
};

/**
 * struct latencies - all rows, ordered by process and kind
 * @tsv: what the names point into
 * @row: the rows; owned
 * @nr: how many
 */
struct latencies {
	struct tsv tsv;
	struct latency *row;
	size_t nr;
};

extern const char *const latency_kind_names[PAGESTAT_NR_KINDS];
extern const char *const latency_kind_texts[PAGESTAT_NR_KINDS];

int latencies_read(struct latencies *latencies, struct reader *reader);
void latencies_free(struct latencies *latencies);
int latencies_since(struct latencies *delta, const struct latencies *before,
		    const struct latencies *now);

#endif /* PAGESTAT_MODEL_LATENCIES_H */
