/* SPDX-License-Identifier: GPL-2.0 */
/* buffer.h - the memory of snapshots, which is bounded */
#ifndef PAGESTAT_BUFFER_H
#define PAGESTAT_BUFFER_H

#include <linux/types.h>

/**
 * struct pagestat_buffer - rows of a snapshot
 * @rows: an array; NULL if there is none
 * @nr:   how many rows are in use
 * @room: how many there is room for
 * @size: of a row
 */
struct pagestat_buffer {
	void *rows;
	size_t nr;
	size_t room;
	size_t size;
};

int pagestat_buffer_alloc(struct pagestat_buffer *buffer, size_t room, size_t size);
void pagestat_buffer_free(struct pagestat_buffer *buffer);

#endif /* PAGESTAT_BUFFER_H */
