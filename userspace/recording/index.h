/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The positions of the samples in a recording
 */
#ifndef PAGESTAT_RECORDING_INDEX_H
#define PAGESTAT_RECORDING_INDEX_H

#include "recording/read.h"

/**
 * struct recording_index - the positions of the samples
 * @sample: where each begins and ends, and whether it is a key sample; owned
 */
struct recording_index {
	struct {
		uint64_t at;
		uint64_t end;
		bool key;
	} *sample;
	size_t nr;
};

int recording_index_make(struct recording_index *index, struct recording *recording);
int recording_index_go(const struct recording_index *index, struct recording *recording, size_t n);
void recording_index_free(struct recording_index *index);

#endif /* PAGESTAT_RECORDING_INDEX_H */
