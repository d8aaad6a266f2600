/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Numbers as text, hundreds of thousands of them: printf() takes ten times as long
 */
#ifndef PAGESTAT_DIGITS_H
#define PAGESTAT_DIGITS_H

#include <stdint.h>

#define DIGITS_MAX	20	/* of a uint64_t */

/**
 * digits() - a number in decimal
 * @end: its last digit goes before it; there are DIGITS_MAX bytes of room
 * @value: the number
 *
 * Return: where it begins; no NUL is added.
 */
static inline char *digits(char *end, uint64_t value)
{
	do {
		*--end = (char)('0' + value % 10);
		value /= 10;
	} while (value);
	return end;
}

#endif /* PAGESTAT_DIGITS_H */
