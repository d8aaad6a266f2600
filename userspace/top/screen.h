/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The screen of the live table
 */
#ifndef PAGESTAT_TOP_SCREEN_H
#define PAGESTAT_TOP_SCREEN_H

#include "base/errors.h"
#include "top/top.h"

/* terminal.c */
int terminal_open(bool from_stdin);
int terminal_fd(void);
void terminal_close(void);
int terminal_key(void);
void terminal_put(int y, int x, int width, const char *bytes);
void terminal_path(int y, int x, int width, const char *path);
void terminal_name(int y, int x, int width, const char *name, bool ended);
__printf(4, 5) void terminal_print(int y, int x, int width, const char *format, ...);

/* screen.c */
void screen_draw(struct top *top);
size_t screen_rows(const struct top *top);

/* head.c */
int screen_head_lines(const struct top *top);
void screen_head(struct top *top);
void screen_help(unsigned int page);
bool screen_help_goes_on(unsigned int page);
const char *short_number(char text[24], bool known, uint64_t value, int most);

#endif /* PAGESTAT_TOP_SCREEN_H */
