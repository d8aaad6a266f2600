/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Texts of processes, made safe to show, and numbers read from texts
 */
#ifndef PAGESTAT_BASE_TEXT_H
#define PAGESTAT_BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

void text_decode(char *text);
void text_printable(char *to, size_t size, const char *bytes);
char *text_printable_dup(const char *bytes);

/* U+FFFD, printed for a byte that is in no character. */
#define TEXT_REPLACEMENT	"\xef\xbf\xbd"

bool text_is_control(uint32_t character);
uint32_t text_code_point(const char *bytes, size_t len);
size_t text_utf8(const char *bytes);

int text_to_u64(const char *digits, uint64_t *value);

#endif /* PAGESTAT_BASE_TEXT_H */
