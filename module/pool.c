// SPDX-License-Identifier: GPL-2.0
/*
 * pool.c - records made before they are needed, and released after a grace period
 *
 * A handler can neither allocate, nor wait for RCU readers, nor drop the last
 * reference to a task.  So it takes records from a free list and puts ended ones in
 * another list.  A work item fills the one and releases what is in the other.
 */
#include <linux/cache.h>
#include <linux/irq_work.h>
#include <linux/moduleparam.h>
#include <linux/mutex.h>
#include <linux/rcupdate.h>
#include <linux/slab.h>
#include <linux/workqueue.h>

#include "pool.h"

/* Enough for what a fork storm takes before the work item gets a CPU. */
#define POOL_FREE	1024
/* An ended record pins its task, so no more of them than this wait for a second. */
#define POOL_ENDED	64

unsigned int pagestat_max_threads = 131072;
module_param_named(max_threads, pagestat_max_threads, uint, 0444);
MODULE_PARM_DESC(max_threads, "most records of threads, and of processes, to make (about 0.4 and 0.6 KiB each, and 2 KiB a thread while latency is on)");

/* Guards the pools, the table of records and all lists of records. */
DEFINE_RAW_SPINLOCK(pagestat_records_lock);

/*
 * Changes before records are freed, see struct pagestat_last_thread.  Every hit reads
 * it: it must not share a cache line with the lock.
 */
unsigned long pagestat_pool_generation __read_mostly;

/* Set at init. */
static struct pagestat_pool *all_pools;
static unsigned int nr_pools;

#define for_each_pool(pool) \
	for (pool = all_pools; pool < all_pools + nr_pools; pool++)

static void pool_work_func(struct work_struct *work);
static struct workqueue_struct *pool_queue;
static DECLARE_DELAYED_WORK(pool_work, pool_work_func);
static DEFINE_MUTEX(pool_mutex);	/* who refills, prepares or releases */

/* Whether a storm of births could empty it, and there may be more records. */
static bool pool_low(const struct pagestat_pool *pool)
{
	return READ_ONCE(pool->nr_free) < POOL_FREE / 2 &&
	       READ_ONCE(pool->nr_all) < pagestat_max_threads;
}

static bool pool_many_ended(const struct pagestat_pool *pool)
{
	return READ_ONCE(pool->nr_ended) >= POOL_ENDED;
}

/*
 * Context: hard interrupt, or the irq_work thread of PREEMPT_RT.  Handlers may run
 * where work cannot be queued; an irq_work can be queued anywhere.
 */
static void pool_irq_work_func(struct irq_work *work)
{
	struct pagestat_pool *pool;

	for_each_pool(pool) {
		if (pool_low(pool) || pool_many_ended(pool)) {
			mod_delayed_work(pool_queue, &pool_work, 0);
			return;
		}
	}
	queue_delayed_work(pool_queue, &pool_work, HZ);
}

static struct irq_work pool_irq_work = { .func = pool_irq_work_func };

static struct list_head *pool_node(const struct pagestat_pool *pool, void *record)
{
	return record + pool->node;
}

static void *pool_record(const struct pagestat_pool *pool, struct list_head *node)
{
	return (void *)node - pool->node;
}

static void *pool_free_pop(struct pagestat_pool *pool)
{
	struct list_head *node = pool->free.next;

	lockdep_assert_held(&pagestat_records_lock);

	if (!pool->nr_free)
		return NULL;
	list_del(node);
	pool->nr_free--;
	return pool_record(pool, node);
}

static void *pool_free_pop_lock(struct pagestat_pool *pool)
{
	void *record;

	raw_spin_lock(&pagestat_records_lock);
	record = pool_free_pop(pool);
	raw_spin_unlock(&pagestat_records_lock);
	return record;
}

/* At the end of the free list: it is the last to be taken. */
static void pool_free_push(struct pagestat_pool *pool, void *record)
{
	raw_spin_lock(&pagestat_records_lock);
	list_add_tail(pool_node(pool, record), &pool->free);
	pool->nr_free++;
	raw_spin_unlock(&pagestat_records_lock);
}

/**
 * pagestat_pool_take() - take a record, all zero but for what was prepared
 * @pool: of these
 *
 * Context: pagestat_records_lock held; any context.
 * Return: the record, or NULL if there is no free one.
 */
void *pagestat_pool_take(struct pagestat_pool *pool)
{
	void *record = pool_free_pop(pool);

	if (pool_low(pool))
		irq_work_queue(&pool_irq_work);
	return record;
}

/**
 * pagestat_pool_put() - have a record released after a grace period
 * @pool:   of these
 * @record: the record, in no list
 *
 * Context: pagestat_records_lock held; any context.
 */
void pagestat_pool_put(struct pagestat_pool *pool, void *record)
{
	lockdep_assert_held(&pagestat_records_lock);

	list_add(pool_node(pool, record), &pool->ended);
	if (!pool->nr_ended++ || pool_many_ended(pool))
		irq_work_queue(&pool_irq_work);
}

