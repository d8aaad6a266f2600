// SPDX-License-Identifier: GPL-2.0
/*
 * totals.c - the sums over all processes, and since when everything is counted
 */
#include <linux/lockdep.h>
#include <linux/minmax.h>
#include <linux/mm.h>
#include <linux/mutex.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/timekeeping.h>

#include "adopt.h"
#include "histograms.h"
#include "read.h"
#include "totals.h"
#include "walk.h"

/* What had been lost at the last reset, and when that was. */
static struct pagestat_totals totals_at_reset;

static void note_reset(void)
{
	lockdep_assert_held(&pagestat_records_lock);

	totals_at_reset.lost_tasks = pagestat_sums.lost_tasks;
	totals_at_reset.lost_hits = pagestat_lost_hits();
	totals_at_reset.since_ns = ktime_get_boottime_ns();
}

struct totals_walk {
	struct pagestat_walk walk;
	struct pagestat_totals *totals;
};

static struct pagestat_totals *totals_of(struct pagestat_walk *walk)
{
	return container_of(walk, struct totals_walk, walk)->totals;
}

static void totals_copy_sums(struct pagestat_walk *walk)
{
	struct pagestat_totals *totals = totals_of(walk);

	*totals = pagestat_sums;
	totals->lost_tasks -= totals_at_reset.lost_tasks;
	totals->lost_hits = pagestat_lost_hits() - totals_at_reset.lost_hits;
	totals->since_ns = ktime_get_boottime_ns() - totals_at_reset.since_ns;
}

static void totals_add_process(struct pagestat_walk *walk, struct pagestat_process *p)
{
	pagestat_process_read(p, &totals_of(walk)->tally);
}

static void totals_add_thread(struct pagestat_walk *walk, struct pagestat_thread *t)
{
	pagestat_thread_read(t, &totals_of(walk)->tally);
}

/**
 * pagestat_totals_read() - the sums over all processes, live and ended
 * @totals: filled in, but for what is known of hooks and of latency
 *
 * Context: process context; sleeps.
 */
void pagestat_totals_read(struct pagestat_totals *totals)
{
	struct totals_walk summing = {
		.walk = {
			.begin = totals_copy_sums,
			.process = totals_add_process,
			.thread = totals_add_thread,
			.cost = 1,
			.sum = &totals->tally,
			.missed = &totals->tally,
		},
		.totals = totals,
	};

	mutex_lock(&pagestat_walk_mutex);
	pagestat_mend();
	pagestat_walk(&summing.walk);
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
	pagestat_lock();
	note_reset();
	pagestat_unlock();
}

static void tallies_free(struct pagestat_tally **tallies, size_t nr)
{
	while (tallies && nr--) {
		kfree(tallies[nr]);
		cond_resched();
	}
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

/**
 * struct resetting_walk - counts everything from here
 * @walk:  that does it, if its @reset says that there are enough of them
 * @fresh: a tally for each thread there may be
 * @room:  how many
 * @used:  so many are the threads' now
 */
struct resetting_walk {
	struct pagestat_walk walk;
	struct pagestat_tally **fresh;
	size_t room;
	size_t used;
};

static struct resetting_walk *resetting_of(struct pagestat_walk *walk)
{
	return container_of(walk, struct resetting_walk, walk);
}

static void reset_sums(struct pagestat_walk *walk)
{
	struct resetting_walk *r = resetting_of(walk);

	/* Those that are born from here on have nothing to reset. */
	walk->reset = pagestat_sums.threads <= r->room;
	if (!walk->reset)
		return;
	memset(&pagestat_sums.tally, 0, sizeof(pagestat_sums.tally));
	pagestat_sums.ended = 0;
	pagestat_histograms_reset();
	note_reset();
}

static void reset_process(struct pagestat_walk *walk, struct pagestat_process *p)
{
	if (!walk->reset)
		return;
	memset(&p->ended, 0, sizeof(p->ended));
	memset(&p->children, 0, sizeof(p->children));
	atomic64_set(&p->swapout, 0);
}

/* From now on what a thread has counted is subtracted. */
static void reset_thread(struct pagestat_walk *walk, struct pagestat_thread *t)
{
	struct resetting_walk *r = resetting_of(walk);
	struct pagestat_tally since = { 0 };

	if (!walk->reset)
		return;
	if (!t->base) {
		t->base = r->fresh[r->used];
		r->fresh[r->used++] = NULL;
	}
	pagestat_thread_read(t, &since);
	pagestat_tally_add(t->base, &since);
}

/**
 * pagestat_totals_reset() - count everything from here
 *
 * A running thread's own record is never written: what it has counted is noted
 * beside it.  What happens between call and return counts or does not.
 *
 * Context: process context; sleeps.
 * Return: 0, or -ENOMEM, and then nothing has changed.
 */
int pagestat_totals_reset(void)
{
	struct resetting_walk r = {
		.walk = {
			.begin = reset_sums,
			.process = reset_process,
			.thread = reset_thread,
			.cost = 1,
		},
	};
	int err = 0;

	mutex_lock(&pagestat_walk_mutex);
	while (!r.walk.reset && !err) {
		/* Some more, for those that are born meanwhile. */
		r.room = max_t(size_t, r.room, READ_ONCE(pagestat_sums.threads));
		r.room += r.room / 8 + 64;
		r.fresh = tallies_alloc(r.room);
		if (r.fresh)
			pagestat_walk(&r.walk);
		else
			err = -ENOMEM;
		tallies_free(r.fresh, r.room);
	}
	mutex_unlock(&pagestat_walk_mutex);
	return err;
}
