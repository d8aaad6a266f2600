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

#include "buffer.h"
#include "exited.h"
#include "read.h"

static unsigned int max_exited = 4096;
module_param(max_exited, uint, 0444);
MODULE_PARM_DESC(max_exited, "how many of the last ended processes to remember (about 0.4 KiB each)");

static struct pagestat_row *exited_ring;
static u64 nr_exited;	/* ever; guarded by pagestat_lock() */

/**
 * pagestat_exited_add() - remember a process that ends
 * @p:      its record, its threads' counts in @p->ended
 * @leader: its leader, still with its ids
 *
 * Context: pagestat_lock() held; any context.
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

/* Rows that are copied before the lock is released. */
#define EXITED_BATCH	64

/* Those from @next on that are still remembered; what is the next one after them. */
static u64 copy_batch(struct pagestat_buffer *buffer, u64 next, u64 end)
{
	struct pagestat_row *rows = buffer->rows;
	u64 oldest = nr_exited - min_t(u64, nr_exited, max_exited);
	u64 stop;

	next = max(next, oldest);
	stop = min(end, next + EXITED_BATCH);
	for (; next < stop; next++)
		rows[buffer->nr++] = exited_ring[next % max_exited];
	return next;
}

/**
 * pagestat_exited_rows() - a copy of what is remembered, the oldest first
 * @buffer: gets the rows; to be freed
 *
 * What is forgotten while it is copied is left out.
 *
 * Context: process context; sleeps.
 * Return: 0, -ENOMEM or -ENOBUFS.
 */
int pagestat_exited_rows(struct pagestat_buffer *buffer)
{
	u64 next, end;
	int err;

	pagestat_lock();
	end = nr_exited;
	pagestat_unlock();
	next = end - min_t(u64, end, max_exited);
	err = pagestat_buffer_alloc(buffer, end - next + 1, sizeof(struct pagestat_row));
	while (!err && next < end) {
		pagestat_lock();
		next = copy_batch(buffer, next, end);
		pagestat_unlock();
		cond_resched();
	}
	return err;
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
