/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A short text into a file of /proc, /sys and the like
 */
#ifndef PAGESTAT_BASE_PUT_H
#define PAGESTAT_BASE_PUT_H

#include <stdbool.h>

bool put_text(const char *path, const char *text);

#endif /* PAGESTAT_BASE_PUT_H */
