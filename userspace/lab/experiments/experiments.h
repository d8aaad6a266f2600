/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The experiments, each in a file of its own
 */
#ifndef PAGESTAT_LAB_EXPERIMENTS_H
#define PAGESTAT_LAB_EXPERIMENTS_H

#include "lab/base/experiment.h"

extern const struct experiment experiment_cow;
extern const struct experiment experiment_demand_paging;
extern const struct experiment experiment_lazy_malloc;
extern const struct experiment experiment_mmap_file;
extern const struct experiment experiment_overcommit;
extern const struct experiment experiment_page_table;
extern const struct experiment experiment_physical_limit;
extern const struct experiment experiment_reclaim;
extern const struct experiment experiment_replacement;
extern const struct experiment experiment_swap;
extern const struct experiment experiment_virtual_limit;

#endif /* PAGESTAT_LAB_EXPERIMENTS_H */
