/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Samples from the module, or from a recording
 */
#ifndef PAGESTAT_RECORDING_SOURCE_H
#define PAGESTAT_RECORDING_SOURCE_H

#include "model/sample.h"
#include "recording/read.h"

/* An interval that skips no sample: all are further apart. */
#define EVERY_SAMPLE	1

/**
 * struct source - the module, or a recording
 * @reader: of the module; of a recording, only its interface version is valid
 * @what: is sampled
 * @interval_ns: between two samples, at least
 * @deadline_ns: when the next is due, by CLOCK_BOOTTIME; 0 before the first
 * @last_ns: when the last was taken
 * @ended: SIGINT or SIGTERM came, and the last sample was taken then
 * @recording: NULL for the module; owned
 */
struct source {
	struct reader *reader;
	struct sampling what;
	uint64_t interval_ns;
	uint64_t deadline_ns;
	uint64_t last_ns;
	bool ended;
	struct recording *recording;
};

void source_live(struct source *source, struct reader *reader,
		 const struct sampling *what, uint64_t interval_ns);
int source_recorded(struct source *source, struct reader *reader, const char *path,
		    const struct sampling *what, uint64_t interval_ns);
int source_since(const char *path, const char *since, uint64_t *boot_ns);
int source_next(struct source *source, struct sample *sample, bool *end);
int source_check_end(const struct source *source);
int source_close(struct source *source);

#endif /* PAGESTAT_RECORDING_SOURCE_H */
