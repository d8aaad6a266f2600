// SPDX-License-Identifier: GPL-2.0
/*
 * All workloads, and the counters that none of them shows
 */
#include "check/workload.h"

const struct workload_list *const workload_lists[] = {
	&plain_workloads, &swap_workloads, &kernel_workloads, &huge_workloads,
	&moved_workloads, &limit_workloads, NULL,
};

const struct unchecked workload_unchecked[] = {
	{ COL_oom, "a process would have to be killed: that alarms who watches the machine" },
	{ COL_compact, "all free memory of the machine would have to be in small pieces" },
	{ COL_compact_ns, "all free memory of the machine would have to be in small pieces" },
	{ 0 },
};
