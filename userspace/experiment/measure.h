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
 * struct witness - a number of the kernel's that is no process's
 * @file: of lines of a key and a number
 * @key: which line
 */
struct witness {
	const char *file;
	const char *key;
};

#define WITNESSES_MAX	8

/**
 * struct outcome - the result of a measurement
 * @last: the last message of the worker
 * @has_record: the module has a row for it, and the rest is valid
 * @delta: counted by the module
 * @faults: counted by the kernel
 * @minflt: of these, minor
 * @majflt: of these, major
 * @totals: of the machine by the module, before and after
 * @grew: by how much the number of each witness grew; read before @totals and after
 * @grew_known: bit n is set if the kernel has that number
 */
struct outcome {
	struct worker_message last;
	bool has_record;
	struct process delta;
	uint64_t faults;
	uint64_t minflt;
	uint64_t majflt;
	struct system totals[2];
	uint64_t grew[WITNESSES_MAX];
	unsigned int grew_known;
};

int measure(struct outcome *o, struct worker *worker, struct reader *reader,
	    const struct witness *witnesses, size_t nr);
int measure_row(struct process *row, struct reader *reader, const char *file, pid_t pid,
		bool *found);
bool measure_stat(pid_t pid, uint64_t *minflt, uint64_t *majflt);

#endif /* PAGESTAT_EXPERIMENT_MEASURE_H */
