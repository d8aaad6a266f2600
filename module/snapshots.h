/* SPDX-License-Identifier: GPL-2.0 */
/* snapshots.h - all live processes or threads at one time, as rows */
#ifndef PAGESTAT_SNAPSHOTS_H
#define PAGESTAT_SNAPSHOTS_H

#include <linux/sched.h>
#include <linux/types.h>

#include "histograms.h"

struct pagestat_row;

/* What the rows are of: the first two have a row a process. */
enum pagestat_rows_of { ROWS_OF_PROCESSES, ROWS_OF_CHILDREN, ROWS_OF_THREADS };

/**
 * struct pagestat_latency_row - a row of "latency"
 */
struct pagestat_latency_row {
	pid_t pid;
	u64 start_ns;
	enum pagestat_kind kind;
	struct pagestat_histogram histogram;
	char comm[TASK_COMM_LEN];
};

struct pagestat_row *pagestat_snapshot(enum pagestat_rows_of of, size_t *count);
struct pagestat_latency_row *pagestat_latency_snapshot(size_t *count);

#endif /* PAGESTAT_SNAPSHOTS_H */
