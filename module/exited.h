/* SPDX-License-Identifier: GPL-2.0 */
/* exited.h - the last processes that have ended */
#ifndef PAGESTAT_EXITED_H
#define PAGESTAT_EXITED_H

#include <linux/types.h>

struct process;
struct row;
struct task_struct;

int exited_init(void);
void exited_exit(void);
void exited_add(const struct process *p, struct task_struct *leader);
struct row *exited_rows(size_t *count);

#endif /* PAGESTAT_EXITED_H */
