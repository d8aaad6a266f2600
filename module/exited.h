/* SPDX-License-Identifier: GPL-2.0 */
/* exited.h - the last processes that have ended */
#ifndef PAGESTAT_EXITED_H
#define PAGESTAT_EXITED_H

#include <linux/types.h>

struct pagestat_process;
struct pagestat_row;
struct task_struct;

int pagestat_exited_init(void);
void pagestat_exited_exit(void);
void pagestat_exited_add(const struct pagestat_process *p, struct task_struct *leader);
struct pagestat_row *pagestat_exited_rows(size_t *count);

#endif /* PAGESTAT_EXITED_H */
