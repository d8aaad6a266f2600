// SPDX-License-Identifier: GPL-2.0
/*
 * Filter, sum up, sort and limit rows
 */
#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>

#include "base/errors.h"
#include "model/filter.h"
#include "model/group.h"
#include "model/owner.h"
#include "model/scale.h"
#include "model/select.h"

static bool named_by_pid(const struct query *query, const struct process *p)
{
	size_t low = 0, high = query->pids.nr;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (query->pids.pid[middle] < p->value[COL_pid])
			low = middle + 1;
		else
			high = middle;
	}
	return low < query->pids.nr && query->pids.pid[low] == p->value[COL_pid];
}

/**
 * select_name_matches() - does a name, or a pattern of one, match that of a process?
 */
bool select_name_matches(const char *name, const char *comm)
{
	return strcmp(name, comm) == 0 || fnmatch(name, comm, 0) == 0;
}

static bool named_by_comm(const struct query *query, const struct process *p)
{
	for (size_t i = 0; i < query->names.nr; i++)
		if (select_name_matches(query->names.name[i], p->comm))
			return true;
	return false;
}

/**
 * select_is_named() - is a process one of -p and -C? True if there are neither.
 */
bool select_is_named(const struct query *query, const struct process *p)
{
	return (!query->pids.pid && !query->names.name) || named_by_pid(query, p) ||
	       named_by_comm(query, p);
}

/* All counters that are shown are zero or unknown; if none is shown, all counters. */
static bool is_idle(const struct query *query, const struct process *p)
{
	for (unsigned int i = FIRST_COUNTER; i < NR_NUMBERS; i++)
		if (is_known(p->known, i) && p->value[i] &&
		    (!query->counters || is_known(query->counters, i)))
			return false;
	return true;
}

/* Filters by identity, not by counters. */
static bool is_wanted(const struct query *query, const struct process *p)
{
	enum column_id moment = query->exited ? COL_end_ns : COL_start_ns;

	if (!select_is_named(query, p))
		return false;
	if (query->user.given && p->value[COL_uid] != query->user.uid)
		return false;
	if (query->cgroup && !owner_cgroup_below(p->cgroup, query->cgroup))
		return false;
	if (query->exited && !is_known(p->known, COL_end_ns))
		return false;
	if (query->filter && !filter_match(query->filter, p))
		return false;
	return p->value[moment] >= query->since_ns;
}

/* A process that is asked for by its pid is shown even if idle. */
static bool is_shown(const struct query *query, const struct process *p)
{
	return query->all || !is_idle(query, p) ||
	       (query->by <= BY_THREAD && named_by_pid(query, p));
}

static int compare(const struct process *a, const struct process *b, const struct query *query,
		   enum column_id column, bool descending)
{
	const struct scale scale = query->scale;
	uint64_t value_a, value_b;
	bool known_a, known_b;
	int order;

	if (column >= NR_NUMBERS) {
		known_a = process_text(a, column);
		known_b = process_text(b, column);
	} else {
		known_a = scale_known(scale, a, column);
		known_b = scale_known(scale, b, column);
	}
	/* Unknown values come last in both directions. */
	if (!known_a || !known_b)
		return known_b - known_a;

	if (column >= NR_NUMBERS) {
		order = strcmp(process_text(a, column), process_text(b, column));
	} else {
		value_a = scale_value(scale, a, column);
		value_b = scale_value(scale, b, column);
		order = (value_a > value_b) - (value_a < value_b);
	}
	return descending ? -order : order;
}

static int compare_rows(const void *left, const void *right, void *arg)
{
	const struct query *query = arg;
	const struct process *a = *(const struct process *const *)left;
	const struct process *b = *(const struct process *const *)right;
	int order = compare(a, b, query, query->order.column, query->order.descending);

	if (!order && query->order.second != NR_COLUMNS)
		order = compare(a, b, query, query->order.second, query->order.second_descending);
	return order ? order : process_compare(a, b);
}

/* The usual order, by pid, is that of the files. */
static bool in_order(const struct selection *selection, const struct query *query)
{
	size_t i = 1;

	while (i < selection->nr &&
	       compare_rows(&selection->row[i - 1], &selection->row[i], (void *)query) <= 0)
		i++;
	return i >= selection->nr;
}

static int merge_groups(struct selection *selection, enum by by)
{
	selection->merged = calloc(selection->nr + 1, sizeof(*selection->merged));
	if (!selection->merged)
		return fail_memory();
	selection->nr = group_rows(selection->merged, selection->row, selection->nr, by);
	for (size_t i = 0; i < selection->nr; i++)
		selection->row[i] = &selection->merged[i];
	return EXIT_DONE;
}

static void limit_rows(struct selection *selection, size_t limit, bool rest)
{
	if (rest) {
		group_rest(&selection->rest, &selection->row[limit], selection->nr - limit);
		selection->row[limit++] = &selection->rest;
	}
	selection->nr = limit;
}

/**
 * select_rows() - filter, sum up, sort and limit rows
 * @selection: to be freed with selection_free() in any case
 * @query: which rows
 * @process: to select from; must outlive @selection
 */
int select_rows(struct selection *selection, const struct query *query,
		const struct process *process, size_t nr)
{
	size_t shown = 0;

	*selection = (struct selection){ 0 };
	selection->row = calloc(nr + 1, sizeof(const struct process *));
	if (!selection->row)
		return fail_memory();

	for (size_t i = 0; i < nr; i++)
		if (is_wanted(query, &process[i]))
			selection->row[selection->nr++] = &process[i];
	if (query->by > BY_THREAD && merge_groups(selection, query->by))
		return EXIT_SYSTEM;
	for (size_t i = 0; i < selection->nr; i++)
		if (is_shown(query, selection->row[i]))
			selection->row[shown++] = selection->row[i];
	selection->nr = shown;

	if (!in_order(selection, query))
		qsort_r(selection->row, selection->nr, sizeof(const struct process *),
			compare_rows, (void *)query);
	if (selection->nr > query->limit)
		limit_rows(selection, (size_t)query->limit, query->rest);
	return EXIT_DONE;
}

/**
 * selection_free() - free what select_rows() made, if anything
 */
void selection_free(struct selection *selection)
{
	free(selection->row);
	free(selection->merged);
	*selection = (struct selection){ 0 };
}
