/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Texts of processes, made safe to show, and numbers read from texts
 */
#ifndef PAGESTAT_BASE_TEXT_H
#define PAGESTAT_BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Who reads a text: a terminal, with the characters of the locale; a program, which reads
 * UTF-8 in any locale; or one that splits lines at blanks.
 */
enum text_for { TEXT_FOR_TERMINAL, TEXT_FOR_PROGRAM, TEXT_FOR_FIELDS };

void text_decode(char *text);
void text_escape(char *to, size_t size, const char *bytes, enum text_for reader);
char *text_escape_dup(const char *bytes, enum text_for reader);
char *text_name_dup(const char *name, enum text_for reader);

/* U+FFFD, printed for a byte that is in no character. */
#define TEXT_REPLACEMENT	"\xef\xbf\xbd"

bool text_is_control(uint32_t character);
uint32_t text_code_point(const char *bytes, size_t len);
size_t text_utf8(const char *bytes);

int text_to_u64(const char *digits, uint64_t *value);

#endif /* PAGESTAT_BASE_TEXT_H */
