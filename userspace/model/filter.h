/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The filter of the live table
 */
#ifndef PAGESTAT_MODEL_FILTER_H
#define PAGESTAT_MODEL_FILTER_H

#include "model/snapshot.h"

bool filter_match(const char *filter, const struct process *p);

#endif /* PAGESTAT_MODEL_FILTER_H */
