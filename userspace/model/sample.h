/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Samples of all rows, and the differences between two samples
 */
#ifndef PAGESTAT_MODEL_SAMPLE_H
#define PAGESTAT_MODEL_SAMPLE_H

#include "model/snapshot.h"

/**
 * struct sampling - what is to be read
 * @file: of rows: "processes", "children", "threads", "exited"
 * @exited: also "exited", if the module has it
 * @users: look up the users' names
 * @cgroups: look up the control groups
 */
struct sampling {
	const char *file;
	bool exited;
	bool users;
	bool cgroups;
};

/**
 * struct sample - all rows at one moment
 * @begin_ns: CLOCK_BOOTTIME before the first file was opened
 * @end_ns: CLOCK_BOOTTIME after the last one was read
 * @wall_ns: CLOCK_REALTIME then
 * @processes: the file of rows
 * @exited: empty if not read
 */
struct sample {
	uint64_t begin_ns;
	uint64_t end_ns;
	uint64_t wall_ns;
	struct snapshot processes;
	struct snapshot exited;
	struct system system;
};

int sample_take(struct sample *sample, struct reader *reader,
		const struct sampling *what);
void sample_free(struct sample *sample);

bool sample_was_reset(const struct sample *before, const struct sample *now);
bool process_delta(struct process *delta, const struct process *before,
		   const struct process *now);
int sample_interval(struct process **rows, size_t *nr, const struct sample *before,
		    const struct sample *now);

#endif /* PAGESTAT_MODEL_SAMPLE_H */
