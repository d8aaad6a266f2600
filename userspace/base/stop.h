/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Wait for a moment, or until a signal asks to stop
 */
#ifndef PAGESTAT_BASE_STOP_H
#define PAGESTAT_BASE_STOP_H

#include <stdbool.h>
#include <stdint.h>

void stop_by(int signal);
void stop_by_signals(void);
bool stop_asked(void);
bool stop_wait_input(int fd, uint64_t deadline_ns);
void stop_wait_until(uint64_t deadline_ns);

#endif /* PAGESTAT_BASE_STOP_H */
