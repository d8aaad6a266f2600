// SPDX-License-Identifier: GPL-2.0
/*
 * buffer.c - the memory of snapshots, which is bounded
 *
 * A snapshot lives as long as its file is open, and anybody who may read the files can
 * open them as often as he likes.  So snapshots are charged to the reader's control
 * group, and all of them together are at most a part of the machine's memory.
 */
#include <linux/atomic.h>
#include <linux/minmax.h>
#include <linux/mm.h>
#include <linux/overflow.h>
#include <linux/slab.h>

#include "buffer.h"

#define BUFFERS_PART	32		/* of the machine's memory */
#define BUFFERS_LEAST	(64UL << 20)	/* on small machines */

static atomic_long_t buffers_size;

static size_t buffer_size(const struct pagestat_buffer *buffer)
{
	return array_size(buffer->room, buffer->size);
}

/**
 * pagestat_buffer_alloc() - allocate room for rows
 * @buffer: set up; whatever rows it had are freed
 * @room:   how many rows
 * @size:   of a row
 *
 * One snapshot may always be taken, however large the machine's load.
 *
 * Context: process context; sleeps.
 * Return: 0; -ENOMEM; -ENOBUFS if all snapshots together would be too large.
 */
int pagestat_buffer_alloc(struct pagestat_buffer *buffer, size_t room, size_t size)
{
	long most = max(BUFFERS_LEAST, totalram_pages() / BUFFERS_PART * PAGE_SIZE);
	long bytes;

	pagestat_buffer_free(buffer);
	*buffer = (struct pagestat_buffer){ .room = room, .size = size };
	bytes = buffer_size(buffer);
	if (atomic_long_add_return(bytes, &buffers_size) > max(most, bytes)) {
		atomic_long_sub(bytes, &buffers_size);
		return -ENOBUFS;
	}
	buffer->rows = kvmalloc_array(room, size, GFP_KERNEL_ACCOUNT);
	if (buffer->rows)
		return 0;
	atomic_long_sub(bytes, &buffers_size);
	return -ENOMEM;
}

/**
 * pagestat_buffer_free() - free the rows
 * @buffer: allocated, or all zero; has none then
 *
 * Context: process context; sleeps.
 */
void pagestat_buffer_free(struct pagestat_buffer *buffer)
{
	if (!buffer->rows)
		return;
	kvfree(buffer->rows);
	atomic_long_sub(buffer_size(buffer), &buffers_size);
	buffer->rows = NULL;
}
