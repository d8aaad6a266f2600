// SPDX-License-Identifier: GPL-2.0
/*
 * walk.c - all live processes and their threads, visited one after the other
 *
 * Births and deaths wait for the lock, with preemption off.  However many threads a
 * process has, they never wait longer than it takes to read some 32 of them.
 */
#include <linux/bottom_half.h>
#include <linux/sched.h>

#include "walk.h"

/* Records of threads that are read before the lock is released; some 70,000 instructions at most. */
#define WALK_BATCH	32

DEFINE_MUTEX(pagestat_walk_mutex);
struct pagestat_walk *pagestat_walk_now;

/*
 * Softirqs wait meanwhile: what an interrupt leaves to be done on this CPU, as the freeing
 * of many records, would be done with the lock held.
 */
static void walk_lock(void) __acquires(&pagestat_records_lock)
{
	local_bh_disable();
	pagestat_lock();
}

static void walk_unlock(void) __releases(&pagestat_records_lock)
{
	pagestat_unlock();
	local_bh_enable();
}

/* Let births and deaths go on, if it is time. */
static void walk_pause(unsigned int *done)
{
	if (*done < WALK_BATCH)
		return;
	*done = 0;
	walk_unlock();
	cond_resched();
	walk_lock();
}

static void walk_threads(struct pagestat_walk *walk, unsigned int *done)
{
	struct list_head *place = &walk->thread_place;

	list_add(place, &walk->p->threads);
	/* The process may end by a visit, or while the lock is released. */
	while (walk->p && !list_is_last(place, &walk->p->threads)) {
		struct pagestat_thread *t = list_entry(place->next, struct pagestat_thread,
						       node);

		list_move(place, &t->node);
		if (t->walk != walk->number) {
			t->walk = walk->number;
			walk->thread(walk, t);
		}
		*done += walk->cost;
		walk_pause(done);
	}
	if (walk->p)
		list_del(place);
	walk->p = NULL;
}

static void walk_process(struct pagestat_walk *walk, struct pagestat_process *p,
			 unsigned int *done)
{
	p->walk = walk->number;
	walk->p = p;
	if (walk->process)
		walk->process(walk, p);
	walk_threads(walk, done);
	if (walk->left)
		walk->left(walk);
}

/**
 * pagestat_walk() - visit all live processes and their threads
 * @walk: says what is done with them
 *
 * Those that are born meanwhile are visited, too, as they are last in their lists; but
 * not by a reset, see pagestat_walk_born().
 *
 * Context: process context, pagestat_walk_mutex held; sleeps.
 */
void pagestat_walk(struct pagestat_walk *walk)
{
	static unsigned int walks;
	unsigned int done = 0;

	lockdep_assert_held(&pagestat_walk_mutex);

	/* 0 marks what no walk has visited. */
	walk->number = ++walks ?: ++walks;
	walk_lock();
	if (walk->begin)
		walk->begin(walk);
	pagestat_walk_now = walk;
	list_add(&walk->place, &pagestat_live);
	while (!list_is_last(&walk->place, &pagestat_live)) {
		struct pagestat_process *p = list_entry(walk->place.next,
							struct pagestat_process, node);

		list_move(&walk->place, &p->node);
		if (p->walk != walk->number)
			walk_process(walk, p, &done);
		done += walk->cost;
		walk_pause(&done);
	}
	list_del(&walk->place);
	pagestat_walk_now = NULL;
	if (walk->finish)
		walk->finish(walk);
	walk_unlock();
}

/**
 * pagestat_walk_born() - a record was made
 * @t: the thread's; of its process, too, if it is the first
 *
 * What is born during a reset counts from its birth: there is nothing to reset.
 *
 * Context: pagestat_lock() held; any context.
 */
void pagestat_walk_born(struct pagestat_thread *t)
{
	struct pagestat_walk *walk = pagestat_walk_now;

	if (!walk || !walk->reset)
		return;
	t->walk = walk->number;
	if (t->process->nr_threads == 1)
		t->process->walk = walk->number;
}

/**
 * pagestat_walk_process_ends() - a process leaves the list of the live
 * @p: its record; no thread is left in it
 *
 * Context: pagestat_lock() held; any context.
 */
void pagestat_walk_process_ends(struct pagestat_process *p)
{
	struct pagestat_walk *walk = pagestat_walk_now;

	if (!walk || walk->p != p)
		return;
	list_del(&walk->thread_place);
	walk->p = NULL;
}
