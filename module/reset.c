// SPDX-License-Identifier: GPL-2.0
/*
 * reset.c - from where it is counted: since the module was loaded, or was told to
 * begin anew
 */
#include <linux/lockdep.h>
#include <linux/mm.h>
#include <linux/mutex.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/timekeeping.h>

#include "histograms.h"
#include "live.h"

/* What the losses were at the last reset, and when that was. */
static struct pagestat_totals at_reset;

/**
 * pagestat_totals_since_reset() - take off what was lost before
 * @totals: what was lost ever; gets what was lost since, and since when that is
 *
 * Context: pagestat_records_lock held.
 */
void pagestat_totals_since_reset(struct pagestat_totals *totals)
{
	lockdep_assert_held(&pagestat_records_lock);

	totals->lost_tasks -= at_reset.lost_tasks;
	totals->lost_hits = pagestat_records_lost_hits() - at_reset.lost_hits;
	totals->since_ns = ktime_get_boottime_ns() - at_reset.since_ns;
}

static void count_from_here(void)
{
	lockdep_assert_held(&pagestat_records_lock);

	at_reset.lost_tasks = pagestat_sums.lost_tasks;
	at_reset.lost_hits = pagestat_records_lost_hits();
	at_reset.since_ns = ktime_get_boottime_ns();
}

/**
 * pagestat_records_begin() - all that live have been adopted: this is where it starts
 *
 * Context: process context.
 */
void pagestat_records_begin(void)
{
	raw_spin_lock(&pagestat_records_lock);
	count_from_here();
	raw_spin_unlock(&pagestat_records_lock);
}

static void tallies_free(struct pagestat_tally **tallies, size_t nr)
{
	while (nr--)
		kfree(tallies[nr]);
	kvfree(tallies);
}

static struct pagestat_tally **tallies_alloc(size_t nr)
{
	struct pagestat_tally **tallies = kvcalloc(nr, sizeof(*tallies), GFP_KERNEL);
	size_t i;

	for (i = 0; tallies && i < nr; i++) {
		tallies[i] = kzalloc(sizeof(*tallies[i]), GFP_KERNEL);
		if (!tallies[i]) {
			tallies_free(tallies, i);
			return NULL;
		}
		cond_resched();
	}
	return tallies;
}

/* From now on what a thread has counted is taken off. */
static void thread_reset(struct pagestat_thread *t)
{
	struct pagestat_tally since = { 0 };

	pagestat_thread_read(t, &since);
	pagestat_tally_add(t->base, &since);
}

/**
 * pagestat_records_reset() - count everything from here
 *
 * A running thread's own record is never written: what it has counted is noted
 * beside it.  All at once, under the lock: forks and exits wait for it, some
 * 200 ns a thread.
 *
 * Context: process context; sleeps.
 * Return: 0, or -ENOMEM, and then nothing has changed.
 */
int pagestat_records_reset(void)
{
	struct pagestat_tally **fresh;
	struct pagestat_process *p;
	struct pagestat_thread *t;
	size_t room, used;

	mutex_lock(&pagestat_walk_mutex);
again:
	/* Some more, for those that are born on the way. */
	room = READ_ONCE(pagestat_sums.threads) + 64;
	used = 0;
	fresh = tallies_alloc(room);
	if (!fresh) {
		mutex_unlock(&pagestat_walk_mutex);
		return -ENOMEM;
	}

	raw_spin_lock(&pagestat_records_lock);
	if (pagestat_sums.threads > room) {
		raw_spin_unlock(&pagestat_records_lock);
		tallies_free(fresh, room);
		goto again;
	}
	list_for_each_entry(p, &pagestat_live, node) {
		list_for_each_entry(t, &p->threads, node) {
			if (!t->base) {
				t->base = fresh[used];
				fresh[used++] = NULL;
			}
			thread_reset(t);
		}
		memset(&p->ended, 0, sizeof(p->ended));
		memset(&p->children, 0, sizeof(p->children));
		atomic64_set(&p->swapout, 0);
	}
	memset(&pagestat_sums.tally, 0, sizeof(pagestat_sums.tally));
	pagestat_sums.ended = 0;
	pagestat_histograms_reset();
	count_from_here();
	raw_spin_unlock(&pagestat_records_lock);
	mutex_unlock(&pagestat_walk_mutex);

	tallies_free(fresh, room);
	return 0;
}
