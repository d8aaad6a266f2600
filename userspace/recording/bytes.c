// SPDX-License-Identifier: GPL-2.0
/*
 * Numbers and texts as bytes of a recording, and back
 *
 * Nothing that is read is trusted, though a checksum has passed: a cursor that
 * went wrong stays so, and gives zeroes.
 */
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/intern.h"
#include "recording/bytes.h"

#define TEXT_MAX	(2 * PATH_MAX)

/**
 * bytes_room() - make room at the end
 * @bytes: to be added to
 * @more: for how many
 *
 * Return: where they go; NULL if memory ran out.
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
 * bytes_put() - add bytes
 * @bytes: to be added to
 * @data: what
 * @len: how many
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
 * bytes_put_number() - add a number, the shorter the smaller it is
 * @bytes: to be added to
 * @value: the number
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
 * bytes_put_change() - add what leads from one number to another
 * @bytes: to be added to
 * @before: the one
 * @now: the other
 */
void bytes_put_change(struct bytes *bytes, uint64_t before, uint64_t now)
{
	uint64_t change = now - before;

	bytes_put_number(bytes, change << 1 ^ (change >> 63 ? UINT64_MAX : 0));
}

/**
 * bytes_put_text() - add a text
 * @bytes: to be added to
 * @text: the text, NULL if it is not known
 */
void bytes_put_text(struct bytes *bytes, const char *text)
{
	bytes_put_number(bytes, text ? strlen(text) + 1 : 0);
	if (text)
		bytes_put(bytes, text, strlen(text));
}

/**
 * bytes_free() - give the memory back
 * @bytes: put together, or all zero
 */
void bytes_free(struct bytes *bytes)
{
	free(bytes->data);
	*bytes = (struct bytes){ 0 };
}

/**
 * cursor_number() - what bytes_put_number() added
 * @cursor: goes behind it
 *
 * Return: the number.
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
 * cursor_change() - what bytes_put_change() added
 * @cursor: goes behind it
 * @before: the number before
 *
 * Return: the number now.
 */
uint64_t cursor_change(struct cursor *cursor, uint64_t before)
{
	uint64_t change = cursor_number(cursor);

	return before + (change >> 1 ^ (change & 1 ? UINT64_MAX : 0));
}

/**
 * cursor_text() - what bytes_put_text() added
 * @cursor: goes behind it
 *
 * Return: the text, for as long as the program runs; NULL if it is not known.
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
 * bytes_put_le32() - a number as four bytes, the low one first
 * @to: gets them
 * @value: the number
 */
void bytes_put_le32(uint8_t *to, uint32_t value)
{
	for (int i = 0; i < 4; i++)
		to[i] = (uint8_t)(value >> 8 * i);
}

/**
 * bytes_get_le32() - four such bytes as a number
 * @from: where they are
 *
 * Return: the number.
 */
uint32_t bytes_get_le32(const uint8_t *from)
{
	uint32_t value = 0;

	for (int i = 0; i < 4; i++)
		value |= (uint32_t)from[i] << 8 * i;
	return value;
}
