/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The descendants of a process that have ended
 */
#ifndef PAGESTAT_MODEL_DESCENDANTS_H
#define PAGESTAT_MODEL_DESCENDANTS_H

#include "model/select.h"

int descendants_find(struct selection *rows, uint64_t pid, const struct snapshot *before,
		     const struct snapshot *now);

#endif /* PAGESTAT_MODEL_DESCENDANTS_H */
