// SPDX-License-Identifier: GPL-2.0
/*
 * The size of a workload
 */
#include "check/workload.h"

size_t workload_seen;

/**
 * workload_stride() - of how many pages the first one is touched
 */
size_t workload_stride(const struct workload *w)
{
	size_t stride = w->stride ? w->stride() : 1;

	return stride ? stride : 1;
}

/**
 * workload_pages() - how many pages a workload is done on
 */
size_t workload_pages(const struct workload *w)
{
	size_t stride = workload_stride(w);

	if (!w->stride)
		return w->pages ? w->pages : WORK_PAGES;
	return stride * 2 <= WORK_PAGES_MAX / 4 ? stride * 2 : stride;
}
