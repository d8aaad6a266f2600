/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Count what a worker does, by the module and by the kernel
 */
#ifndef PAGESTAT_EXPERIMENT_MEASURE_H
#define PAGESTAT_EXPERIMENT_MEASURE_H

#include "experiment/worker.h"
#include "model/reader.h"
#include "model/snapshot.h"

/**
 * struct outcome - the result of a measurement
 * @last: the last message of the worker
 * @has_record: the module has a row for it, and the rest is valid
 * @delta: counted by the module
 * @faults: counted by the kernel
 * @minflt: of these, minor
 * @majflt: of these, major
 * @totals: of the machine by the module, before and after
 * @pgreuse: of the machine by the kernel; read before @totals and after
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
