/* SPDX-License-Identifier: GPL-2.0 */
/* lives.h - records of threads and processes, from birth to death */
#ifndef PAGESTAT_LIVES_H
#define PAGESTAT_LIVES_H

#include <linux/types.h>

struct pagestat_thread;
struct task_struct;

extern bool pagestat_births_noted;

bool pagestat_thread_make(struct task_struct *task);
void pagestat_thread_end(struct pagestat_thread *t, struct task_struct *parent);

void pagestat_thread_born(struct task_struct *task);
void pagestat_thread_died(struct task_struct *task);
void pagestat_thread_oom(struct task_struct *task);
void pagestat_thread_swapped_out(struct task_struct *owner, unsigned long pages);

int pagestat_lives_init(void);
void pagestat_lives_exit(void);

#endif /* PAGESTAT_LIVES_H */
