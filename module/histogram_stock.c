// SPDX-License-Identifier: GPL-2.0
/*
 * histogram_stock.c - histograms made and taken away, in process context: for all
 * records in use and all that lie ready
 */
#include <linux/mm.h>
#include <linux/slab.h>

#include "histograms.h"
#include "live.h"

static struct kmem_cache *cache;

/**
 * pagestat_histograms_alloc() - make empty histograms for a thread
 *
 * Context: process context; sleeps.
 * Return: the histograms, or NULL.
 */
struct pagestat_histograms *pagestat_histograms_alloc(void)
{
	struct pagestat_histograms *latency = kmem_cache_zalloc(cache, GFP_KERNEL);

	if (latency)
		latency->era = READ_ONCE(pagestat_histograms_era);
	return latency;
}

/**
 * pagestat_histograms_free() - the opposite
 * @latency: the histograms, or NULL
 *
 * Context: process context.
 */
void pagestat_histograms_free(struct pagestat_histograms *latency)
{
	if (latency)
		kmem_cache_free(cache, latency);
}

/* The threads that still have none, and histograms to give to them. */
struct gift {
	struct llist_head stock;
	size_t needed;
};

static void give(struct pagestat_process *p, void *arg)
{
	struct gift *gift = arg;
	struct llist_node *node;
	struct pagestat_thread *t;

	list_for_each_entry(t, &p->threads, node) {
		if (t->latency)
			continue;
		node = llist_del_first(&gift->stock);
		if (node)
			WRITE_ONCE(t->latency,
				   llist_entry(node, struct pagestat_histograms, free));
		else
			gift->needed++;
	}
}

static void take(struct pagestat_process *p, void *arg)
{
	struct llist_head *taken = arg;
	struct pagestat_thread *t;

	list_for_each_entry(t, &p->threads, node) {
		if (t->latency)
			llist_add(&t->latency->free, taken);
		WRITE_ONCE(t->latency, NULL);
	}
	if (p->latency)
		llist_add(&p->latency->free, taken);
	p->latency = NULL;
}

static void free_all(struct llist_head *list)
{
	struct pagestat_histograms *latency, *next;

	llist_for_each_entry_safe(latency, next, llist_del_all(list), free)
		kmem_cache_free(cache, latency);
}

/**
 * pagestat_histograms_give() - make histograms for all threads, and for those to come
 *
 * Context: process context; sleeps.
 * Return: 0, or -ENOMEM, and then none have any.
 */
int pagestat_histograms_give(void)
{
	struct gift gift = { .stock = LLIST_HEAD_INIT(gift.stock) };
	struct pagestat_histograms *latency;
	int err;

	/* First those that lie ready: who is born from then on has some. */
	err = caretaker_histograms(true);
	while (!err) {
		gift.needed = 0;
		mutex_lock(&pagestat_walk_mutex);
		pagestat_live_walk(give, &gift);
		mutex_unlock(&pagestat_walk_mutex);
		if (!gift.needed)
			break;
		while (gift.needed--) {
			latency = pagestat_histograms_alloc();
			if (!latency) {
				err = -ENOMEM;
				break;
			}
			llist_add(&latency->free, &gift.stock);
			cond_resched();
		}
	}
	free_all(&gift.stock);
	if (err)
		pagestat_histograms_take();
	return err;
}

/**
 * pagestat_histograms_take() - take all histograms away
 *
 * Context: process context; sleeps.
 */
void pagestat_histograms_take(void)
{
	LLIST_HEAD(taken);

	caretaker_histograms(false);
	mutex_lock(&pagestat_walk_mutex);
	pagestat_live_walk(take, &taken);
	mutex_unlock(&pagestat_walk_mutex);
	/* A handler may have them at hand: readers of events keep it going. */
	synchronize_rcu();
	free_all(&taken);
	pagestat_histograms_forget();
}

/**
 * pagestat_histograms_init() - make histograms possible
 *
 * Context: process context; sleeps.
 * Return: 0, or -ENOMEM.
 */
int pagestat_histograms_init(void)
{
	cache = kmem_cache_create("pagestat_latency", sizeof(struct pagestat_histograms),
				  0, SLAB_HWCACHE_ALIGN, NULL);
	return cache ? 0 : -ENOMEM;
}

/**
 * pagestat_histograms_exit() - all of them have been freed
 *
 * Context: process context; sleeps.
 */
void pagestat_histograms_exit(void)
{
	kmem_cache_destroy(cache);
}
