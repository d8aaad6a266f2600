// SPDX-License-Identifier: GPL-2.0
/*
 * Encode numbers and texts of a recording, and decode them
 *
 * Input is not trusted even if its checksum is right: after an error a cursor is marked
 * bad, and returns zeroes.
 */
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/intern.h"
#include "recording/bytes.h"

#define TEXT_MAX	(2 * PATH_MAX)

/**
 * bytes_room() - make room at the end
 *
 * Return: where @more bytes can be written; NULL if memory ran out.
 */
uint8_t *bytes_room(struct bytes *bytes, size_t more)
{
	size_t room = bytes->room ? bytes->room : 1024;
	uint8_t *larger;

	while (room - bytes->len < more)
		room *= 2;
	if (room != bytes->room) {
		larger = realloc(bytes->data, room);
		if (!larger) {
			bytes->broken = true;
			return NULL;
		}
		bytes->data = larger;
		bytes->room = room;
	}
	return bytes->data + bytes->len;
}

/**
 * bytes_put() - append bytes
 */
void bytes_put(struct bytes *bytes, const void *data, size_t len)
{
	uint8_t *to = bytes_room(bytes, len);

	if (!to || !len)
		return;
	memcpy(to, data, len);
	bytes->len += len;
}

/**
 * bytes_put_number() - append a number, seven bits a byte
 */
void bytes_put_number(struct bytes *bytes, uint64_t value)
{
	uint8_t digits[10];
	size_t n = 0;

	for (; value >= 0x80; value >>= 7)
		digits[n++] = (uint8_t)(value | 0x80);
	digits[n++] = (uint8_t)value;
	bytes_put(bytes, digits, n);
}

/**
 * bytes_put_change() - append the signed difference of two numbers
 */
void bytes_put_change(struct bytes *bytes, uint64_t before, uint64_t now)
{
	uint64_t change = now - before;

	bytes_put_number(bytes, change << 1 ^ (change >> 63 ? UINT64_MAX : 0));
}

/**
 * bytes_put_text() - append a text, NULL if unknown
 */
void bytes_put_text(struct bytes *bytes, const char *text)
{
	bytes_put_number(bytes, text ? strlen(text) + 1 : 0);
	if (text)
		bytes_put(bytes, text, strlen(text));
}

/**
 * bytes_free() - free the bytes, if any
 */
void bytes_free(struct bytes *bytes)
{
	free(bytes->data);
	*bytes = (struct bytes){ 0 };
}

/**
 * cursor_number() - read what bytes_put_number() appended
 */
uint64_t cursor_number(struct cursor *cursor)
{
	uint64_t value = 0;

	for (unsigned int shift = 0; shift < 64 && cursor->at < cursor->end; shift += 7) {
		uint8_t digit = *cursor->at++;

		if (shift == 63 && digit > 1)
			break;
		value |= (uint64_t)(digit & 0x7f) << shift;
		if (!(digit & 0x80))
			return value;
	}
	cursor->bad = true;
	cursor->at = cursor->end;
	return 0;
}

/**
 * cursor_change() - read what bytes_put_change() appended; returns the number now
 */
uint64_t cursor_change(struct cursor *cursor, uint64_t before)
{
	uint64_t change = cursor_number(cursor);

	return before + (change >> 1 ^ (change & 1 ? UINT64_MAX : 0));
}

/**
 * cursor_text() - read what bytes_put_text() appended
 *
 * Return: the text, valid until the program ends; NULL if unknown.
 */
const char *cursor_text(struct cursor *cursor)
{
	uint64_t len = cursor_number(cursor);
	char text[TEXT_MAX];

	if (!len--)
		return NULL;
	if (len >= sizeof(text) || len > (uint64_t)(cursor->end - cursor->at) ||
	    memchr(cursor->at, '\0', len)) {
		cursor->bad = true;
		return NULL;
	}
	memcpy(text, cursor->at, len);
	text[len] = '\0';
	cursor->at += len;
	return intern(text);
}

/**
 * bytes_put_le32() - write a number as four bytes, low one first
 */
void bytes_put_le32(uint8_t *to, uint32_t value)
{
	for (int i = 0; i < 4; i++)
		to[i] = (uint8_t)(value >> 8 * i);
}

/**
 * bytes_get_le32() - read what bytes_put_le32() wrote
 */
uint32_t bytes_get_le32(const uint8_t *from)
{
	uint32_t value = 0;

	for (int i = 0; i < 4; i++)
		value |= (uint32_t)from[i] << 8 * i;
	return value;
}
