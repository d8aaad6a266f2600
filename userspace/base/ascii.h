/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Letters and digits of ASCII, the same in every locale
 *
 * <ctype.h> goes by the locale: in Turkish, the capital of "i" is not "I".
 */
#ifndef PAGESTAT_BASE_ASCII_H
#define PAGESTAT_BASE_ASCII_H

#include <stdbool.h>
#include <stddef.h>

static inline bool ascii_is_digit(int c)
{
	return c >= '0' && c <= '9';
}

static inline bool ascii_is_letter(int c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static inline char ascii_upper(char c)
{
	return c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
}

static inline char ascii_lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/**
 * ascii_same() - are the first @len bytes of two texts the same, but for their case?
 */
static inline bool ascii_same(const char *a, const char *b, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (ascii_lower(a[i]) != ascii_lower(b[i]) || !a[i])
			return false;
	return true;
}

/**
 * ascii_contains() - is @part in a text, in any case?
 */
static inline bool ascii_contains(const char *text, const char *part)
{
	size_t len = 0;

	while (part[len])
		len++;
	do {
		if (ascii_same(text, part, len))
			return true;
	} while (*text++);
	return false;
}

#endif /* PAGESTAT_BASE_ASCII_H */
