// SPDX-License-Identifier: GPL-2.0
/*
 * live.c - the live processes, visited one after the other
 */
#include <linux/list.h>
#include <linux/sched.h>
#include <linux/string.h>

#include "live.h"

#define WALK_BATCH	64	/* some 10 us */

LIST_HEAD(pagestat_live);

DEFINE_MUTEX(pagestat_walk_mutex);
unsigned int pagestat_walk_now;
struct pagestat_tally pagestat_walk_missed;

/**
 * pagestat_live_walk() - visit all live processes
 * @visit: called with the lock held; may end the process
 * @arg:   handed to it
 *
 * The lock is let go now and then, so that forks and exits do not wait for a
 * reader of a large machine; the cursor keeps the place.  Those that are born
 * meanwhile are visited, too, being last.
 *
 * Context: process context, pagestat_walk_mutex held; sleeps.
 */
void pagestat_live_walk(void (*visit)(struct pagestat_process *p, void *arg), void *arg)
{
	struct list_head cursor;
	unsigned int nr = 0;

	lockdep_assert_held(&pagestat_walk_mutex);

	raw_spin_lock(&pagestat_records_lock);
	list_add(&cursor, &pagestat_live);
	while (!list_is_last(&cursor, &pagestat_live)) {
		struct pagestat_process *p = list_entry(cursor.next, struct pagestat_process,
							node);

		list_move(&cursor, &p->node);
		visit(p, arg);
		if (++nr % WALK_BATCH == 0) {
			raw_spin_unlock(&pagestat_records_lock);
			cond_resched();
			raw_spin_lock(&pagestat_records_lock);
		}
	}
	list_del(&cursor);
	raw_spin_unlock(&pagestat_records_lock);
}

/**
 * pagestat_live_walk_begin() - from here on those who end before they are marked are noted
 *
 * A visitor marks a process by setting its walk to pagestat_walk_now.  So a process that
 * ends meanwhile is counted once: as it was when its turn came, or with its last
 * numbers.
 *
 * Context: pagestat_walk_mutex and pagestat_records_lock held.
 */
void pagestat_live_walk_begin(void)
{
	static unsigned int walks;

	lockdep_assert_held(&pagestat_records_lock);

	pagestat_walk_now = ++walks ?: ++walks;
	memset(&pagestat_walk_missed, 0, sizeof(pagestat_walk_missed));
}

/**
 * pagestat_live_walk_end() - the opposite
 *
 * Context: pagestat_walk_mutex and pagestat_records_lock held.
 */
void pagestat_live_walk_end(void)
{
	lockdep_assert_held(&pagestat_records_lock);

	pagestat_walk_now = 0;
}
