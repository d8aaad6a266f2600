/* SPDX-License-Identifier: GPL-2.0 */
/*
 * workloads.h - what the subjects of more than one test do, with one byte of each of
 * PAGES pages, and with a step before and after whatever is to be counted
 */
#ifndef SELFTESTS_WORKLOADS_H
#define SELFTESTS_WORKLOADS_H

#include <stdbool.h>
#include <stddef.h>

/* A child writes to what it shares with its parent, twice. */
void child_writes(void);

/* Send the pages to swap; read them. */
void read_back(void);

/* A child writes to what it shares; its pages are sent to swap; it reads them. */
void copy_swap_read(void);

/* First touch; fork; then as above. */
void touch_copy_swap_read(void);

/*
 * In the subject: read a byte of a page that cannot be read, and survive the SIGBUS.  The
 * call is not accounted, and counts when the thread enters the next fault.
 */
void read_and_fail(const char *at);

/*
 * In the subject: have the kernel collapse that memory into huge pages; @len is in
 * bytes, a multiple of their size.  False where it cannot (before 6.1).
 */
bool collapse(char *start, size_t len);

#endif /* SELFTESTS_WORKLOADS_H */
