/* SPDX-License-Identifier: GPL-2.0 */
/* exited.h - the last processes that have ended */
#ifndef PAGESTAT_EXITED_H
#define PAGESTAT_EXITED_H

#include <linux/types.h>

struct pagestat_buffer;
struct pagestat_process;
struct task_struct;

int pagestat_exited_init(void);
void pagestat_exited_exit(void);
void pagestat_exited_add(const struct pagestat_process *p, struct task_struct *leader);
int pagestat_exited_rows(struct pagestat_buffer *buffer);

#endif /* PAGESTAT_EXITED_H */
