/* SPDX-License-Identifier: GPL-2.0 */
/* reclaim.h - probes of tracepoints, for the table of hooks */
#ifndef PAGESTAT_RECLAIM_H
#define PAGESTAT_RECLAIM_H

#include <linux/types.h>

#include "compat.h"

struct task_struct;

void reclaim_begin(void *unused, COMPAT_RECLAIM_BEGIN);
void reclaim_end(void *unused, COMPAT_RECLAIM_END);
void limit_begin(void *unused, COMPAT_RECLAIM_BEGIN);
void limit_end(void *unused, COMPAT_RECLAIM_END);
void oom_victim(void *unused, struct task_struct *task, uid_t uid);

#endif /* PAGESTAT_RECLAIM_H */
