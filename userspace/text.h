/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Names that processes gave themselves, made safe to show
 */
#ifndef PAGESTAT_TEXT_H
#define PAGESTAT_TEXT_H

#include <stddef.h>

void text_decode(char *text);
void text_printable(char *to, size_t size, const char *bytes);
char *text_printable_dup(const char *bytes);

#endif /* PAGESTAT_TEXT_H */
