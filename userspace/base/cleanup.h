/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Undo what was changed for a while before a signal ends the process
 */
#ifndef PAGESTAT_BASE_CLEANUP_H
#define PAGESTAT_BASE_CLEANUP_H

void cleanup_on_signal(void (*task)(void));

#endif /* PAGESTAT_BASE_CLEANUP_H */
