/* SPDX-License-Identifier: GPL-2.0 */
/* snapshots.h - all live processes or threads at one time, as rows */
#ifndef PAGESTAT_SNAPSHOTS_H
#define PAGESTAT_SNAPSHOTS_H

#include <linux/sched.h>
#include <linux/types.h>

#include "histograms.h"

struct pagestat_buffer;

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

int pagestat_snapshot(enum pagestat_rows_of of, struct pagestat_buffer *buffer);
int pagestat_latency_snapshot(struct pagestat_buffer *buffer);

#endif /* PAGESTAT_SNAPSHOTS_H */
