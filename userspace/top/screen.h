/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The screen of the live table
 */
#ifndef PAGESTAT_TOP_SCREEN_H
#define PAGESTAT_TOP_SCREEN_H

#include "base/errors.h"
#include "top/top.h"

void screen_put(int y, int x, int width, const char *bytes);
__printf(4, 5) void screen_print(int y, int x, int width, const char *format, ...);

/* top_head.c */
void screen_head(struct top *top);
void screen_help(void);
const char *short_number(char text[24], bool known, uint64_t value);

#endif /* PAGESTAT_TOP_SCREEN_H */
