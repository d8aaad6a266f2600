/* SPDX-License-Identifier: GPL-2.0 */
/*
 * How the totals grew in the last minute
 */
#ifndef PAGESTAT_TOP_HISTORY_H
#define PAGESTAT_TOP_HISTORY_H

#include "model/snapshot.h"

#define HISTORY_SECONDS	60

/**
 * struct history - a ring of points, each the growth of all counters in some time
 * @point: the points
 * @newest: the last one written
 * @nr: how many there are
 */
struct history {
	struct {
		uint64_t ns;
		uint64_t count[PAGESTAT_NR];
	} point[HISTORY_SECONDS];
	size_t newest;
	size_t nr;
};

void history_add(struct history *h, const struct system *before,
		 const struct system *now, uint64_t ns);
uint64_t history_rate(const struct history *h, enum column_id column, unsigned int ago);

#endif /* PAGESTAT_TOP_HISTORY_H */
