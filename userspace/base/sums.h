/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Sums of any counters: they stay at the largest number, and do not begin anew at 0
 */
#ifndef PAGESTAT_BASE_SUMS_H
#define PAGESTAT_BASE_SUMS_H

#include <stdbool.h>
#include <stdint.h>

void sum_add(uint64_t *sum, uint64_t n);
bool sums_too_large(void);

#define SUMS_TOO_LARGE	"a sum is too large: 18446744073709551615 stands for that or more"

#endif /* PAGESTAT_BASE_SUMS_H */
