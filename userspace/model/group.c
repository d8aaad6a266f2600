// SPDX-License-Identifier: GPL-2.0
/*
 * Sum up the rows of a control group, a user or a command
 */
#include <stdlib.h>
#include <string.h>

#include "base/sums.h"
#include "model/group.h"

/* Unknown names come last. */
static int compare_texts(const char *a, const char *b)
{
	return a && b ? strcmp(a, b) : !a - !b;
}

/**
 * group_compare() - the order of the groups of two rows, 0 if they are in one
 */
int group_compare(const struct process *a, const struct process *b, enum by by)
{
	uint64_t l = a->value[COL_uid], r = b->value[COL_uid];

	switch (by) {
	case BY_PROCESS:
	case BY_THREAD:
		return process_compare(a, b);
	case BY_CGROUP:
		return compare_texts(a->cgroup, b->cgroup);
	case BY_USER:
		return (l > r) - (l < r);
	default:
		return compare_texts(a->comm, b->comm);
	}
}

static int by_key(const void *left, const void *right, void *by)
{
	return group_compare(*(const struct process *const *)left,
			     *(const struct process *const *)right, *(enum by *)by);
}

/* What identifies a single process becomes unknown. */
static void begin_sum(struct process *sum, const struct process *first, enum by by)
{
	*sum = *first;
	for (unsigned int i = 0; i < FIRST_COUNTER; i++)
		if (i != COL_uid || by != BY_USER)
			sum->known &= ~(UINT64_C(1) << i);
	if (!is_known(first->known, COL_procs))
		sum->value[COL_procs] = 1;
	sum->known |= UINT64_C(1) << COL_procs;
	sum->ended = false;
}

/* A sum with an unknown part is unknown. */
static void add_to_sum(struct process *sum, const struct process *p)
{
	sum->grown |= p->grown;
	/* Of totals, those of the oldest process go back furthest. */
	if (p->wall_ns > sum->wall_ns)
		sum->wall_ns = p->wall_ns;
	for (unsigned int i = FIRST_COUNTER; i < NR_NUMBERS; i++) {
		sum_add(&sum->value[i], p->value[i]);
		if (!is_known(p->known, i))
			sum->known &= ~(UINT64_C(1) << i);
	}
	sum_add(&sum->value[COL_procs], is_known(p->known, COL_procs) ? p->value[COL_procs] : 1);
}

/**
 * group_rows() - sum up the rows of each group
 * @merged: gets the sums; has room for @nr
 * @row: the rows; are sorted by group
 *
 * Return: how many groups there are.
 */
size_t group_rows(struct process *merged, const struct process **row, size_t nr,
		  enum by by)
{
	size_t groups = 0;

	qsort_r(row, nr, sizeof(const struct process *), by_key, &by);
	for (size_t i = 0; i < nr; i++) {
		if (i && group_compare(row[i - 1], row[i], by) == 0)
			add_to_sum(&merged[groups - 1], row[i]);
		else
			begin_sum(&merged[groups++], row[i], by);
	}
	return groups;
}

/**
 * group_rest() - sum up the rows that are not shown
 * @nr: how many, 1 at least
 *
 * Command, user and control group of the sum are REST_NAME.
 */
void group_rest(struct process *rest, const struct process **row, size_t nr)
{
	begin_sum(rest, row[0], BY_COMMAND);
	for (size_t i = 1; i < nr; i++)
		add_to_sum(rest, row[i]);
	rest->rest = true;
	rest->comm = REST_NAME;
	rest->user = REST_NAME;
	rest->cgroup = REST_NAME;
}
