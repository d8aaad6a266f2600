/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Read a recording
 */
#ifndef PAGESTAT_RECORDING_READ_H
#define PAGESTAT_RECORDING_READ_H

#include <stdio.h>
#include <zlib.h>

#include "model/sample.h"
#include "recording/table.h"

/**
 * struct recording - a recording being read
 * @at: position of the next record
 * @samples: read so far
 * @damaged: there was damage, which was printed
 * @host: name of the machine, "?" if unknown
 * @kernel: its release, "?" if unknown
 * @threads: rows are threads
 * @column: the enum column_id of each column of the file, or -1
 * @system: the enum system_column of each column of the file, or -1
 * @text: the enum column_id of each text, or -1
 * @absent: a bit for every counter that the module had no column for
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
mode_t recording_hidden(const struct recording *recording);
void recording_close(struct recording *recording);

/* header.c */
int recording_header(struct recording *recording, char *text);

#endif /* PAGESTAT_RECORDING_READ_H */
