/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Encode numbers and texts of a recording, and decode them
 */
#ifndef PAGESTAT_RECORDING_BYTES_H
#define PAGESTAT_RECORDING_BYTES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/**
 * struct bytes - a buffer that grows
 * @data: owned
 * @room: bytes allocated
 * @broken: memory ran out: the rest is missing
 */
struct bytes {
	uint8_t *data;
	size_t len;
	size_t room;
	bool broken;
};

/**
 * struct cursor - bytes being decoded
 * @at: the next byte
 * @end: behind the last byte
 * @bad: input was too short or invalid
 */
struct cursor {
	const uint8_t *at;
	const uint8_t *end;
	bool bad;
};

uint8_t *bytes_room(struct bytes *bytes, size_t more);
void bytes_put(struct bytes *bytes, const void *data, size_t len);
void bytes_put_number(struct bytes *bytes, uint64_t value);
void bytes_put_change(struct bytes *bytes, uint64_t before, uint64_t now);
void bytes_put_text(struct bytes *bytes, const char *text);
void bytes_free(struct bytes *bytes);

uint64_t cursor_number(struct cursor *cursor);
uint64_t cursor_change(struct cursor *cursor, uint64_t before);
const char *cursor_text(struct cursor *cursor);

void bytes_put_le32(uint8_t *to, uint32_t value);
uint32_t bytes_get_le32(const uint8_t *from);

#endif /* PAGESTAT_RECORDING_BYTES_H */
