// SPDX-License-Identifier: GPL-2.0
/*
 * The positions of the samples in a recording, to read them in any order
 */
#include <stdlib.h>

#include "base/errors.h"
#include "recording/index.h"

/**
 * recording_index_make() - read a recording to its end, and note where the samples are
 * @index: to be freed with recording_index_free() in any case
 */
int recording_index_make(struct recording_index *index, struct recording *recording)
{
	struct bytes body = { 0 };
	size_t room = 0;
	int rc;

	*index = (struct recording_index){ 0 };
	for (;;) {
		uint8_t type;
		void *more;
		bool end;

		rc = recording_find(recording, &type, &body, &end);
		if (rc || end)
			break;
		if (index->nr == room) {
			room = 2 * room + 64;
			more = reallocarray(index->sample, room, sizeof(*index->sample));
			if (!more) {
				rc = fail_memory();
				break;
			}
			index->sample = more;
		}
		index->sample[index->nr].at = recording->at - RECORDING_HEAD - body.len;
		index->sample[index->nr].end = recording->at;
		index->sample[index->nr++].key = type == RECORDING_KEY;
	}
	bytes_free(&body);
	return rc;
}

/**
 * recording_index_go() - have recording_next() read a certain sample
 * @n: the sample
 *
 * Reading starts at the key sample before, unless @recording is between the two.
 */
int recording_index_go(const struct recording_index *index, struct recording *recording, size_t n)
{
	size_t from = n;
	bool end = false;
	int rc = EXIT_DONE;

	while (from && !index->sample[from].key)
		from--;
	if (recording->at > index->sample[n].at || recording->at < index->sample[from].at)
		recording->at = index->sample[from].at;
	while (!rc && !end && recording->at < index->sample[n].at)
		rc = recording_next(recording, NULL, &end);
	return rc;
}

/**
 * recording_index_free() - free the index, if any
 */
void recording_index_free(struct recording_index *index)
{
	free(index->sample);
	*index = (struct recording_index){ 0 };
}
