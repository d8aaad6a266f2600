/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What is counted while a worker works, by us and by the kernel
 */
#ifndef PAGESTAT_EXPERIMENT_MEASURE_H
#define PAGESTAT_EXPERIMENT_MEASURE_H

#include "experiment/worker.h"
#include "model/reader.h"
#include "model/snapshot.h"

/**
 * struct outcome - what happened while a worker worked
 * @last: what it said last
 * @has_record: the module has a row for it, and the rest is known
 * @delta: by us
 * @faults: by the kernel
 * @minflt: of these, minor
 * @majflt: and major
 * @totals: of the machine, before and after, by us
 * @pgreuse: of the machine, by the kernel; read before @totals and after
 * @pgreuse_known: the kernel counts it
 */
struct outcome {
	struct worker_message last;
	bool has_record;
	struct process delta;
	uint64_t faults;
	uint64_t minflt;
	uint64_t majflt;
	struct system totals[2];
	uint64_t pgreuse;
	bool pgreuse_known;
};

int measure(struct outcome *o, struct worker *worker, struct reader *reader);
int measure_row(struct process *row, struct reader *reader, const char *file, pid_t pid,
		bool *found);
bool measure_stat(pid_t pid, uint64_t *minflt, uint64_t *majflt);

#endif /* PAGESTAT_EXPERIMENT_MEASURE_H */
