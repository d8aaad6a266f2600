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

#include "hits.h"
#include "records.h"

/* No more lists than half of all the tasks that a kernel can have (PID_MAX_LIMIT). */
#define MAX_TABLE_BITS	21
#define MIN_TABLE_BITS	6

DEFINE_PER_CPU(struct pagestat_last_thread, pagestat_last_thread);

/* Hits by threads without a record. */
static DEFINE_PER_CPU(u64, lost_hits);
bool pagestat_all_adopted __read_mostly;

/* Guarded by pagestat_lock(); may be walked under RCU. */
static struct hlist_head *record_table __read_mostly;
static unsigned int record_table_bits __read_mostly;

LIST_HEAD(pagestat_live);
struct pagestat_totals pagestat_sums;

static __always_inline struct hlist_head *record_list(const struct task_struct *task)
{
	return &record_table[hash_long((unsigned long)task, record_table_bits)];
}

/**
 * pagestat_thread_find() - the record of a task
 * @task: the task
 *
 * Context: under RCU, or with preemption off, or under pagestat_lock().
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
 * Context: pagestat_lock() held; any context.
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
 * Context: pagestat_lock() held; any context.
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
