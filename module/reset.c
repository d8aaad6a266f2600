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
static struct totals at_reset;

/**
 * totals_since_reset() - take off what was lost before
 * @totals: what was lost ever; gets what was lost since, and since when that is
 *
 * Context: records_lock held.
 */
void totals_since_reset(struct totals *totals)
{
	lockdep_assert_held(&records_lock);

	totals->lost_tasks -= at_reset.lost_tasks;
	totals->lost_hits = records_lost_hits() - at_reset.lost_hits;
	totals->since_ns = ktime_get_boottime_ns() - at_reset.since_ns;
}

static void count_from_here(void)
{
	lockdep_assert_held(&records_lock);

	at_reset.lost_tasks = sums.lost_tasks;
	at_reset.lost_hits = records_lost_hits();
	at_reset.since_ns = ktime_get_boottime_ns();
}

/**
 * records_begin() - all that live have been adopted: this is where it starts
 *
 * Context: process context.
 */
void records_begin(void)
{
	raw_spin_lock(&records_lock);
	count_from_here();
	raw_spin_unlock(&records_lock);
}

static void tallies_free(struct tally **tallies, size_t nr)
{
	while (nr--)
		kfree(tallies[nr]);
	kvfree(tallies);
}

static struct tally **tallies_alloc(size_t nr)
{
	struct tally **tallies = kvcalloc(nr, sizeof(*tallies), GFP_KERNEL);
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
static void thread_reset(struct thread *t)
{
	struct tally since = { 0 };

	thread_read(t, &since);
	tally_add(t->base, &since);
}

/**
 * records_reset() - count everything from here
 *
 * A running thread's own record is never written: what it has counted is noted
 * beside it.  All at once, under the lock: forks and exits wait for it, some
 * 200 ns a thread.
 *
 * Context: process context; sleeps.
 * Return: 0, or -ENOMEM, and then nothing has changed.
 */
int records_reset(void)
{
	struct tally **fresh;
	struct process *p;
	struct thread *t;
	size_t room, used;

	mutex_lock(&walk_mutex);
again:
	/* Some more, for those that are born on the way. */
	room = READ_ONCE(sums.threads) + 64;
	used = 0;
	fresh = tallies_alloc(room);
	if (!fresh) {
		mutex_unlock(&walk_mutex);
		return -ENOMEM;
	}

	raw_spin_lock(&records_lock);
	if (sums.threads > room) {
		raw_spin_unlock(&records_lock);
		tallies_free(fresh, room);
		goto again;
	}
	list_for_each_entry(p, &live, node) {
		list_for_each_entry(t, &p->threads, node) {
			if (!t->base) {
				t->base = fresh[used];
				fresh[used++] = NULL;
			}
			thread_reset(t);
		}
		memset(&p->gone, 0, sizeof(p->gone));
		memset(&p->children, 0, sizeof(p->children));
		atomic64_set(&p->swapout, 0);
	}
	memset(&sums.tally, 0, sizeof(sums.tally));
	sums.ended = 0;
	histograms_reset();
	count_from_here();
	raw_spin_unlock(&records_lock);
	mutex_unlock(&walk_mutex);

	tallies_free(fresh, room);
	return 0;
}
