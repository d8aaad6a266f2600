// SPDX-License-Identifier: GPL-2.0
/*
 * The descendants of a process that have ended
 */
#include <stdlib.h>

#include "base/errors.h"
#include "model/descendants.h"

/* @parent is not a later process with the same pid. */
static bool lived_around(const struct process *parent, const struct process *child)
{
	return parent->value[COL_start_ns] <= child->value[COL_start_ns] &&
	       parent->value[COL_end_ns] >= child->value[COL_end_ns];
}

/* Is the last parent of @p a descendant? */
static bool has_parent(const struct snapshot *now, const bool *found,
		       const struct process *p)
{
	uint64_t ppid = p->value[COL_ppid];
	const struct process *parent = snapshot_find(now, ppid);
	const struct process *end = now->process + now->nr;

	for (; parent && parent < end && parent->value[COL_pid] == ppid; parent++)
		if (found[parent - now->process] && lived_around(parent, p))
			return true;
	return false;
}

static int by_birth(const void *left, const void *right)
{
	uint64_t l = (*(const struct process *const *)left)->value[COL_start_ns];
	uint64_t r = (*(const struct process *const *)right)->value[COL_start_ns];

	return (l > r) - (l < r);
}

/**
 * descendants_find() - the descendants of a process that ended between two snapshots
 * @rows: gets them in the order of their birth; to be freed with selection_free() in any
 *        case
 * @pid: the process; it has to be the subreaper of its descendants
 * @before: the earlier snapshot of "exited"
 * @now: the later one; must outlive @rows
 */
int descendants_find(struct selection *rows, uint64_t pid, const struct snapshot *before,
		     const struct snapshot *now)
{
	bool *fresh, *found, more;
	size_t at = 0;

	*rows = (struct selection){ 0 };
	rows->row = calloc(now->nr + 1, sizeof(const struct process *));
	fresh = calloc(2 * now->nr + 1, sizeof(*fresh));
	if (!rows->row || !fresh) {
		free(fresh);
		return fail_memory();
	}
	found = fresh + now->nr;
	for (size_t i = 0; i < now->nr; i++)
		fresh[i] = !snapshot_same(before, &at, &now->process[i]);

	/* A parent may come after its child: repeat until none is added. */
	do {
		more = false;
		for (size_t i = 0; i < now->nr; i++) {
			const struct process *p = &now->process[i];

			if (!fresh[i] || found[i] ||
			    (p->value[COL_ppid] != pid && !has_parent(now, found, p)))
				continue;
			found[i] = true;
			more = true;
			rows->row[rows->nr++] = p;
		}
	} while (more);

	free(fresh);
	qsort(rows->row, rows->nr, sizeof(const struct process *), by_birth);
	return EXIT_DONE;
}
