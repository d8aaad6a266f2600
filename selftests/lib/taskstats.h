/* SPDX-License-Identifier: GPL-2.0 */
/* taskstats.h - what the kernel's delay accounting says of a thread */
#ifndef SELFTESTS_TASKSTATS_H
#define SELFTESTS_TASKSTATS_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

/*
 * How often thread @tid has copied a page on a write, by wpcopy_count.  It is
 * counted for threads born while kernel.task_delayacct is 1.  False where the
 * kernel does not count it.
 */
bool taskstats_copies(pid_t tid, uint64_t *copies);

#endif /* SELFTESTS_TASKSTATS_H */
