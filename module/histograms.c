// SPDX-License-Identifier: GPL-2.0
/*
 * histograms.c - how long faults took: kept while the parameter "latency" is on
 *
 * Each thread adds to histograms of its own, as it counts in a record of its own.
 * They are allocated for all live threads when the parameter is turned on, and for
 * new ones when their record is prepared.
 */
#include <linux/bitops.h>
#include <linux/minmax.h>
#include <linux/mm.h>
#include <linux/slab.h>

#include "histograms.h"
#include "records.h"

static struct kmem_cache *histogram_cache;

/* Whether records are prepared with histograms. */
static bool histograms_wanted;

/* Changes at a reset: what was added before counts no more. */
static unsigned int histograms_era;

/* The sum of processes that have ended; guarded by pagestat_records_lock. */
static struct pagestat_histograms ended_histograms;

/* Of those, the ones that a walk had not visited, see pagestat_live_walk_begin(). */
static struct pagestat_histograms missed_histograms;

static unsigned int histogram_bucket(u64 ns)
{
	return min_t(unsigned int, fls64(ns / PAGESTAT_BUCKET_NS), PAGESTAT_BUCKETS - 1);
}

/**
 * pagestat_histograms_add() - a fault of the running thread has returned
 * @t:     its record
 * @kind:  the kind of fault
 * @major: major or minor
 * @ns:    how long it took
 *
 * Context: a probe handler, preemption off; only the thread itself comes here.
 */
void pagestat_histograms_add(struct pagestat_thread *t, enum pagestat_kind kind, bool major,
			     u64 ns)
{
	struct pagestat_histograms *latency = READ_ONCE(t->latency);
	unsigned int era = READ_ONCE(histograms_era);
	struct pagestat_histogram *h;

	if (!latency)
		return;
	raw_write_seqcount_begin(&t->seq);
	if (unlikely(latency->era != era)) {
		memset(latency->of, 0, sizeof(latency->of));
		latency->era = era;
	}
	h = &latency->of[kind];
	if (unlikely(major))
		h->major++;
	else
		h->minor++;
	h->sum_ns += ns;
	if (unlikely(ns > h->max_ns))
		h->max_ns = ns;
	h->bucket[histogram_bucket(ns)]++;
	raw_write_seqcount_end(&t->seq);
}

static struct pagestat_histograms *histograms_alloc(void)
{
	struct pagestat_histograms *latency = kmem_cache_zalloc(histogram_cache, GFP_KERNEL);

