// SPDX-License-Identifier: GPL-2.0
/*
 * histograms.c - how long faults took: kept while the parameter "latency" is on
 *
 * Each thread adds to histograms of its own, as it counts in a record of its own.
 * They are made and taken away in process context, for all records in use and all
 * that lie ready.
 */
#include <linux/mm.h>
#include <linux/sched/signal.h>
#include <linux/slab.h>

#include "histograms.h"
#include "live.h"

/* Changes at a reset: what was added before counts no more. */
unsigned int histograms_era;

static struct kmem_cache *cache;

/* Those of processes that have ended; guarded by records_lock. */
static struct histograms ended;

/* Of those, the ones that a walk had not come to, see live_walk_begin(). */
static struct histograms missed;

/**
 * histograms_add() - a fault of the running thread has returned
 * @t:     its record
 * @kind:  the kind of fault
 * @major: major or minor
 * @ns:    how long it took
 *
 * Context: a probe handler, preemption off; only the thread itself comes here.
 */
void histograms_add(struct thread *t, enum pagestat_kind kind, bool major,
		    u64 ns)
{
	struct histograms *latency = READ_ONCE(t->latency);
	unsigned int era = READ_ONCE(histograms_era);
	struct histogram *h;

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

static void histogram_merge(struct histogram *sum, const struct histogram *h)
{
	int i;

	sum->minor += h->minor;
	sum->major += h->major;
	sum->sum_ns += h->sum_ns;
	sum->max_ns = max(sum->max_ns, h->max_ns);
	for (i = 0; i < PAGESTAT_BUCKETS; i++)
		sum->bucket[i] += h->bucket[i];
}

/* Add those that nobody adds to any more, of this era. */
static void merge(struct histograms *sum, const struct histograms *latency)
{
	int i;

	lockdep_assert_held(&records_lock);

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
 * histograms_thread_end() - a thread ends, and its process may live on
 * @t: its record
 *
 * Context: records_lock held; any context.
 */
void histograms_thread_end(struct thread *t)
{
	struct process *p = t->process;

	lockdep_assert_held(&records_lock);

	if (!t->latency)
		return;
	if (p->latency) {
		merge(p->latency, t->latency);
	} else {
		/* No memory is needed for the sum of one. */
		p->latency = t->latency;
		t->latency = NULL;
	}
}

/**
 * histograms_process_end() - a process ends, all its threads have
 * @p: its record
 *
 * Context: records_lock held; any context.
 */
void histograms_process_end(struct process *p)
{
	lockdep_assert_held(&records_lock);

	if (!p->latency)
		return;
	merge(&ended, p->latency);
	if (live_walk_to_come(p))
		merge(&missed, p->latency);
}

/**
 * histograms_reset() - begin anew
 *
 * Context: records_lock held; any context.
 */
void histograms_reset(void)
{
	lockdep_assert_held(&records_lock);

	WRITE_ONCE(histograms_era, histograms_era + 1);
}

/**
 * histograms_alloc() - make empty histograms for a thread
 *
 * Context: process context; sleeps.
 * Return: the histograms, or NULL.
 */
struct histograms *histograms_alloc(void)
{
	struct histograms *latency = kmem_cache_zalloc(cache, GFP_KERNEL);

	if (latency)
		latency->era = READ_ONCE(histograms_era);
	return latency;
}

/**
 * histograms_free() - the opposite
 * @latency: the histograms, or NULL
 *
 * Context: process context.
 */
void histograms_free(struct histograms *latency)
{
	if (latency)
		kmem_cache_free(cache, latency);
}

/* The threads that still have none, and histograms to give to them. */
struct gift {
	struct llist_head stock;
	size_t needed;
};

static void give(struct process *p, void *arg)
{
	struct gift *gift = arg;
	struct llist_node *node;
	struct thread *t;

	list_for_each_entry(t, &p->threads, node) {
		if (t->latency)
			continue;
		node = llist_del_first(&gift->stock);
		if (node)
			WRITE_ONCE(t->latency,
				   llist_entry(node, struct histograms, free));
		else
			gift->needed++;
	}
}

static void take(struct process *p, void *arg)
{
	struct llist_head *taken = arg;
	struct thread *t;

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
	struct histograms *latency, *next;

	llist_for_each_entry_safe(latency, next, llist_del_all(list), free)
		kmem_cache_free(cache, latency);
}

/**
 * histograms_give() - make histograms for all threads, and for those to come
 *
 * Context: process context; sleeps.
 * Return: 0, or -ENOMEM, and then none have any.
 */
int histograms_give(void)
{
	struct gift gift = { .stock = LLIST_HEAD_INIT(gift.stock) };
	struct histograms *latency;
	int err;

	/* First those that lie ready: who is born from then on has some. */
	err = caretaker_histograms(true);
	while (!err) {
		gift.needed = 0;
		mutex_lock(&walk_mutex);
		live_walk(give, &gift);
		mutex_unlock(&walk_mutex);
		if (!gift.needed)
			break;
		while (gift.needed--) {
			latency = histograms_alloc();
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
		histograms_take();
	return err;
}

/**
 * histograms_take() - take all histograms away
 *
 * Context: process context; sleeps.
 */
void histograms_take(void)
{
	LLIST_HEAD(taken);

	caretaker_histograms(false);
	mutex_lock(&walk_mutex);
	live_walk(take, &taken);
	mutex_unlock(&walk_mutex);
	/* A handler may have them at hand: readers of events keep it going. */
	synchronize_rcu();
	free_all(&taken);

	raw_spin_lock(&records_lock);
	memset(&ended, 0, sizeof(ended));
	raw_spin_unlock(&records_lock);
}

/* Add one kind of a thread's, which may be adding to it. */
static void thread_kind(const struct thread *t, enum pagestat_kind kind,
			struct histogram *sum)
{
	struct histogram h;
	unsigned int seq;
	bool valid;

	if (!t->latency)
		return;
	do {
		seq = read_seqcount_begin(&t->seq);
		valid = READ_ONCE(t->latency->era) == histograms_era;
		h = t->latency->of[kind];
	} while (read_seqcount_retry(&t->seq, seq));
	if (valid)
		histogram_merge(sum, &h);
}

struct snapshot {
	struct latency_row *rows;
	size_t room;
	size_t count;
};

/* A row, if there is room and something to show; of the ended without a leader. */
static void row_add(struct snapshot *s, const struct histogram *h,
		    enum pagestat_kind kind, const struct row *leader)
{
	struct latency_row *row;

	if (!h->minor && !h->major)
		return;
	if (s->count++ >= s->room)
		return;
	row = &s->rows[s->count - 1];
	memset(row, 0, sizeof(*row));
	row->kind = kind;
	row->histogram = *h;
	if (!leader) {
		strscpy(row->comm, "(ended)", sizeof(row->comm));
		return;
	}
	row->pid = leader->pid;
	row->start_ns = leader->start_ns;
	memcpy(row->comm, leader->comm, sizeof(row->comm));
}

static void rows_add(struct process *p, void *arg)
{
	struct snapshot *s = arg;
	struct row leader;
	struct thread *t;
	int kind;

	process_fill(&leader, p, &p->gone);
	for (kind = 0; kind < PAGESTAT_NR_KINDS; kind++) {
		struct histogram sum = { 0 };

		if (p->latency && p->latency->era == histograms_era)
			sum = p->latency->of[kind];
		list_for_each_entry(t, &p->threads, node)
			thread_kind(t, kind, &sum);
		row_add(s, &sum, kind, &leader);
	}
	p->walk = walk_now;
}

/* All rows, as many as there is room for: the live, then the sum of the ended. */
static void rows_take(struct snapshot *s, struct histograms *gone)
{
	int kind;

	raw_spin_lock(&records_lock);
	live_walk_begin();
	memset(&missed, 0, sizeof(missed));
	*gone = ended;
	raw_spin_unlock(&records_lock);

	live_walk(rows_add, s);

	raw_spin_lock(&records_lock);
	merge(gone, &missed);
	for (kind = 0; kind < PAGESTAT_NR_KINDS; kind++)
		row_add(s, &gone->of[kind], kind, NULL);
	live_walk_end();
	raw_spin_unlock(&records_lock);
}

/**
 * histograms_rows() - one snapshot of all histograms
 * @count: set to the number of rows
 *
 * Context: process context; sleeps.
 * Return: the rows, to be freed by kvfree(), or NULL for want of memory.
 */
struct latency_row *histograms_rows(size_t *count)
{
	struct histograms *gone = kmalloc(sizeof(*gone), GFP_KERNEL);
	struct snapshot s = { 0 };

	if (!gone)
		return NULL;
	mutex_lock(&walk_mutex);
	records_mend();
	do {
		/* Few processes have faults of more than a few kinds. */
		s.room = max_t(size_t, s.count, 2 * READ_ONCE(sums.processes));
		s.room += s.room / 8 + 64;
		s.count = 0;
		kvfree(s.rows);
		s.rows = kvmalloc_array(s.room, sizeof(*s.rows), GFP_KERNEL);
		if (s.rows)
			rows_take(&s, gone);
	} while (s.rows && s.count > s.room);
	mutex_unlock(&walk_mutex);
	kfree(gone);

	*count = s.count;
	return s.rows;
}

/**
 * histograms_init() - make histograms possible
 *
 * Context: process context; sleeps.
 * Return: 0, or -ENOMEM.
 */
int histograms_init(void)
{
	cache = kmem_cache_create("pagestat_latency", sizeof(struct histograms),
				  0, SLAB_HWCACHE_ALIGN, NULL);
	return cache ? 0 : -ENOMEM;
}

/**
 * histograms_exit() - all of them have been freed
 *
 * Context: process context; sleeps.
 */
void histograms_exit(void)
{
	kmem_cache_destroy(cache);
}
