/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Many rows made one
 */
#ifndef PAGESTAT_GROUP_H
#define PAGESTAT_GROUP_H

#include "snapshot.h"

size_t group_rows(struct process *merged, const struct process **row, size_t nr,
		  enum by by);

#endif /* PAGESTAT_GROUP_H */
