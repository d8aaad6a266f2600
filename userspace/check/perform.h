/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A workload, done by a worker
 */
#ifndef PAGESTAT_PERFORM_H
#define PAGESTAT_PERFORM_H

#define WORK_PAGES	1009	/* a prime: no product of anything else */

void perform(const void *workload, int cpu);

#endif /* PAGESTAT_PERFORM_H */
