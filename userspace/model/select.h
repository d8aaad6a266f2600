/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Filter, sum up, sort and limit rows
 */
#ifndef PAGESTAT_MODEL_SELECT_H
#define PAGESTAT_MODEL_SELECT_H

#include "model/query.h"
#include "model/snapshot.h"

/**
 * struct selection - the rows of a report
 * @row: point into what was selected from, into @merged, or to @rest; owned
 * @merged: the sums, if rows were summed up; owned
 * @rest: the sum of the rows beyond the limit; the last row, if any
 * @doubted: the columns of which the module has lost hits, by doubt_columns(); set by who
 *	     prints the rows
 */
struct selection {
	const struct process **row;
	size_t nr;
	struct process *merged;
	struct process rest;
	uint64_t doubted;
};

bool select_name_matches(const char *name, const char *comm);
bool select_is_named(const struct query *query, const struct process *p);
int select_rows(struct selection *selection, const struct query *query,
		const struct process *process, size_t nr);
void selection_free(struct selection *selection);

#endif /* PAGESTAT_MODEL_SELECT_H */
