/* SPDX-License-Identifier: GPL-2.0 */
/* caretaker.h - records made ready, and records buried, in process context */
#ifndef PAGESTAT_CARETAKER_H
#define PAGESTAT_CARETAKER_H

#include "pool.h"

struct thread;
struct process;

extern unsigned long caretaker_generation;

int caretaker_init(void);
void caretaker_exit(void);
bool caretaker_refill(void);
int caretaker_histograms(bool wanted);

/* All of these are called under records_lock. */
struct thread *caretaker_thread(void);
struct process *caretaker_process(void);
void caretaker_bury_thread(struct thread *t);
void caretaker_bury_process(struct process *p);

#endif /* PAGESTAT_CARETAKER_H */
