/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A recording being read
 */
#ifndef PAGESTAT_RECORDING_READ_H
#define PAGESTAT_RECORDING_READ_H

#include <stdio.h>
#include <zlib.h>

#include "model/sample.h"
#include "recording/table.h"

/**
 * struct recording - a recording being read
 * @path: of the file
 * @in: the file
 * @at: where in it the next record begins
 * @samples: that were read
 * @damaged: something was wrong, and was said
 * @host: name of the machine, "?" if it is not in the file
 * @kernel: its release, likewise
 * @abi: the module's version of the interface
 * @threads: the rows are those of threads
 * @column: for each column of the file the enum column_id, or -1
 * @system: likewise the enum system_column
 * @text: likewise the enum column_id of a text
 * @absent: a bit for every counter that the module had no column for
 * @stream: what decompresses
 * @table: of the last sample
 * @clock: of the last sample: wall, begin, end
 */
struct recording {
	const char *path;
	FILE *in;
	uint64_t at;
	uint64_t samples;
	bool damaged;

	char host[65];
	char kernel[65];
	uint64_t abi;
	bool threads;
	int column[RECORDING_COLUMNS];
	int system[RECORDING_COLUMNS];
	int text[RECORDING_TEXTS];
	uint64_t absent;

	z_stream stream;
	struct recording_table table[NR_TABLES];
	uint64_t clock[3];
};

int recording_open(struct recording *recording, const char *path);
int recording_find(struct recording *recording, uint8_t *type, struct bytes *body, bool *end);
int recording_next(struct recording *recording, struct sample *sample, bool *end);
void recording_close(struct recording *recording);

/* record_header.c */
int recording_header(struct recording *recording, char *text);

#endif /* PAGESTAT_RECORDING_READ_H */
