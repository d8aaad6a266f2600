/* SPDX-License-Identifier: GPL-2.0 */
/* walk.h - all live processes and their threads, visited one after the other */
#ifndef PAGESTAT_WALK_H
#define PAGESTAT_WALK_H

#include <linux/list.h>
#include <linux/mutex.h>
#include <linux/types.h>

#include "records.h"

struct pagestat_histograms;

/**
 * struct pagestat_walk - a visit of all live processes and their threads
 * @begin:   called before the first process
 * @process: called for each process, before its threads
 * @thread:  called for each thread; may end it, and its process with it
 * @left:    called when the threads of a process have been visited, or have ended
 * @finish:  called after the last process
 * @cost:    how many records of threads are read in a call of @thread, in the time it takes
 * @sum:     where the walk adds up what the process counted that it has come to, or NULL
 * @latency: the same for how long its faults took, or NULL
 * @missed:  where processes are added that end before the walk comes to them, or NULL
 * @reset:   what it has visited is counted from then on
 * @number:  of this walk; marks what was visited
 * @p:       the process it has come to; NULL between two, and when that has ended
 * @place:   its place in the list of processes
 * @thread_place: its place in the list of threads of @p
 *
 * The owner sets the functions that it needs, @cost, and the sums; all are called with
 * the lock held.  The last four are the walk's.
 *
 * The lock is released every now and then, in the middle of a process, too.  What ends
 * meanwhile and has not been visited is added to the sums, so that it is counted once.
 */
struct pagestat_walk {
	void (*begin)(struct pagestat_walk *walk);
	void (*process)(struct pagestat_walk *walk, struct pagestat_process *p);
	void (*thread)(struct pagestat_walk *walk, struct pagestat_thread *t);
	void (*left)(struct pagestat_walk *walk);
	void (*finish)(struct pagestat_walk *walk);
	unsigned int cost;
	struct pagestat_tally *sum;
	struct pagestat_histograms *latency;
	struct pagestat_tally *missed;
	bool reset;
	unsigned int number;
	struct pagestat_process *p;
	struct list_head place;
	struct list_head thread_place;
};

/* Held by the one walk there is at a time. */
extern struct mutex pagestat_walk_mutex;

/* That walk, or NULL; guarded by pagestat_lock(). */
extern struct pagestat_walk *pagestat_walk_now;

void pagestat_walk(struct pagestat_walk *walk);
void pagestat_walk_born(struct pagestat_thread *t);
void pagestat_walk_process_ends(struct pagestat_process *p);

/* A thread ends: has the walk come to its process, but not to it? */
static inline bool pagestat_walk_missed_thread(const struct pagestat_thread *t)
{
	const struct pagestat_walk *walk = pagestat_walk_now;

	return walk && walk->p == t->process && t->walk != walk->number;
}

/* A process ends: has the walk not come to it? */
static inline bool pagestat_walk_missed_process(const struct pagestat_process *p)
{
	return pagestat_walk_now && p->walk != pagestat_walk_now->number;
}

#endif /* PAGESTAT_WALK_H */
