/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Sum up the rows of a control group, a user or a command
 */
#ifndef PAGESTAT_MODEL_GROUP_H
#define PAGESTAT_MODEL_GROUP_H

#include "model/snapshot.h"

#define REST_NAME	"<rest>"

int group_compare(const struct process *a, const struct process *b, enum by by);
size_t group_rows(struct process *merged, const struct process **row, size_t nr,
		  enum by by);
void group_rest(struct process *rest, const struct process **row, size_t nr);

#endif /* PAGESTAT_MODEL_GROUP_H */
