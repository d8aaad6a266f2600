/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Which rows are shown, and in which order
 */
#ifndef PAGESTAT_MODEL_SELECT_H
#define PAGESTAT_MODEL_SELECT_H

#include "model/query.h"
#include "model/snapshot.h"

/**
 * struct selection - the rows of a report
 * @row: pointers into what was selected from, or into @merged, or to @rest; owned
 * @nr: how many
 * @merged: the sums, where rows were summed up; owned
 * @rest: the sum of those that were cut off, the last row if it is one
 */
struct selection {
	const struct process **row;
	size_t nr;
	struct process *merged;
	struct process rest;
};

bool select_is_named(const struct query *query, const struct process *p);
int select_rows(struct selection *selection, const struct query *query,
		const struct process *process, size_t nr);
void selection_free(struct selection *selection);
int select_check_named(const struct query *query, const struct snapshot *snapshot);
void query_free(struct query *query);

#endif /* PAGESTAT_MODEL_SELECT_H */
