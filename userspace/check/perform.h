/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A workload, done by a worker
 */
#ifndef PAGESTAT_CHECK_PERFORM_H
#define PAGESTAT_CHECK_PERFORM_H

void perform(const void *workload, int cpu);

#endif /* PAGESTAT_CHECK_PERFORM_H */
