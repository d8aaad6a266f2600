// SPDX-License-Identifier: GPL-2.0
/*
 * records.c - the record of a task
 *
 * A handler finds that of the running thread in a table, by the task's address, and
 * a CPU remembers the one it found last.  The table has a list for every two records
 * that there may be: it does not grow, as nothing can be allocated where threads are
 * born.
 */
#include <linux/hash.h>
#include <linux/mm.h>
#include <linux/rculist.h>

#include "hooks.h"
#include "live.h"

/* No more lists than half of all the tasks that a kernel can have (PID_MAX_LIMIT). */
#define MOST_BITS	21
#define LEAST_BITS	6

DEFINE_PER_CPU(struct pagestat_last_thread, pagestat_last_thread);

/* Hits by threads without a record, counted only once all that lived have one. */
static DEFINE_PER_CPU(u64, lost_hits);
bool pagestat_all_adopted;

/* Guarded by pagestat_records_lock; may be walked under RCU. */
static struct hlist_head *lists __read_mostly;
static unsigned int bits __read_mostly;

static __always_inline struct hlist_head *
list_of(const struct task_struct *task)
{
	return &lists[hash_long((unsigned long)task, bits)];
}

/**
 * pagestat_thread_find() - the record of a task
 * @task: the task
 *
 * Context: under RCU, or with preemption off, or under pagestat_records_lock.
 * Return: the record, or NULL where the task has none.
 */
struct pagestat_thread *pagestat_thread_find(struct task_struct *task)
{
	struct pagestat_thread *t;

	hlist_for_each_entry_rcu(t, list_of(task), hash)
		if (t->task == task)
			return t;
	return NULL;
}

/**
 * pagestat_thread_find_current() - the record of the running thread, by the table
 * @last: what this CPU remembers, to be brought up to date
 *
 * Context: preemption off.
 * Return: the record, or NULL where the thread has none: a hit is lost.
 */
struct pagestat_thread *pagestat_thread_find_current(struct pagestat_last_thread *last)
{
	unsigned long generation = READ_ONCE(caretaker_generation);
	struct pagestat_thread *t;

	/* The generation first: a record found after it is good as long as it. */
	smp_rmb();
	t = pagestat_thread_find(current);
	if (unlikely(!t)) {
		if (READ_ONCE(pagestat_all_adopted))
			this_cpu_inc(lost_hits);
		return NULL;
	}
	last->task = current;
	last->generation = generation;
	last->thread = t;
	return t;
}

/**
 * find_add() - from here on a record can be found
 * @t: the record, its task known
 *
 * Context: pagestat_records_lock held; any context.
 */
void find_add(struct pagestat_thread *t)
{
	lockdep_assert_held(&pagestat_records_lock);

	hlist_add_head_rcu(&t->hash, list_of(t->task));
}

/**
 * find_remove() - from here on it cannot, but who has found it goes on
 * @t: the record
 *
 * Context: pagestat_records_lock held; any context.
 */
void find_remove(struct pagestat_thread *t)
{
	lockdep_assert_held(&pagestat_records_lock);

	hlist_del_init_rcu(&t->hash);
}

/**
 * pagestat_records_lost_hits() - hits by threads without a record, since the load
 *
 * Context: any.
 */
u64 pagestat_records_lost_hits(void)
{
	return pagestat_percpu_sum(lost_hits);
}

/**
 * find_init() - make the table
 * @most: so many records there may be
 *
 * Context: process context; sleeps.
 * Return: 0, or -ENOMEM.
 */
int find_init(unsigned int most)
{
	bits = LEAST_BITS;
	while (bits < MOST_BITS && 2U << bits < most)
		bits++;
	lists = kvcalloc(BIT(bits), sizeof(*lists), GFP_KERNEL);
	return lists ? 0 : -ENOMEM;
}

/**
 * find_exit() - give it back; no hook may be attached any more
 *
 * Context: process context; sleeps.
 */
void find_exit(void)
{
	kvfree(lists);
}
