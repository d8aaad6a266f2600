/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A recording being written
 */
#ifndef PAGESTAT_RECORD_WRITE_H
#define PAGESTAT_RECORD_WRITE_H

#include <zlib.h>

#include "model/sample.h"
#include "recording/table.h"

/**
 * struct recorder - a recording being written
 * @path: of the file
 * @fd: of the file
 * @size: bytes in it, all of whole records
 * @samples: of these
 * @key_size: size of the last sample that stands by itself
 * @since_key: of all that came after it
 * @stream: compresses
 * @table: of the last sample, and of the one being written
 * @clock: of the last sample: wall, begin, end
 */
struct recorder {
	const char *path;
	int fd;
	uint64_t size;
	uint64_t samples;
	uint64_t key_size;
	uint64_t since_key;
	z_stream stream;
	struct record_table table[2][NR_TABLES];
	uint64_t clock[3];
};

int recorder_open(struct recorder *recorder, const char *path);
int recorder_begin(struct recorder *recorder, const struct sampling *what,
		   const struct sample *first, uint64_t abi, uint64_t interval_ns);
int recorder_add(struct recorder *recorder, const struct sample *sample);
int recorder_close(struct recorder *recorder);

#endif /* PAGESTAT_RECORD_WRITE_H */
