// SPDX-License-Identifier: GPL-2.0
/*
 * Texts of processes, made safe to show, and numbers read from texts
 *
 * A comm is any bytes but NUL: it may hold escape sequences, half a UTF-8
 * character, quotes.  The module escapes tabs and newlines; control characters are
 * escaped here for terminals, and in json.c for JSON.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#include "base/text.h"

static bool is_octal(char c)
{
	return c >= '0' && c <= '7';
}

/**
 * text_decode() - undo the module's octal escapes, in place
 *
 * What is no escape, or would be a NUL, stays as it is.
 */
void text_decode(char *text)
{
	char *to = text;

	while (*text) {
		if (text[0] == '\\' && text[1] >= '0' && text[1] <= '3' &&
		    is_octal(text[2]) && is_octal(text[3]) &&
		    memcmp(text + 1, "000", 3) != 0) {
			*to++ = (char)((text[1] - '0') << 6 |
				       (text[2] - '0') << 3 | (text[3] - '0'));
			text += 4;
		} else {
			*to++ = *text++;
		}
	}
	*to = '\0';
}

/**
 * text_is_control() - is a character not safe to show?
 * @character: its code point
 *
 * These are the control characters, C1 too, those that change the direction of the text
 * after them, even of numbers in the same row, and line separators.
 */
bool text_is_control(uint32_t character)
{
	return character < ' ' || (character >= 0x7f && character < 0xa0) ||
	       character == 0x61c || character == 0x200e || character == 0x200f ||
	       (character >= 0x2028 && character <= 0x202e) ||
	       (character >= 0x2066 && character <= 0x2069);
}

/**
 * text_printable() - escape what a terminal cannot show
 * @to: gets the text, NUL-terminated, cut off at @size
 * @bytes: any bytes
 *
 * Bytes that are no printable character of the locale, and backslashes, become ``\ooo``, as
 * in the module's files.
 */
void text_printable(char *to, size_t size, const char *bytes)
{
	size_t left = strlen(bytes), len = 0;
	mbstate_t state = { 0 };

	while (left) {
		size_t n;
		wchar_t wc;

		/* Fast path for ASCII, without the locale. */
		if (*bytes >= ' ' && *bytes <= '~' && *bytes != '\\' && len + 1 < size) {
			to[len++] = *bytes++;
			left--;
			continue;
		}
		n = mbrtowc(&wc, bytes, left, &state);
		if (n != (size_t)-1 && n != (size_t)-2 && wcwidth(wc) >= 0 &&
		    !text_is_control((uint32_t)wc) && *bytes != '\\') {
			if (len + n >= size)
				break;
			memcpy(to + len, bytes, n);
			len += n;
		} else {
			if (len + 4 >= size)
				break;
			len += (size_t)sprintf(to + len, "\\%03o", (unsigned char)*bytes);
			n = 1;
			memset(&state, 0, sizeof(state));
		}
		bytes += n;
		left -= n;
	}
	to[len] = '\0';
}

/**
 * text_printable_dup() - text_printable() of a text of any length
 *
 * Return: to be freed with free(); NULL if memory ran out.
 */
char *text_printable_dup(const char *bytes)
{
	size_t size = 4 * strlen(bytes) + 1;
	char *to = malloc(size);

	if (to)
		text_printable(to, size, bytes);
	return to;
}

/**
 * text_utf8() - the length in bytes of the UTF-8 character at @bytes, 0 if there is none
 *
 * Not by the locale: programs read UTF-8 in the C locale too.  Overlong forms, surrogates
 * and numbers beyond U+10FFFF are no characters.
 */
size_t text_utf8(const char *bytes)
{
	const unsigned char *s = (const unsigned char *)bytes;
	unsigned char low = 0x80, high = 0xbf;
	size_t len;

	if (s[0] < 0x80)
		return 1;
	if (s[0] < 0xc2 || s[0] > 0xf4)
		return 0;

	switch (s[0]) {
	case 0xe0:
		low = 0xa0;
		break;
	case 0xed:
		high = 0x9f;
		break;
	case 0xf0:
		low = 0x90;
		break;
	case 0xf4:
		high = 0x8f;
		break;
	}
	if (s[1] < low || s[1] > high)
		return 0;

	len = s[0] < 0xe0 ? 2 : s[0] < 0xf0 ? 3 : 4;
	for (size_t i = 2; i < len; i++)
		if ((s[i] & 0xc0) != 0x80)
			return 0;
	return len;
}

/**
 * text_code_point() - the Unicode number of a UTF-8 character
 * @len: its length, of text_utf8()
 */
uint32_t text_code_point(const char *bytes, size_t len)
{
	const unsigned char *s = (const unsigned char *)bytes;
	uint32_t number = len > 1 ? s[0] & (0x7fu >> len) : s[0];

	for (size_t i = 1; i < len; i++)
		number = number << 6 | (s[i] & 0x3f);
	return number;
}

/**
 * text_to_u64() - a number of decimal digits only
 *
 * strtoull() accepts blanks, signs and -1, none of which is valid here.
 *
 * Return: 0, -EINVAL if it is no number, -ERANGE if it does not fit.
 */
int text_to_u64(const char *digits, uint64_t *value)
{
	uint64_t n = 0;
	int few;

	if (!*digits)
		return -EINVAL;
	/* 19 digits always fit. */
	for (few = 0; few < 19 && *digits >= '0' && *digits <= '9'; few++)
		n = n * 10 + (uint64_t)(*digits++ - '0');
	for (; *digits; digits++) {
		if (*digits < '0' || *digits > '9')
			return -EINVAL;
		if (__builtin_mul_overflow(n, 10, &n) ||
		    __builtin_add_overflow(n, (uint64_t)(*digits - '0'), &n))
			return -ERANGE;
	}
	*value = n;
	return 0;
}
