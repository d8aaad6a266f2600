/* SPDX-License-Identifier: GPL-2.0 */
/* reclaim.h - the functions that count at tracepoints, for the table of hooks */
#ifndef PAGESTAT_RECLAIM_H
#define PAGESTAT_RECLAIM_H

#include <linux/types.h>

#include "compat.h"

struct task_struct;

void pagestat_reclaim_begin(void *unused, COMPAT_RECLAIM_BEGIN);
void pagestat_reclaim_end(void *unused, COMPAT_RECLAIM_END);
void pagestat_limit_begin(void *unused, COMPAT_RECLAIM_BEGIN);
void pagestat_limit_end(void *unused, COMPAT_RECLAIM_END);
void pagestat_oom_victim(void *unused, struct task_struct *task, uid_t uid);

#endif /* PAGESTAT_RECLAIM_H */
