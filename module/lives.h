/* SPDX-License-Identifier: GPL-2.0 */
/* lives.h - records of threads and processes, from birth to death */
#ifndef PAGESTAT_LIVES_H
#define PAGESTAT_LIVES_H

struct task_struct;

void pagestat_thread_born(struct task_struct *task);
void pagestat_thread_died(struct task_struct *task);
void pagestat_thread_oom(struct task_struct *task);
void pagestat_thread_swapped_out(struct task_struct *owner);

int pagestat_lives_init(void);
void pagestat_lives_adopt(void);
void pagestat_lives_mend(void);
void pagestat_lives_exit(void);

#endif /* PAGESTAT_LIVES_H */