static void release_ended(void)
{
	struct pagestat_pool *pool;
	bool any = false;

	lockdep_assert_held(&pool_mutex);

	raw_spin_lock(&pagestat_records_lock);
	for_each_pool(pool) {
		list_splice_init(&pool->ended, &pool->releases);
		pool->nr_ended = 0;
		any |= !list_empty(&pool->releases);
	}
	raw_spin_unlock(&pagestat_records_lock);
	if (!any)
		return;

	/*
	 * Handlers on other CPUs may still walk the table past the records, or use
	 * one that their CPU remembers; those that begin from here on do not.
	 */
	WRITE_ONCE(pagestat_pool_generation, pagestat_pool_generation + 1);
	synchronize_rcu();

	for_each_pool(pool) {
		struct list_head *node, *next;

		list_for_each_safe(node, next, &pool->releases) {
			void *record = pool_record(pool, node);

			pool->release(record);
			kmem_cache_free(pool->cache, record);
			pool->nr_all--;
		}
		INIT_LIST_HEAD(&pool->releases);
	}
}

/* Until there are enough, the limit is reached or memory is short. */
static bool pool_refill(struct pagestat_pool *pool)
{
	bool any = false;
	void *record;

	while (READ_ONCE(pool->nr_free) < POOL_FREE && pool->nr_all < pagestat_max_threads) {
		record = kmem_cache_zalloc(pool->cache, GFP_KERNEL);
		if (!record)
			break;
		if (pool->prepare && pool->prepare(record)) {
			kmem_cache_free(pool->cache, record);
			break;
		}
		pool->nr_all++;
		pool_free_push(pool, record);
		any = true;
	}
	return any;
}

/**
 * pagestat_pools_refill() - release what has ended and make new records, now
 *
 * Context: process context; sleeps.
 * Return: whether new records were made.
 */
bool pagestat_pools_refill(void)
{
	struct pagestat_pool *pool;
	bool any = false;

	mutex_lock(&pool_mutex);
	release_ended();
	for_each_pool(pool)
		any |= pool_refill(pool);
	mutex_unlock(&pool_mutex);
	return any;
}

static void pool_work_func(struct work_struct *work)
{
	pagestat_pools_refill();
}

static int pool_prepare_free(struct pagestat_pool *pool)
{
	unsigned int nr = READ_ONCE(pool->nr_free);
	int err = 0;

	/* Taken from one end and added at the other: each is met once. */
	while (nr-- && !err) {
		void *record = pool_free_pop_lock(pool);

		if (!record)
			break;
		err = pool->prepare(record);
		pool_free_push(pool, record);
	}
	return err;
}

/**
 * pagestat_pools_prepare() - prepare all free records again
 *
 * For when what they have to be prepared for has changed; new ones are already.
 *
 * Context: process context; sleeps.
 * Return: 0, or -ENOMEM: then some are prepared as before.
 */
int pagestat_pools_prepare(void)
{
	struct pagestat_pool *pool;
	int err = 0;

	mutex_lock(&pool_mutex);
	for_each_pool(pool)
		if (pool->prepare && !err)
			err = pool_prepare_free(pool);
	mutex_unlock(&pool_mutex);
	return err;
}

static void destroy_caches(void)
{
	struct pagestat_pool *pool;

	for_each_pool(pool)
		kmem_cache_destroy(pool->cache);
	destroy_workqueue(pool_queue);
}

/**
 * pagestat_pools_init() - make the first records
 * @pools: the pools
 * @nr:    how many; in this order they are refilled and released
 *
 * Context: process context; sleeps.
 * Return: 0, or -ENOMEM.
 */
int pagestat_pools_init(struct pagestat_pool *pools, unsigned int nr)
{
	struct pagestat_pool *pool;

	pool_queue = alloc_workqueue("pagestat", WQ_UNBOUND, 1);
	if (!pool_queue)
		return -ENOMEM;
	all_pools = pools;
	nr_pools = nr;
	for_each_pool(pool) {
		INIT_LIST_HEAD(&pool->free);
		INIT_LIST_HEAD(&pool->ended);
		INIT_LIST_HEAD(&pool->releases);
		/* Aligned, so that no two CPUs write to the same cache line. */
		pool->cache = kmem_cache_create(pool->name, pool->size, 0,
						SLAB_HWCACHE_ALIGN, NULL);
		if (!pool->cache) {
			destroy_caches();
			return -ENOMEM;
		}
	}
	pagestat_pools_refill();
	return 0;
}

/**
 * pagestat_pools_exit() - free all records
 *
 * All that were in use have been put back, and no hook is attached.
 *
 * Context: process context; sleeps.
 */
void pagestat_pools_exit(void)
{
	struct pagestat_pool *pool;
	void *record;

	irq_work_sync(&pool_irq_work);
	cancel_delayed_work_sync(&pool_work);
	mutex_lock(&pool_mutex);
	release_ended();
	mutex_unlock(&pool_mutex);
	for_each_pool(pool)
		while ((record = pool_free_pop_lock(pool)))
			kmem_cache_free(pool->cache, record);
	destroy_caches();
}