	if (latency)
		latency->era = READ_ONCE(histograms_era);
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

/* Histograms for the threads that have none, and how many more are needed. */
struct new_histograms {
	struct llist_head list;
	size_t needed;
};

static void give_to_process(struct pagestat_process *p, void *arg)
{
	struct new_histograms *new = arg;
	struct llist_node *node;
	struct pagestat_thread *t;

	list_for_each_entry(t, &p->threads, node) {
		if (t->latency)
			continue;
		node = llist_del_first(&new->list);
		if (node)
			WRITE_ONCE(t->latency,
				   llist_entry(node, struct pagestat_histograms, free));
		else
			new->needed++;
	}
}

static void take_from_process(struct pagestat_process *p, void *arg)
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

static void free_list(struct llist_head *list)
{
	struct pagestat_histograms *latency, *next;

	llist_for_each_entry_safe(latency, next, llist_del_all(list), free)
		pagestat_histograms_free(latency);
}

/**
 * pagestat_histograms_give() - allocate histograms for all threads, live and new
 *
 * Context: process context; sleeps.
 * Return: 0, or -ENOMEM, and then none have any.
 */
int pagestat_histograms_give(void)
{
	struct new_histograms new = { .list = LLIST_HEAD_INIT(new.list) };
	struct pagestat_histograms *latency;
	int err;

	/* First free records: who is born from then on has histograms. */
	WRITE_ONCE(histograms_wanted, true);
	err = pagestat_pools_prepare();
	while (!err) {
		new.needed = 0;
		mutex_lock(&pagestat_walk_mutex);
		pagestat_live_walk(give_to_process, &new);
		mutex_unlock(&pagestat_walk_mutex);
		if (!new.needed)
			break;
		while (new.needed--) {
			latency = histograms_alloc();
			if (!latency) {
				err = -ENOMEM;
				break;
			}
			llist_add(&latency->free, &new.list);
			cond_resched();
		}
	}
	free_list(&new.list);
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
	LLIST_HEAD(taken);

	WRITE_ONCE(histograms_wanted, false);
	pagestat_pools_prepare();
	mutex_lock(&pagestat_walk_mutex);
	pagestat_live_walk(take_from_process, &taken);
	mutex_unlock(&pagestat_walk_mutex);
	/* Faults may still be followed, for trace events: their handlers may use some. */
	synchronize_rcu();
	free_list(&taken);
	raw_spin_lock(&pagestat_records_lock);
	memset(&ended_histograms, 0, sizeof(ended_histograms));
	raw_spin_unlock(&pagestat_records_lock);
}

static void histogram_merge(struct pagestat_histogram *sum, const struct pagestat_histogram *h)
{
	int i;

	sum->minor += h->minor;
	sum->major += h->major;
	sum->sum_ns += h->sum_ns;
	sum->max_ns = max(sum->max_ns, h->max_ns);
	for (i = 0; i < PAGESTAT_BUCKETS; i++)
		sum->bucket[i] += h->bucket[i];
}

/* Add those that no thread adds to any more, unless they are of before a reset. */
static void histograms_merge(struct pagestat_histograms *sum,
			     const struct pagestat_histograms *latency)
{
	int i;

	lockdep_assert_held(&pagestat_records_lock);

	if (sum->era != histograms_era) {
		memset(sum->of, 0, sizeof(sum->of));
		sum->era = histograms_era;
	}
	if (latency->era != histograms_era)
		return;
	for (i = 0; i < PAGESTAT_NR_KINDS; i++)
		histogram_merge(&sum->of[i], &latency->of[i]);
}

/**
 * pagestat_histograms_thread_end() - a thread ends, and its process may live on
 * @t: its record
 *
 * Context: pagestat_records_lock held; any context.
 */
void pagestat_histograms_thread_end(struct pagestat_thread *t)
{
	struct pagestat_process *p = t->process;

	lockdep_assert_held(&pagestat_records_lock);

	if (!t->latency)
		return;
	if (p->latency) {
		histograms_merge(p->latency, t->latency);
	} else {
		/* Nothing can be allocated here: the first thread's become the sum. */
		p->latency = t->latency;
		t->latency = NULL;
	}
}

/**
 * pagestat_histograms_process_end() - a process ends, all its threads have
 * @p: its record
 *
 * Context: pagestat_records_lock held; any context.
 */
void pagestat_histograms_process_end(struct pagestat_process *p)
{
	lockdep_assert_held(&pagestat_records_lock);

	if (!p->latency)
		return;
	histograms_merge(&ended_histograms, p->latency);
	if (pagestat_live_walk_missed(p))
		histograms_merge(&missed_histograms, p->latency);
}

/**
 * pagestat_histograms_reset() - from now on all count as empty
 *
 * Context: pagestat_records_lock held; any context.
 */
void pagestat_histograms_reset(void)
{
	lockdep_assert_held(&pagestat_records_lock);

	WRITE_ONCE(histograms_era, histograms_era + 1);
}

/**
 * pagestat_histogram_read() - one kind of a process's, while its threads may add to it
 * @p:    its record
 * @kind: which
 * @sum:  set to the sum of its threads, live and ended
 *
 * Context: pagestat_records_lock held.
 */
void pagestat_histogram_read(const struct pagestat_process *p, enum pagestat_kind kind,
			     struct pagestat_histogram *sum)
{
	struct pagestat_histogram h;
	struct pagestat_thread *t;
	unsigned int seq;
	bool valid;

	memset(sum, 0, sizeof(*sum));
	if (p->latency && p->latency->era == histograms_era)
		*sum = p->latency->of[kind];
	list_for_each_entry(t, &p->threads, node) {
		if (!t->latency)
			continue;
		do {
			seq = read_seqcount_begin(&t->seq);
			valid = READ_ONCE(t->latency->era) == histograms_era;
			h = t->latency->of[kind];
		} while (read_seqcount_retry(&t->seq, seq));
		if (valid)
			histogram_merge(sum, &h);
	}
}

/**
 * pagestat_histograms_ended_begin() - the sum of ended processes, before a walk
 * @ended: set to the sum
 *
 * Context: pagestat_records_lock held.
 */
void pagestat_histograms_ended_begin(struct pagestat_histograms *ended)
{
	memset(&missed_histograms, 0, sizeof(missed_histograms));
	*ended = ended_histograms;
}

/**
 * pagestat_histograms_ended_end() - the same after the walk
 * @ended: the sum; those that ended before the walk visited them are added
 *
 * Context: pagestat_records_lock held.
 */
void pagestat_histograms_ended_end(struct pagestat_histograms *ended)
{
	histograms_merge(ended, &missed_histograms);
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
