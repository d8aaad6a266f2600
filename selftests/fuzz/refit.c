// SPDX-License-Identifier: GPL-2.0
/*
 * Bytes made a recording that passes for whole
 *
 * Changed bytes do not have the checksum that they should, and bytes that were not
 * compressed cannot be decompressed: nothing behind would ever be reached.
 */
#include <string.h>
#include <zlib.h>

#include "fuzz.h"
#include "recording/bytes.h"
#include "recording/format.h"

#define BLOCK	65535	/* of deflate, stored as it is */

/* One record; its body is as it shall be read, or @plain: as it shall be decompressed. */
static size_t put_record(uint8_t *to, size_t room, uint8_t type, const uint8_t *body,
			 size_t len, bool plain)
{
	static const size_t mark = sizeof(RECORDING_MARK) - 1;
	size_t at = RECORDING_HEAD;
	bool stored = plain && (type == RECORDING_KEY || type == RECORDING_DELTA) && len <= BLOCK;

	if (room < RECORDING_HEAD + len + mark + 5)
		return 0;
	if (stored && type == RECORDING_KEY) {
		memcpy(to + at, RECORDING_MARK, mark);
		at += mark;
	}
	if (stored) {
		to[at++] = 0;
		to[at++] = (uint8_t)len;
		to[at++] = (uint8_t)(len >> 8);
		to[at++] = (uint8_t)~len;
		to[at++] = (uint8_t)(~len >> 8);
	}
	memcpy(to + at, body, len);
	at += len;
	to[0] = type;
	bytes_put_le32(to + 1, (uint32_t)(at - RECORDING_HEAD));
	bytes_put_le32(to + 5, (uint32_t)crc32(crc32(0, to, 5), to + RECORDING_HEAD,
					       (uInt)(at - RECORDING_HEAD)));
	return at;
}

/**
 * refit() - give the records of a recording the checksums that they should have
 * @to: gets the recording
 * @room: for so many bytes
 * @data: what is to be one: a line, then records; a checksum of ones stays as it is
 * @size: so many bytes
 * @plain: samples are not compressed, and shall be
 *
 * Return: how many bytes there are now.
 */
size_t refit(uint8_t *to, size_t room, const uint8_t *data, size_t size, bool plain)
{
	const uint8_t *line = memchr(data, '\n', size);
	size_t at = line ? (size_t)(line + 1 - data) : size, end, n;

	if (at > room)
		return 0;
	memcpy(to, data, at);
	for (end = at; size - at > RECORDING_HEAD; end += n) {
		size_t len = bytes_get_le32(data + at + 1), left = size - at - RECORDING_HEAD;

		if (bytes_get_le32(data + at + 5) == UINT32_MAX)
			break;
		if (len > left)
			len = left;
		n = put_record(to + end, room - end, data[at],
			       data + at + RECORDING_HEAD, len, plain);
		if (!n)
			break;
		at += RECORDING_HEAD + len;
	}
	/* What does not fit any more is what is read then. */
	n = size - at < room - end ? size - at : room - end;
	memcpy(to + end, data + at, n);
	return end + n;
}
