// SPDX-License-Identifier: GPL-2.0
/*
 * pool.c - records of one kind that lie ready, and those that have ended
 *
 * Who takes one and who has one buried cannot wait; what is to be done about it is
 * the caretaker's.
 */
#include <linux/moduleparam.h>

#include "pool.h"

/* Enough for what a fork storm takes before the work item gets a CPU. */
#define READY	1024
/* The dead pin their tasks: so many are too many. */
#define DEAD	64

unsigned int pagestat_max_threads = 131072;
module_param_named(max_threads, pagestat_max_threads, uint, 0444);
MODULE_PARM_DESC(max_threads, "most records of threads, and of processes, to make (about 0.4 and 0.6 KiB each, and 2 KiB a thread while latency is on)");

/* Guards all lists of records, here and in lives.c. */
DEFINE_RAW_SPINLOCK(pagestat_records_lock);

/**
 * stock_low() - whether there may be too few for a storm, and could be more
 * @stock: which
 *
 * Context: any.
 */
bool stock_low(const struct pagestat_pool *stock)
{
	return READ_ONCE(stock->nr_ready) < READY / 2 &&
	       READ_ONCE(stock->nr_all) < pagestat_max_threads;
}

/**
 * stock_crowded() - whether the dead are too many to wait
 * @stock: which
 *
 * Context: any.
 */
bool stock_crowded(const struct pagestat_pool *stock)
{
	return READ_ONCE(stock->nr_dead) >= DEAD;
}

/**
 * stock_take() - take a record, all zero
 * @stock: of these
 *
 * Context: pagestat_records_lock held; any context.
 * Return: its node, or NULL where none is ready.
 */
struct list_head *stock_take(struct pagestat_pool *stock)
{
	struct list_head *node;

	lockdep_assert_held(&pagestat_records_lock);

	if (!stock->nr_ready)
		return NULL;
	node = stock->ready.next;
	stock_take_this(stock, node);
	return node;
}

/**
 * stock_take_this() - take one of those that lie ready
 * @stock: of these
 * @node:  its node
 *
 * Context: pagestat_records_lock held; any context.
 */
void stock_take_this(struct pagestat_pool *stock, struct list_head *node)
{
	lockdep_assert_held(&pagestat_records_lock);

	list_del(node);
	stock->nr_ready--;
}

/**
 * stock_put() - have a record lie ready, the last to be taken
 * @stock: of these
 * @node:  its node, in no list
 *
 * Context: pagestat_records_lock held; any context.
 */
void stock_put(struct pagestat_pool *stock, struct list_head *node)
{
	lockdep_assert_held(&pagestat_records_lock);

	list_add_tail(node, &stock->ready);
	stock->nr_ready++;
}

/**
 * stock_bury() - give a record back that somebody may still be looking at
 * @stock: to these
 * @node:  its node, in no list
 *
 * Context: pagestat_records_lock held; any context.
 */
void stock_bury(struct pagestat_pool *stock, struct list_head *node)
{
	lockdep_assert_held(&pagestat_records_lock);

	list_add(node, &stock->dead);
	stock->nr_dead++;
}

/**
 * stock_take_dead() - take all that have been given back
 * @stock: of these
 * @nodes: the list to put them into
 *
 * Context: pagestat_records_lock held; any context.
 */
void stock_take_dead(struct pagestat_pool *stock, struct list_head *nodes)
{
	lockdep_assert_held(&pagestat_records_lock);

	list_splice_init(&stock->dead, nodes);
	stock->nr_dead = 0;
}

/**
 * stock_refill() - make records until enough lie ready, the limit is met or memory is
 * short
 * @stock: of these
 * @make:  makes one, and returns its node or NULL
 *
 * Context: process context, the caretaker's mutex held; sleeps.
 * Return: whether any was made.
 */
bool stock_refill(struct pagestat_pool *stock, struct list_head *(*make)(void))
{
	struct list_head *node;
	bool any = false;

	while (READ_ONCE(stock->nr_ready) < READY && stock->nr_all < pagestat_max_threads) {
		node = make();
		if (!node)
			break;
		stock->nr_all++;
		raw_spin_lock(&pagestat_records_lock);
		stock_put(stock, node);
		raw_spin_unlock(&pagestat_records_lock);
		any = true;
	}
	return any;
}

/**
 * stock_free() - free a record that nobody looks at any more
 * @stock:  of these
 * @record: the record, in no list
 *
 * Context: process context, the caretaker's mutex held.
 */
void stock_free(struct pagestat_pool *stock, void *record)
{
	kmem_cache_free(stock->cache, record);
	stock->nr_all--;
}

/**
 * stock_empty() - free what lies ready, which is all there is, and the cache
 * @stock:  of these
 * @offset: that of the node in a record
 *
 * Context: process context; sleeps.
 */
void stock_empty(struct pagestat_pool *stock, size_t offset)
{
	struct list_head *node, *next;

	list_for_each_safe(node, next, &stock->ready)
		kmem_cache_free(stock->cache, (void *)node - offset);
	kmem_cache_destroy(stock->cache);
}
