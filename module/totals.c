// SPDX-License-Identifier: GPL-2.0
/*
 * totals.c - the sums over all processes, and since when everything is counted
 */
#include <linux/lockdep.h>
#include <linux/mm.h>
#include <linux/mutex.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/timekeeping.h>

#include "histograms.h"
#include "lives.h"
#include "read.h"
#include "totals.h"

/* What had been lost at the last reset, and when that was. */
static struct pagestat_totals totals_at_reset;

static void note_reset(void)
{
	lockdep_assert_held(&pagestat_records_lock);

	totals_at_reset.lost_tasks = pagestat_sums.lost_tasks;
	totals_at_reset.lost_hits = pagestat_lost_hits();
	totals_at_reset.since_ns = ktime_get_boottime_ns();
}

static void totals_add(struct pagestat_process *p, void *arg)
{
	struct pagestat_totals *totals = arg;
	struct pagestat_tally sum;

	pagestat_process_read(p, &sum);
	pagestat_tally_add(&totals->tally, &sum);
	p->walk = pagestat_walk_now;
}

/**
 * pagestat_totals_read() - the sums over all processes, live and ended
 * @totals: filled in, but for what is known of hooks and of latency
 *
 * Context: process context; sleeps.
 */
void pagestat_totals_read(struct pagestat_totals *totals)
{
	mutex_lock(&pagestat_walk_mutex);
	pagestat_lives_mend();

	raw_spin_lock(&pagestat_records_lock);
	pagestat_live_walk_begin();
	*totals = pagestat_sums;
	totals->lost_tasks -= totals_at_reset.lost_tasks;
	totals->lost_hits = pagestat_lost_hits() - totals_at_reset.lost_hits;
	totals->since_ns = ktime_get_boottime_ns() - totals_at_reset.since_ns;
	raw_spin_unlock(&pagestat_records_lock);

	pagestat_live_walk(totals_add, totals);

	raw_spin_lock(&pagestat_records_lock);
	pagestat_live_walk_end();
	pagestat_tally_add(&totals->tally, &pagestat_walk_missed);
	raw_spin_unlock(&pagestat_records_lock);
	mutex_unlock(&pagestat_walk_mutex);
	pagestat_tally_derive(&totals->tally);
}

/**
 * pagestat_totals_begin() - all that live have records: losses count from here
 *
 * Context: process context.
 */
void pagestat_totals_begin(void)
{
	raw_spin_lock(&pagestat_records_lock);
	note_reset();
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

/* From now on what a thread has counted is subtracted. */
static void thread_reset(struct pagestat_thread *t)
{
	struct pagestat_tally since = { 0 };

	pagestat_thread_read(t, &since);
	pagestat_tally_add(t->base, &since);
}

/**
 * pagestat_totals_reset() - count everything from here
 *
 * A running thread's own record is never written: what it has counted is noted
 * beside it.  All at once, under the lock: forks and exits wait for it, some
 * 200 ns a thread.
 *
 * Context: process context; sleeps.
 * Return: 0, or -ENOMEM, and then nothing has changed.
 */
int pagestat_totals_reset(void)
{
	struct pagestat_tally **fresh;
	struct pagestat_process *p;
	struct pagestat_thread *t;
	size_t room, used;

	mutex_lock(&pagestat_walk_mutex);
again:
	/* Some more, for those that are born meanwhile. */
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
	note_reset();
	raw_spin_unlock(&pagestat_records_lock);
	mutex_unlock(&pagestat_walk_mutex);

	tallies_free(fresh, room);
	return 0;
}
