/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Numbers as text, hundreds of thousands of them: printf() takes ten times as long
 */
#ifndef PAGESTAT_BASE_DIGITS_H
#define PAGESTAT_BASE_DIGITS_H

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

/**
 * digits_put() - a number in decimal, from left to right
 * @at: where it goes; there are DIGITS_MAX bytes of room
 * @value: the number
 *
 * Return: where it ends; no NUL is added.
 */
static inline char *digits_put(char *at, uint64_t value)
{
	char text[DIGITS_MAX], *begin;

	/* Most are. */
	if (value < 10) {
		*at = (char)('0' + value);
		return at + 1;
	}
	begin = digits(text + sizeof(text), value);
	while (begin < text + sizeof(text))
		*at++ = *begin++;
	return at;
}

#endif /* PAGESTAT_BASE_DIGITS_H */
