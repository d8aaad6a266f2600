/* SPDX-License-Identifier: GPL-2.0 */
/* taskstats.h - the copies on write of a thread by the kernel's delay accounting */
#ifndef SELFTESTS_TASKSTATS_H
#define SELFTESTS_TASKSTATS_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

/*
 * How often thread @tid has copied a page on write: wpcopy_count.  The kernel counts
 * that for threads started while kernel.task_delayacct is 1.  False where it does not.
 */
bool taskstats_copies(pid_t tid, uint64_t *copies);

#endif /* SELFTESTS_TASKSTATS_H */
