// SPDX-License-Identifier: GPL-2.0
/*
 * refill.c - in process context, pools are filled, and what has ended is released
 *
 * A storm of births does not wait for a grace period, which only the records of what has
 * ended need: pools are filled first.
 */
#include <linux/cpumask.h>
#include <linux/irq_work.h>
#include <linux/minmax.h>
#include <linux/mutex.h>
#include <linux/rcupdate.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/workqueue.h>

#include "pool.h"

/*
 * How many are kept free: enough for what a storm of births takes before the work item
 * gets a CPU.  So it goes by the number of CPUs, which make births.
 */
#define POOL_FREE_MIN	1024
#define POOL_FREE_MAX	16384
#define POOL_FREE_CPU	256

/* Set at init. */
static struct pagestat_pool *all_pools;
static unsigned int nr_pools;

#define for_each_pool(pool) \
	for (pool = all_pools; pool < all_pools + nr_pools; pool++)

static void pool_work_func(struct work_struct *work);
static struct workqueue_struct *pool_queue;
static DECLARE_DELAYED_WORK(pool_work, pool_work_func);
static struct rcu_work release_work;
static DEFINE_MUTEX(pool_mutex);	/* who refills, prepares or releases */
static bool releasing;			/* release_work is under way; under pool_mutex */
static bool pools_exiting;		/* no work is begun any more; under pool_mutex */

/*
 * Context: hard interrupt, or the irq_work thread of PREEMPT_RT.  Handlers may run
 * where work cannot be queued; an irq_work can be queued anywhere.
 */
static void pool_irq_work_func(struct irq_work *work)
{
	struct pagestat_pool *pool;

	for_each_pool(pool) {
		if (pagestat_pool_urgent(pool)) {
			mod_delayed_work(pool_queue, &pool_work, 0);
			return;
		}
	}
	queue_delayed_work(pool_queue, &pool_work, HZ);
}

static void *pool_free_pop_lock(struct pagestat_pool *pool)
{
	void *record;

	pagestat_lock();
	record = pagestat_pool_pop(pool);
	pagestat_unlock();
	return record;
}

/* At the end of the free list: it is the last to be taken. */
static void pool_free_push(struct pagestat_pool *pool, void *record, bool new)
{
	pagestat_lock();
	list_add_tail(record + pool->node, &pool->free);
	pool->nr_free++;
	pool->nr_all += new;
	pagestat_unlock();
}

/* Take what has ended; whether there is any. */
static bool release_begin(void)
{
	struct pagestat_pool *pool;
	bool any = false;

	lockdep_assert_held(&pool_mutex);

	pagestat_lock();
	for_each_pool(pool) {
		list_splice_init(&pool->ended, &pool->releases);
		any |= pool->nr_ended;
		pool->nr_ended = 0;
	}
	pagestat_unlock();
	/*
	 * Handlers on other CPUs may still walk the table past the records, or use
	 * one that their CPU remembers; those that begin from here on do not.
	 */
	if (any)
		WRITE_ONCE(pagestat_pool_generation, pagestat_pool_generation + 1);
	return any;
}

/* Until there are enough, the limit is reached or memory is short. */
static bool pool_refill(struct pagestat_pool *pool)
{
	bool any = false;
	void *record;

	while (READ_ONCE(pool->nr_free) < pagestat_pool_free_wanted &&
	       READ_ONCE(pool->nr_all) < pagestat_max_threads) {
		record = kmem_cache_zalloc(pool->cache, GFP_KERNEL);
		if (!record)
			break;
		if (pool->prepare && pool->prepare(record)) {
			kmem_cache_free(pool->cache, record);
			break;
		}
		pool_free_push(pool, record, true);
		any = true;
		cond_resched();
	}
	return any;
}

static bool refill_all(void)
{
	struct pagestat_pool *pool;
	bool any = false;

	for_each_pool(pool)
		any |= pool_refill(pool);
	return any;
}

/* Records that are released before births that wait for new ones have them. */
#define RELEASE_BATCH	64

static void release_batch(struct pagestat_pool *pool)
{
	unsigned int nr = 0;

	while (nr < RELEASE_BATCH && !list_empty(&pool->releases)) {
		struct list_head *node = pool->releases.next;
		void *record = (void *)node - pool->node;

		list_del(node);
		pool->release(record);
		kmem_cache_free(pool->cache, record);
		nr++;
	}
	pagestat_lock();
	pool->nr_all -= nr;
	pagestat_unlock();
}

/* After a grace period: free what release_begin() took. */
static void release_end(void)
{
	struct pagestat_pool *pool;

	lockdep_assert_held(&pool_mutex);

	for_each_pool(pool) {
		while (!list_empty(&pool->releases)) {
			release_batch(pool);
			if (!pools_exiting)
				refill_all();
			cond_resched();
		}
	}
}

static void release_work_func(struct work_struct *work)
{
	mutex_lock(&pool_mutex);
	release_end();
	releasing = false;
	/* What has ended meanwhile did not begin a grace period of its own. */
	if (!pools_exiting)
		irq_work_queue(&pagestat_pool_irq_work);
	mutex_unlock(&pool_mutex);
}

/*
 * First it fills: a storm of births does not wait for a grace period, which the records
 * of what has ended do.
 */
static void pool_work_func(struct work_struct *work)
{
	mutex_lock(&pool_mutex);
	refill_all();
	if (!releasing && !pools_exiting && release_begin()) {
		releasing = true;
		queue_rcu_work(pool_queue, &release_work);
	}
	mutex_unlock(&pool_mutex);
}

/* Fill the pools; whether new records were made, and if one is at the limit. */
static bool refill_now(bool *at_limit)
{
	struct pagestat_pool *pool;
	bool any;

	mutex_lock(&pool_mutex);
	any = refill_all();
	*at_limit = false;
	for_each_pool(pool)
		*at_limit |= READ_ONCE(pool->nr_all) >= pagestat_max_threads;
	mutex_unlock(&pool_mutex);
	return any;
}

/**
 * pagestat_pools_refill() - make new records now; at the limit, in place of those that have
 *			     ended
 *
 * Context: process context; sleeps.
 * Return: whether new records were made.
 */
bool pagestat_pools_refill(void)
{
	bool at_limit;

	if (refill_now(&at_limit))
		return true;
	if (!at_limit)
		return false;
	/* What is being released, then what has ended since. */
	flush_rcu_work(&release_work);
	mod_delayed_work(pool_queue, &pool_work, 0);
	flush_delayed_work(&pool_work);
	flush_rcu_work(&release_work);
	return refill_now(&at_limit);
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
		pool_free_push(pool, record, false);
		cond_resched();
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
	pagestat_pool_free_wanted = clamp_t(unsigned int, POOL_FREE_CPU * num_possible_cpus(),
				   POOL_FREE_MIN, POOL_FREE_MAX);
	INIT_RCU_WORK(&release_work, release_work_func);
	init_irq_work(&pagestat_pool_irq_work, pool_irq_work_func);
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

	mutex_lock(&pool_mutex);
	pools_exiting = true;
	mutex_unlock(&pool_mutex);
	irq_work_sync(&pagestat_pool_irq_work);
	cancel_delayed_work_sync(&pool_work);
	flush_rcu_work(&release_work);
	mutex_lock(&pool_mutex);
	if (release_begin()) {
		synchronize_rcu();
		release_end();
	}
	mutex_unlock(&pool_mutex);
	for_each_pool(pool)
		while ((record = pool_free_pop_lock(pool)))
			kmem_cache_free(pool->cache, record);
	destroy_caches();
}
