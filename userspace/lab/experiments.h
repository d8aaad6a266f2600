/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The experiments, each in a file of its own
 */
#ifndef PAGESTAT_LAB_EXPERIMENTS_H
#define PAGESTAT_LAB_EXPERIMENTS_H

#include "lab/lab.h"

extern const struct experiment demand_paging;

#endif /* PAGESTAT_LAB_EXPERIMENTS_H */
