// SPDX-License-Identifier: GPL-2.0
/*
 * Sums of any counters: they stay at the largest number, and do not begin anew at 0
 */
#include "base/sums.h"

static bool too_large;

/**
 * sum_add() - add to a sum
 */
void sum_add(uint64_t *sum, uint64_t n)
{
	if (!__builtin_add_overflow(*sum, n, sum))
		return;
	*sum = UINT64_MAX;
	too_large = true;
}

/**
 * sums_too_large() - was a sum too large since this was asked for the last time?
 */
bool sums_too_large(void)
{
	bool was = too_large;

	too_large = false;
	return was;
}
