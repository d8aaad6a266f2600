/* SPDX-License-Identifier: GPL-2.0 */
/*
 * One copy of each text
 */
#ifndef PAGESTAT_BASE_INTERN_H
#define PAGESTAT_BASE_INTERN_H

#include <stddef.h>

const char *intern(const char *text);
const char *intern_forever(const char *text);
void intern_sweep(void);
size_t intern_count(void);

#endif /* PAGESTAT_BASE_INTERN_H */
