/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The experiments, each in a file of its own
 */
#ifndef PAGESTAT_LAB_EXPERIMENTS_H
#define PAGESTAT_LAB_EXPERIMENTS_H

#include "lab/lab.h"

extern const struct experiment cow;
extern const struct experiment demand_paging;
extern const struct experiment lazy_malloc;
extern const struct experiment mmap_file;
extern const struct experiment overcommit;
extern const struct experiment page_replacement;
extern const struct experiment page_table;
extern const struct experiment physical_limit;
extern const struct experiment reclaim;
extern const struct experiment swap;
extern const struct experiment virtual_limit;

#endif /* PAGESTAT_LAB_EXPERIMENTS_H */
