// SPDX-License-Identifier: GPL-2.0
/*
 * exited.c - the last processes that have ended
 *
 * A ring of rows as they will be published.  The oldest is overwritten; what it
 * had counted stays in the sums and with its parent.
 */
#include <linux/minmax.h>
#include <linux/mm.h>
#include <linux/moduleparam.h>
#include <linux/sched/signal.h>
#include <linux/slab.h>
#include <linux/timekeeping.h>
#include <linux/vmalloc.h>

#include "exited.h"
#include "read.h"

static unsigned int max_exited = 4096;
module_param(max_exited, uint, 0444);
MODULE_PARM_DESC(max_exited, "how many of the last ended processes to remember (about 0.3 KiB each)");

static struct pagestat_row *exited_ring;
static u64 nr_exited;	/* ever; guarded by pagestat_records_lock */

/**
 * pagestat_exited_add() - remember a process that ends
 * @p:      its record, its threads' counts in @p->ended
 * @leader: its leader, still with its ids
 *
 * Context: pagestat_records_lock held; any context.
 */
void pagestat_exited_add(const struct pagestat_process *p, struct task_struct *leader)
{
	struct pagestat_row *row;

	lockdep_assert_held(&pagestat_records_lock);

	if (!max_exited)
		return;
	row = &exited_ring[nr_exited++ % max_exited];
	pagestat_row_fill(row, leader, &p->ended);
	row->start_ns = p->start_ns;
	row->end_ns = ktime_get_boottime_ns();
	/* As wait() says it: what ended the whole group, if something did. */
	row->exit_code = leader->signal->flags & SIGNAL_GROUP_EXIT ?
			 leader->signal->group_exit_code : leader->exit_code;
}

/**
 * pagestat_exited_rows() - a copy of what is remembered, the oldest first
 * @count: set to the number of rows
 *
 * Context: process context; sleeps.
 * Return: the rows, to be freed by kvfree(), or NULL for want of memory.
 */
struct pagestat_row *pagestat_exited_rows(size_t *count)
{
	size_t room = READ_ONCE(nr_exited) + 64;
	struct pagestat_row *rows;
	u64 i, first;

	room = min_t(size_t, room, max_exited);
	rows = kvmalloc_array(room + 1, sizeof(*rows), GFP_KERNEL);
	if (!rows)
		return NULL;

	raw_spin_lock(&pagestat_records_lock);
	/* If more have ended meanwhile than there is room for, the last of them. */
	first = nr_exited - min_t(u64, nr_exited, room);
	for (i = first; i < nr_exited; i++)
		rows[i - first] = exited_ring[i % max_exited];
	*count = nr_exited - first;
	raw_spin_unlock(&pagestat_records_lock);
	return rows;
}

/**
 * pagestat_exited_init() - allocate the ring
 *
 * Context: process context; sleeps.
 * Return: 0, or -ENOMEM.
 */
int pagestat_exited_init(void)
{
	exited_ring = vcalloc(max(max_exited, 1u), sizeof(*exited_ring));
	return exited_ring ? 0 : -ENOMEM;
}

/**
 * pagestat_exited_exit() - free it
 *
 * Context: process context; sleeps.
 */
void pagestat_exited_exit(void)
{
	vfree(exited_ring);
}
