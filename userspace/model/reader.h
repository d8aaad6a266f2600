/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The files of the module
 */
#ifndef PAGESTAT_MODEL_READER_H
#define PAGESTAT_MODEL_READER_H

#include <limits.h>
#include <stdbool.h>

#include "model/tsv.h"

/**
 * struct reader - where the module publishes
 * @dir: the directory
 * @path: of the file that was read last, for messages
 * @abi: the number in "version"
 */
struct reader {
	char dir[PATH_MAX];
	char path[PATH_MAX + NAME_MAX];
	uint64_t abi;
};

int reader_open(struct reader *reader);
bool reader_has(const struct reader *reader, const char *file);
int reader_read(struct reader *reader, const char *file, struct tsv *tsv);

#endif /* PAGESTAT_MODEL_READER_H */
