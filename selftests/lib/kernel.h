/* SPDX-License-Identifier: GPL-2.0 */
/* kernel.h - the kernel's settings and what it counts for the whole machine */
#ifndef SELFTESTS_KERNEL_H
#define SELFTESTS_KERNEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Write @text to a setting; what it held comes back in @old, if that is given. */
bool kernel_set(const char *path, const char *text, char *old, size_t size);

/* The number that a setting holds; -1 where there is none. */
long kernel_value(const char *path);

/* Does a setting hold this word, and no other? */
bool kernel_holds(const char *path, const char *word);

/* Has /proc/vmstat such a line? */
bool vmstat_has(const char *name);

/* What it says, what CPUs have not yet added to the sums included; or 0. */
uint64_t vmstat(const char *name);

#endif /* SELFTESTS_KERNEL_H */
