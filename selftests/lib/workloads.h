/* SPDX-License-Identifier: GPL-2.0 */
/*
 * workloads.h - what the subjects of more than one test do: PAGES pages, one byte of
 * each, and a step before and after whatever is to be counted
 */
#ifndef SELFTESTS_WORKLOADS_H
#define SELFTESTS_WORKLOADS_H

#include <stdbool.h>
#include <stddef.h>

/* A child copies what it shares with its parent; then it writes it again. */
void child_writes(void);

/* Read what was sent to swap. */
void read_back(void);

/* A child copies; its pages go to swap; it reads them. */
void copy_swap_read(void);

/* First touch; fork; then as above. */
void touch_copy_swap_read(void);

/*
 * In the subject: have the kernel make huge pages of that memory, whose length in
 * bytes is of whole ones.  False where it cannot (before 6.1).
 */
bool collapse(char *start, size_t len);

#endif /* SELFTESTS_WORKLOADS_H */
