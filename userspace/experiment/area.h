/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Memory that a worker works on
 */
#ifndef PAGESTAT_EXPERIMENT_AREA_H
#define PAGESTAT_EXPERIMENT_AREA_H

#include <stddef.h>
#include <sys/types.h>

#include "experiment/pagemap.h"

/**
 * struct area - the memory of a piece of work
 * @pages: base pages
 * @stride: of so many base pages, the first is touched; 0 is 1
 * @child: of the worker, which shares the memory; 0 if there is none
 * @spare: one page more, where the work needs one
 */
struct area {
	char *start;
	size_t pages;
	size_t stride;
	pid_t child;
	char *spare;
};

static inline size_t area_stride(const struct area *area)
{
	return area->stride ? area->stride : 1;
}

void area_map(struct area *area, int flags, int fd);
void area_untouched(struct area *area);
void area_written(struct area *area);
void area_write(const struct area *area);
void area_read(const struct area *area);
void area_page_out(const struct area *area);

#endif /* PAGESTAT_EXPERIMENT_AREA_H */
