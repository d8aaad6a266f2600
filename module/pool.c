// SPDX-License-Identifier: GPL-2.0
/*
 * pool.c - records made before they are needed, and released after a grace period
 *
 * A handler can neither allocate, nor wait for RCU readers, nor drop the last
 * reference to a task.  So it takes records from a free list and puts ended ones in
 * another list.  Work items fill the one and release what is in the other: refill.c.
 */
#include <linux/cache.h>
#include <linux/irq_work.h>
#include <linux/moduleparam.h>

#include "pool.h"

/* An ended record pins its task, so no more of them than this wait for a second. */
#define POOL_ENDED	64
/* The part of all records that only root's tasks may take, see pagestat_pool_take(). */
#define POOL_RESERVE	8

unsigned int pagestat_max_threads = 131072;
module_param_named(max_threads, pagestat_max_threads, uint, 0444);
MODULE_PARM_DESC(max_threads, "most records of threads, and of processes, to make (about 0.4 and 0.6 KiB each, and 2 KiB a thread while latency is on)");

/* See pagestat_lock(). */
DEFINE_RAW_SPINLOCK(pagestat_records_lock);

/*
 * Changes before records are freed, see struct pagestat_last_thread.  Every hit reads
 * it: it must not share a cache line with the lock.
 */
unsigned long pagestat_pool_generation __read_mostly;

/* How many are kept free in each pool, and what sees to it; refill.c sets both up. */
unsigned int pagestat_pool_free_wanted;
struct irq_work pagestat_pool_irq_work;

/**
 * pagestat_pool_urgent() - is there something to do that cannot wait for a second?
 * @pool: where
 *
 * A storm of births could empty the free list; too many ended records pin their tasks; or
 * ended records are all there is.
 *
 * Context: any.
 */
bool pagestat_pool_urgent(const struct pagestat_pool *pool)
{
	unsigned int nr_free = READ_ONCE(pool->nr_free), nr_ended = READ_ONCE(pool->nr_ended);

	return nr_ended >= POOL_ENDED || (!nr_free && nr_ended) ||
	       (nr_free < pagestat_pool_free_wanted / 2 &&
		READ_ONCE(pool->nr_all) < pagestat_max_threads);
}

/**
 * pagestat_pool_pop() - take the first of the free list
 * @pool: of this
 *
 * Context: pagestat_lock() held; any context.
 * Return: the record, or NULL if there is none.
 */
void *pagestat_pool_pop(struct pagestat_pool *pool)
{
	struct list_head *node = pool->free.next;

	lockdep_assert_held(&pagestat_records_lock);

	if (!pool->nr_free)
		return NULL;
	list_del(node);
	pool->nr_free--;
	return (void *)node - pool->node;
}

/**
 * pagestat_pool_take() - take a record, all zero but for what was prepared
 * @pool:     of these
 * @reserved: also one of the last, an eighth of all there may be
 *
 * Context: pagestat_lock() held; any context.
 * Return: the record, or NULL if there is no free one.
 */
void *pagestat_pool_take(struct pagestat_pool *pool, bool reserved)
{
	unsigned int used = pool->nr_all - pool->nr_free;
	void *record = NULL;

	if (reserved || used < pagestat_max_threads - pagestat_max_threads / POOL_RESERVE)
		record = pagestat_pool_pop(pool);
	if (pagestat_pool_urgent(pool))
		irq_work_queue(&pagestat_pool_irq_work);
	return record;
}

/**
 * pagestat_pool_put() - have a record released after a grace period
 * @pool:   of these
 * @record: the record, in no list
 *
 * Context: pagestat_lock() held; any context.
 */
void pagestat_pool_put(struct pagestat_pool *pool, void *record)
{
	lockdep_assert_held(&pagestat_records_lock);

	list_add(record + pool->node, &pool->ended);
	pool->nr_ended++;
	/* Once for each of these: the work item looks again when it is through. */
	if (pool->nr_ended == 1 || pool->nr_ended == POOL_ENDED)
		irq_work_queue(&pagestat_pool_irq_work);
}

/**
 * pagestat_pool_untake() - put a record back that was taken and not used
 * @pool:   of these
 * @record: the record, as it was taken
 *
 * Context: pagestat_lock() held; any context.
 */
void pagestat_pool_untake(struct pagestat_pool *pool, void *record)
{
	lockdep_assert_held(&pagestat_records_lock);

	list_add(record + pool->node, &pool->free);
	pool->nr_free++;
}
