/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Where in a recording its samples are
 */
#ifndef PAGESTAT_RECORD_INDEX_H
#define PAGESTAT_RECORD_INDEX_H

#include "recording/read.h"

/**
 * struct record_index - where in a recording its samples are
 * @sample: for each where it begins and ends, and whether it stands by itself; owned
 * @nr: how many
 */
struct record_index {
	struct {
		uint64_t at;
		uint64_t end;
		bool key;
	} *sample;
	size_t nr;
};

int record_index_make(struct record_index *index, struct recording *recording);
int record_index_go(const struct record_index *index, struct recording *recording, size_t n);
void record_index_free(struct record_index *index);

#endif /* PAGESTAT_RECORD_INDEX_H */
