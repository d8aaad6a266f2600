// SPDX-License-Identifier: GPL-2.0
/*
 * How the totals grew in the last minute
 */
#include "base/sums.h"
#include "top/history.h"

#define SECOND	UINT64_C(1000000000)
#define RATE_MAX	1e18	/* fits into uint64_t */
#define FIRST_TOTAL	(NR_SYSTEM - PAGESTAT_NR)

/**
 * history_add() - add the growth between two samples
 * @h: the history
 * @before: the totals of the earlier sample
 * @now: the totals of the later sample
 * @ns: the time between them; short times are collected in one point of a second
 */
void history_add(struct history *h, const struct system *before,
		 const struct system *now, uint64_t ns)
{
	if (!h->nr || h->point[h->newest].ns >= SECOND - SECOND / 10) {
		h->newest = (h->newest + 1) % HISTORY_SECONDS;
		h->nr += h->nr < HISTORY_SECONDS;
		h->point[h->newest].ns = 0;
		for (size_t i = 0; i < PAGESTAT_NR; i++)
			h->point[h->newest].count[i] = 0;
	}
	h->point[h->newest].ns += ns;
	for (size_t i = 0; i < PAGESTAT_NR; i++)
		if (now->value[FIRST_TOTAL + i] > before->value[FIRST_TOTAL + i])
			sum_add(&h->point[h->newest].count[i], now->value[FIRST_TOTAL + i] -
				before->value[FIRST_TOTAL + i]);
}

/* How much a counter grew in the second that ended @ago seconds ago; 0 if unknown. */
uint64_t history_rate(const struct history *h, enum column_id column, unsigned int ago)
{
	uint64_t at = ago * SECOND + SECOND / 2;
	double rate;

	for (size_t i = 0; i < h->nr; i++) {
		size_t n = (h->newest + HISTORY_SECONDS - i) % HISTORY_SECONDS;

		if (at >= h->point[n].ns) {
			at -= h->point[n].ns;
			continue;
		}
		rate = (double)h->point[n].count[column - FIRST_COUNTER] * 1e9 /
		       (double)h->point[n].ns;
		return rate < RATE_MAX ? (uint64_t)rate : (uint64_t)RATE_MAX;
	}
	return 0;
}
