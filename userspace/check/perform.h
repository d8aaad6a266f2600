/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A workload, done by a worker
 */
#ifndef PAGESTAT_CHECK_PERFORM_H
#define PAGESTAT_CHECK_PERFORM_H

#define WORK_PAGES	1009	/* a prime, so that no other count is likely to equal it */

void perform(const void *workload, int cpu);

#endif /* PAGESTAT_CHECK_PERFORM_H */
