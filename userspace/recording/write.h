/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Write a recording
 */
#ifndef PAGESTAT_RECORDING_WRITE_H
#define PAGESTAT_RECORDING_WRITE_H

#include <zlib.h>

#include "model/sample.h"
#include "recording/table.h"

/**
 * struct recording_writer - a recording being written
 * @size: bytes in the file, all of complete records
 * @most: bytes of a record; less in tests
 * @most_plain: likewise, before it is compressed
 * @samples: in the file
 * @key_size: size of the last key sample
 * @since_key: size of all samples after it
 * @table: of the last sample, and of the one being written
 * @clock: of the last sample: wall, begin, end
 */
struct recording_writer {
	const char *path;
	int fd;
	uint64_t size;
	size_t most;
	size_t most_plain;
	uint64_t samples;
	uint64_t key_size;
	uint64_t since_key;
	z_stream stream;
	struct recording_table table[2][NR_TABLES];
	uint64_t clock[3];
};

int recording_writer_open(struct recording_writer *writer, const char *path);
int recording_writer_begin(struct recording_writer *writer, const struct sampling *what,
			   const struct sample *first, uint64_t abi, uint64_t interval_ns);
int recording_writer_add(struct recording_writer *writer, const struct sample *sample);
int recording_writer_close(struct recording_writer *writer);

#endif /* PAGESTAT_RECORDING_WRITE_H */
