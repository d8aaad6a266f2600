// SPDX-License-Identifier: GPL-2.0
/*
 * Texts of processes, made safe to show, and numbers read from texts
 *
 * A comm is any bytes but NUL: it may hold escape sequences, half a UTF-8
 * character, quotes.  The module escapes tabs and newlines.  All forms of reports escape
 * what is not safe to show by text_escape(), but for JSON, which has escapes of its own.
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

/* Characters at which programs split lines, besides control characters. */
static bool is_blank(uint32_t character)
{
	return character == ' ' || character == 0xa0 || character == 0x1680 ||
	       (character >= 0x2000 && character <= 0x200a) || character == 0x202f ||
	       character == 0x205f || character == 0x3000;
}

/* The length of the character at @bytes if it can be shown, 0 if it cannot. */
static size_t shown_in_locale(const char *bytes)
{
	mbstate_t state = { 0 };
	wchar_t wc;
	size_t n = mbrtowc(&wc, bytes, strlen(bytes), &state);

	return n != (size_t)-1 && n != (size_t)-2 && wcwidth(wc) >= 0 &&
	       !text_is_control((uint32_t)wc) ? n : 0;
}

static size_t shown_to_programs(const char *bytes, bool fields)
{
	size_t n = text_utf8(bytes);
	uint32_t character = text_code_point(bytes, n);

	return text_is_control(character) || (fields && is_blank(character)) ? 0 : n;
}

/**
 * text_escape() - escape what is not safe to show
 * @to: gets the text, NUL-terminated, cut off at @size
 * @size: of @to
 * @bytes: any bytes
 * @reader: who reads it
 *
 * Backslashes, bytes that are no character, and characters that cannot be shown become
 * ``\ooo``, byte by byte, as in the module's files: text_decode() gives @bytes again.  In
 * fields blanks do as well.
 */
void text_escape(char *to, size_t size, const char *bytes, enum text_for reader)
{
	bool fields = reader == TEXT_FOR_FIELDS;
	size_t len = 0;

	while (*bytes) {
		size_t n;

		/* Fast path for ASCII, without the locale. */
		if (*bytes > ' ' && *bytes <= '~' && *bytes != '\\' && len + 1 < size) {
			to[len++] = *bytes++;
			continue;
		}
		n = *bytes == '\\' ? 0 : reader == TEXT_FOR_TERMINAL ? shown_in_locale(bytes) :
		    shown_to_programs(bytes, fields);
		if (len + (n ? n : 4) >= size)
			break;
		if (n)
			memcpy(to + len, bytes, n);
		else
			sprintf(to + len, "\\%03o", (unsigned char)*bytes);
		len += n ? n : 4;
		bytes += n ? n : 1;
	}
	to[len] = '\0';
}

/**
 * text_escape_dup() - text_escape() of a text of any length
 *
 * Return: to be freed with free(); NULL if memory ran out.
 */
char *text_escape_dup(const char *bytes, enum text_for reader)
{
	size_t size = 4 * strlen(bytes) + 1;
	char *to = malloc(size);

	if (to)
		text_escape(to, size, bytes, reader);
	return to;
}

/**
 * text_name_dup() - a name as tables show it
 * @name: any bytes, NULL if it is unknown
 * @reader: TEXT_FOR_TERMINAL or TEXT_FOR_FIELDS
 *
 * An unknown name is ``-``, so one that is ``-`` becomes ``\055``; an empty one in fields
 * becomes ``\000``, which no name can have.
 *
 * Return: to be freed with free(); NULL if memory ran out.
 */
char *text_name_dup(const char *name, enum text_for reader)
{
	if (!name)
		return strdup("-");
	if (strcmp(name, "-") == 0)
		return strdup("\\055");
	if (!*name && reader == TEXT_FOR_FIELDS)
		return strdup("\\000");
	return text_escape_dup(name, reader);
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
