/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What happened between two samples
 */
#ifndef PAGESTAT_INTERVAL_H
#define PAGESTAT_INTERVAL_H

#include "snapshot.h"

/**
 * struct sample - the state of things at one moment
 * @begin_ns: CLOCK_BOOTTIME before the first file was opened
 * @end_ns: CLOCK_BOOTTIME after the last one was read
 * @processes: "processes", or "children"
 * @system: "system"
 */
struct sample {
	uint64_t begin_ns;
	uint64_t end_ns;
	struct snapshot processes;
	struct system system;
};

int sample_take(struct sample *sample, struct reader *reader, const char *file);
void sample_free(struct sample *sample);

bool was_reset(const struct sample *before, const struct sample *now);
bool process_delta(struct process *delta, const struct process *before,
		   const struct process *now);
int interval_rows(struct process **rows, const struct sample *before,
		  const struct sample *now);

uint64_t now_ns(void);

#define STAMP_MAX	32
const char *time_stamp(char stamp[STAMP_MAX]);

#endif /* PAGESTAT_INTERVAL_H */
