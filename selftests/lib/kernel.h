/* SPDX-License-Identifier: GPL-2.0 */
/* kernel.h - the kernel's settings, and what it counts for the whole machine */
#ifndef SELFTESTS_KERNEL_H
#define SELFTESTS_KERNEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Write @text to a file of settings; unless @old is NULL, it gets the old value. */
bool kernel_set(const char *path, const char *text, char *old, size_t size);

/* The number in a file; -1 where there is none. */
long kernel_value(const char *path);

/* Whether the first line of a file is this word. */
bool kernel_holds(const char *path, const char *word);

/* Whether /proc/vmstat has such a line. */
bool vmstat_has(const char *name);

/* Its value, after all CPUs have added theirs; 0 where there is no such line. */
uint64_t vmstat(const char *name);

#endif /* SELFTESTS_KERNEL_H */
