/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What is done before a signal ends us
 */
#ifndef PAGESTAT_BASE_CLEANUP_H
#define PAGESTAT_BASE_CLEANUP_H

void cleanup_on_signal(void (*task)(void));

#endif /* PAGESTAT_BASE_CLEANUP_H */
