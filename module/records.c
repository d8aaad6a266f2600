// SPDX-License-Identifier: GPL-2.0
/*
 * records.c - the records of all live threads and processes, found and listed
 *
 * A handler finds that of the running thread in a table, by the task's address, and
 * a CPU remembers the one it found last.  The table has a list for every two records
 * that there may be: it does not grow, as nothing can be allocated where threads are
 * born.
 */
#include <linux/hash.h>
#include <linux/mm.h>
#include <linux/rculist.h>
#include <linux/string.h>

#include "hits.h"
#include "records.h"

/* No more lists than half of all the tasks that a kernel can have (PID_MAX_LIMIT). */
#define MAX_TABLE_BITS	21
#define MIN_TABLE_BITS	6

#define WALK_BATCH	64	/* some 10 us */

DEFINE_PER_CPU(struct pagestat_last_thread, pagestat_last_thread);

/* Hits by threads without a record. */
static DEFINE_PER_CPU(u64, lost_hits);
bool pagestat_all_adopted;

/* Guarded by pagestat_records_lock; may be walked under RCU. */
static struct hlist_head *record_table __read_mostly;
static unsigned int record_table_bits __read_mostly;

LIST_HEAD(pagestat_live);
struct pagestat_totals pagestat_sums;

DEFINE_MUTEX(pagestat_walk_mutex);
unsigned int pagestat_walk_now;
struct pagestat_tally pagestat_walk_missed;

static __always_inline struct hlist_head *record_list(const struct task_struct *task)
{
	return &record_table[hash_long((unsigned long)task, record_table_bits)];
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

	hlist_for_each_entry_rcu(t, record_list(task), hash)
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
	unsigned long generation = READ_ONCE(pagestat_pool_generation);
	struct pagestat_thread *t;

	/* A record found after the generation was read is valid as long as that is. */
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
 * pagestat_thread_hash() - from here on a record can be found
 * @t: the record, its task set
 *
 * Context: pagestat_records_lock held; any context.
 */
void pagestat_thread_hash(struct pagestat_thread *t)
{
	lockdep_assert_held(&pagestat_records_lock);

	hlist_add_head_rcu(&t->hash, record_list(t->task));
}

/**
 * pagestat_thread_unhash() - from here on it cannot; handlers that found it may use it
 * @t: the record
 *
 * Context: pagestat_records_lock held; any context.
 */
void pagestat_thread_unhash(struct pagestat_thread *t)
{
	lockdep_assert_held(&pagestat_records_lock);

	hlist_del_init_rcu(&t->hash);
}

/**
 * pagestat_lost_hits() - hits by threads without a record, since the load
 *
 * Context: any.
 */
u64 pagestat_lost_hits(void)
{
	return pagestat_percpu_sum(lost_hits);
}

/**
 * pagestat_live_walk() - visit all live processes
 * @visit: called with the lock held; may end the process
 * @arg:   its second argument
 *
 * The lock is released now and then, so that forks and exits do not wait for a
 * reader of a large machine; a cursor in the list keeps the place.  Those that are
 * born meanwhile are visited, too, as they are added at the end.
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
 * pagestat_live_walk_begin() - from here on, processes that end unmarked are noted
 *
 * A visitor marks a process by setting its walk to pagestat_walk_now.  So a process
 * that ends meanwhile is counted once: as it was when it was visited, or with its
 * last numbers.
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
 * pagestat_live_walk_end() - from here on none are noted
 *
 * Context: pagestat_walk_mutex and pagestat_records_lock held.
 */
void pagestat_live_walk_end(void)
{
	lockdep_assert_held(&pagestat_records_lock);

	pagestat_walk_now = 0;
}

/**
 * pagestat_records_init() - make the table
 * @records: how many there may be
 *
 * Context: process context; sleeps.
 * Return: 0, or -ENOMEM.
 */
int pagestat_records_init(unsigned int records)
{
	record_table_bits = MIN_TABLE_BITS;
	while (record_table_bits < MAX_TABLE_BITS && 2U << record_table_bits < records)
		record_table_bits++;
	record_table = kvcalloc(BIT(record_table_bits), sizeof(*record_table), GFP_KERNEL);
	return record_table ? 0 : -ENOMEM;
}

/**
 * pagestat_records_exit() - free it; no hook may be attached any more
 *
 * Context: process context; sleeps.
 */
void pagestat_records_exit(void)
{
	kvfree(record_table);
}
