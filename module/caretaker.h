/* SPDX-License-Identifier: GPL-2.0 */
/* caretaker.h - records made ready, and records buried, in process context */
#ifndef PAGESTAT_CARETAKER_H
#define PAGESTAT_CARETAKER_H

#include "pool.h"

struct pagestat_thread;
struct pagestat_process;

extern unsigned long caretaker_generation;

int caretaker_init(void);
void caretaker_exit(void);
bool caretaker_refill(void);
int caretaker_histograms(bool wanted);

/* All of these are called under pagestat_records_lock. */
struct pagestat_thread *caretaker_thread(void);
struct pagestat_process *caretaker_process(void);
void caretaker_bury_thread(struct pagestat_thread *t);
void caretaker_bury_process(struct pagestat_process *p);

#endif /* PAGESTAT_CARETAKER_H */
