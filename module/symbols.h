/* SPDX-License-Identifier: GPL-2.0 */
/* symbols.h - functions of the kernel, found by name */
#ifndef PAGESTAT_SYMBOLS_H
#define PAGESTAT_SYMBOLS_H

#include <linux/sizes.h>
#include <linux/types.h>

/*
 * Static functions of the same object are not farther apart: mm/memory.o has tens of KiB
 * of code.
 */
#define PAGESTAT_SYMBOLS_REACH	SZ_256K

int pagestat_symbols_have(const char *name, const char *near);
unsigned int pagestat_symbols_clones(const char *name, unsigned long near, char *clone);

#endif /* PAGESTAT_SYMBOLS_H */
