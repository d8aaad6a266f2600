// SPDX-License-Identifier: GPL-2.0
/*
 * histogram_memory.c - histograms for all threads, live and new, while they are wanted
 */
#include <linux/mm.h>
#include <linux/slab.h>

#include "histograms.h"
#include "walk.h"

static struct kmem_cache *histogram_cache;

/* Whether records are prepared with histograms. */
static bool histograms_wanted;

static struct pagestat_histograms *histograms_alloc(void)
{
	struct pagestat_histograms *latency = kmem_cache_zalloc(histogram_cache, GFP_KERNEL);

	if (latency)
		latency->era = READ_ONCE(pagestat_histograms_era);
	return latency;
}

/**
 * pagestat_histograms_free() - free a thread's or a process's histograms
 * @latency: the histograms, or NULL
 *
 * Context: process context.
 */
void pagestat_histograms_free(struct pagestat_histograms *latency)
{
	if (latency)
		kmem_cache_free(histogram_cache, latency);
}

/**
 * pagestat_histograms_prepare() - give a record histograms, or none, as is wanted
 * @record: a thread's record that is not in use
 *
 * Context: process context; sleeps.
 * Return: 0, or -ENOMEM.
 */
int pagestat_histograms_prepare(void *record)
{
	struct pagestat_thread *t = record;

	if (!READ_ONCE(histograms_wanted)) {
		pagestat_histograms_free(t->latency);
		t->latency = NULL;
		return 0;
	}
	if (!t->latency)
		t->latency = histograms_alloc();
	return t->latency ? 0 : -ENOMEM;
}

/* Gives histograms to the threads that have none. */
struct giving_walk {
	struct pagestat_walk walk;
	struct llist_head new;
	size_t needed;		/* how many more */
};

static void give_to_thread(struct pagestat_walk *walk, struct pagestat_thread *t)
{
	struct giving_walk *giving = container_of(walk, struct giving_walk, walk);
	struct llist_node *node;

	if (t->latency)
		return;
	node = llist_del_first(&giving->new);
	if (node)
		WRITE_ONCE(t->latency, llist_entry(node, struct pagestat_histograms, free));
	else
		giving->needed++;
}

/* Takes all histograms away. */
struct taking_walk {
	struct pagestat_walk walk;
	struct llist_head taken;
};

static void take_from_process(struct pagestat_walk *walk, struct pagestat_process *p)
{
	struct taking_walk *taking = container_of(walk, struct taking_walk, walk);

	if (p->latency)
		llist_add(&p->latency->free, &taking->taken);
	p->latency = NULL;
}

static void take_from_thread(struct pagestat_walk *walk, struct pagestat_thread *t)
{
	struct taking_walk *taking = container_of(walk, struct taking_walk, walk);

	if (t->latency)
		llist_add(&t->latency->free, &taking->taken);
	WRITE_ONCE(t->latency, NULL);
}

static void free_list(struct llist_head *list)
{
	struct pagestat_histograms *latency, *next;

	llist_for_each_entry_safe(latency, next, llist_del_all(list), free) {
		pagestat_histograms_free(latency);
		cond_resched();
	}
}

/**
 * pagestat_histograms_give() - allocate histograms for all threads, live and new
 *
 * Context: process context; sleeps.
 * Return: 0, or -ENOMEM, and then none have any.
 */
int pagestat_histograms_give(void)
{
	struct giving_walk giving = { .walk = { .thread = give_to_thread, .cost = 1 } };
	struct pagestat_histograms *latency;
	int err;

	/* First free records: who is born from then on has histograms. */
	WRITE_ONCE(histograms_wanted, true);
	err = pagestat_pools_prepare();
	while (!err) {
		giving.needed = 0;
		mutex_lock(&pagestat_walk_mutex);
		pagestat_walk(&giving.walk);
		mutex_unlock(&pagestat_walk_mutex);
		if (!giving.needed)
			break;
		while (giving.needed--) {
			latency = histograms_alloc();
			if (!latency) {
				err = -ENOMEM;
				break;
			}
			llist_add(&latency->free, &giving.new);
			cond_resched();
		}
	}
	free_list(&giving.new);
	if (err)
		pagestat_histograms_take();
	return err;
}

/**
 * pagestat_histograms_take() - free all histograms
 *
 * Context: process context; sleeps.
 */
void pagestat_histograms_take(void)
{
	struct taking_walk taking = { .walk = {
		.process = take_from_process, .thread = take_from_thread, .cost = 1,
	} };

	WRITE_ONCE(histograms_wanted, false);
	pagestat_pools_prepare();
	mutex_lock(&pagestat_walk_mutex);
	pagestat_walk(&taking.walk);
	mutex_unlock(&pagestat_walk_mutex);
	/* Faults may still be followed, for trace events: their handlers may use some. */
	synchronize_rcu();
	free_list(&taking.taken);
	/* Those of ended processes; and what a thread left to its process behind the walk. */
	pagestat_lock();
	pagestat_histograms_reset();
	pagestat_unlock();
}

/**
 * pagestat_histograms_init() - make the cache of histograms
 *
 * Context: process context; sleeps.
 * Return: 0, or -ENOMEM.
 */
int pagestat_histograms_init(void)
{
	histogram_cache = kmem_cache_create("pagestat_latency",
					    sizeof(struct pagestat_histograms), 0,
					    SLAB_HWCACHE_ALIGN, NULL);
	return histogram_cache ? 0 : -ENOMEM;
}

/**
 * pagestat_histograms_exit() - destroy it; all histograms have been freed
 *
 * Context: process context; sleeps.
 */
void pagestat_histograms_exit(void)
{
	kmem_cache_destroy(histogram_cache);
}
