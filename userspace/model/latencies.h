/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The rows of the file "latency"
 */
#ifndef PAGESTAT_MODEL_LATENCIES_H
#define PAGESTAT_MODEL_LATENCIES_H

#include "model/histogram.h"
#include "model/snapshot.h"

/**
 * struct latency - one row
 * @pid: 0 for all ended processes
 * @start_ns: birth of the process
 * @kind: enum pagestat_kind
 * @comm: any bytes but NUL; valid as long as the rows
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
 * @tsv: owns the names
 * @row: owned
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
