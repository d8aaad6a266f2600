// SPDX-License-Identifier: GPL-2.0
/*
 * Who descends from a process, of those that have ended
 */
#include <stdlib.h>

#include "base/errors.h"
#include "model/descendants.h"

/* Lived @parent as long as @child?  A pid alone may be another's by now. */
static bool outlived(const struct process *parent, const struct process *child)
{
	return parent->value[COL_start_ns] <= child->value[COL_start_ns] &&
	       parent->value[COL_end_ns] >= child->value[COL_end_ns];
}

/* Is the parent that @p had at its end one of the family? */
static bool has_parent(const struct snapshot *now, const bool *member,
		       const struct process *p)
{
	uint64_t ppid = p->value[COL_ppid];
	const struct process *parent = snapshot_find(now, ppid);
	const struct process *end = now->process + now->nr;

	for (; parent && parent < end && parent->value[COL_pid] == ppid; parent++)
		if (member[parent - now->process] && outlived(parent, p))
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
 * descendants_find() - the descendants of a process that have ended between two looks
 * @family: gets them, in the order of their birth; to be freed with
 *          selection_free() in any case
 * @pid: of the process, to which those are handed whose parent has ended
 * @before: the earlier look at "exited"
 * @now: the later one; must outlive @family
 *
 * Return: EXIT_DONE, or EXIT_SYSTEM after a message.
 */
int descendants_find(struct selection *family, uint64_t pid, const struct snapshot *before,
		     const struct snapshot *now)
{
	bool *fresh, *member, more;
	size_t at = 0;

	*family = (struct selection){ 0 };
	family->row = calloc(now->nr + 1, sizeof(const struct process *));
	fresh = calloc(2 * now->nr + 1, sizeof(*fresh));
	if (!family->row || !fresh) {
		free(fresh);
		return fail_memory();
	}
	member = fresh + now->nr;
	for (size_t i = 0; i < now->nr; i++)
		fresh[i] = !snapshot_same(before, &at, &now->process[i]);

	/* A parent may come after its child: go on until no one is added. */
	do {
		more = false;
		for (size_t i = 0; i < now->nr; i++) {
			const struct process *p = &now->process[i];

			if (!fresh[i] || member[i] ||
			    (p->value[COL_ppid] != pid && !has_parent(now, member, p)))
				continue;
			member[i] = true;
			more = true;
			family->row[family->nr++] = p;
		}
	} while (more);

	free(fresh);
	qsort(family->row, family->nr, sizeof(const struct process *), by_birth);
	return EXIT_DONE;
}
