/* SPDX-License-Identifier: GPL-2.0 */
/* handover.h - the hook on faults, ftrace's or a kprobe's */
#ifndef PAGESTAT_HANDOVER_H
#define PAGESTAT_HANDOVER_H

#include <linux/percpu.h>

#include "handlers.h"

DECLARE_PER_CPU(bool, faults_by_kprobe);

/*
 * Whether the handler of faults was reached the other way, too, and counts there.
 *
 * Context: a handler.
 */
static __always_inline bool handed_over(const struct call *call)
{
	return this_cpu_read(faults_by_kprobe) == !!call->traced;
}

void handover_begin(bool kprobe);
int handover_to_kprobe(void);
void handover_to_ftrace(void);
void handover_end(void);

#endif /* PAGESTAT_HANDOVER_H */
