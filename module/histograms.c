// SPDX-License-Identifier: GPL-2.0
/*
 * histograms.c - how long faults took: kept while the parameter "latency" is on
 *
 * Each thread adds to histograms of its own, as it counts in a record of its own;
 * histogram_stock.c gives them to it.
 */
#include <linux/mm.h>
#include <linux/sched/signal.h>
#include <linux/slab.h>

#include "histograms.h"
#include "live.h"

/* Changes at a reset: what was added before counts no more. */
unsigned int pagestat_histograms_era;

/* Those of processes that have ended; guarded by pagestat_records_lock. */
static struct pagestat_histograms ended;

/* Of those, the ones that a walk had not come to, see pagestat_live_walk_begin(). */
static struct pagestat_histograms missed;

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
	unsigned int era = READ_ONCE(pagestat_histograms_era);
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
	h->bucket[pagestat_histogram_bucket(ns)]++;
	raw_write_seqcount_end(&t->seq);
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

/* Add those that nobody adds to any more, of this era. */
static void merge(struct pagestat_histograms *sum, const struct pagestat_histograms *latency)
{
	int i;

	lockdep_assert_held(&pagestat_records_lock);

	if (sum->era != pagestat_histograms_era) {
		memset(sum->of, 0, sizeof(sum->of));
		sum->era = pagestat_histograms_era;
	}
	if (latency->era != pagestat_histograms_era)
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
		merge(p->latency, t->latency);
	} else {
		/* No memory is needed for the sum of one. */
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
	merge(&ended, p->latency);
	if (pagestat_live_walk_to_come(p))
		merge(&missed, p->latency);
}

/**
 * pagestat_histograms_reset() - begin anew
 *
 * Context: pagestat_records_lock held; any context.
 */
void pagestat_histograms_reset(void)
{
	lockdep_assert_held(&pagestat_records_lock);

	WRITE_ONCE(pagestat_histograms_era, pagestat_histograms_era + 1);
}

/**
 * pagestat_histograms_forget() - forget those of the ended
 *
 * Context: process context.
 */
void pagestat_histograms_forget(void)
{
	raw_spin_lock(&pagestat_records_lock);
	memset(&ended, 0, sizeof(ended));
	raw_spin_unlock(&pagestat_records_lock);
}

/* Add one kind of a thread's, which may be adding to it. */
static void thread_kind(const struct pagestat_thread *t, enum pagestat_kind kind,
			struct pagestat_histogram *sum)
{
	struct pagestat_histogram h;
	unsigned int seq;
	bool valid;

	if (!t->latency)
		return;
	do {
		seq = read_seqcount_begin(&t->seq);
		valid = READ_ONCE(t->latency->era) == pagestat_histograms_era;
		h = t->latency->of[kind];
	} while (read_seqcount_retry(&t->seq, seq));
	if (valid)
		histogram_merge(sum, &h);
}

struct snapshot {
	struct pagestat_latency_row *rows;
	size_t room;
	size_t count;
};

/* A row, if there is room and something to show; of the ended without a leader. */
static void row_add(struct snapshot *s, const struct pagestat_histogram *h,
		    enum pagestat_kind kind, const struct pagestat_row *leader)
{
	struct pagestat_latency_row *row;

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

static void rows_add(struct pagestat_process *p, void *arg)
{
	struct snapshot *s = arg;
	struct pagestat_row leader;
	struct pagestat_thread *t;
	int kind;

	pagestat_process_fill(&leader, p, &p->ended);
	for (kind = 0; kind < PAGESTAT_NR_KINDS; kind++) {
		struct pagestat_histogram sum = { 0 };

		if (p->latency && p->latency->era == pagestat_histograms_era)
			sum = p->latency->of[kind];
		list_for_each_entry(t, &p->threads, node)
			thread_kind(t, kind, &sum);
		row_add(s, &sum, kind, &leader);
	}
	p->walk = pagestat_walk_now;
}

/* All rows, as many as there is room for: the live, then the sum of the ended. */
static void rows_take(struct snapshot *s, struct pagestat_histograms *gone)
{
	int kind;

	raw_spin_lock(&pagestat_records_lock);
	pagestat_live_walk_begin();
	memset(&missed, 0, sizeof(missed));
	*gone = ended;
	raw_spin_unlock(&pagestat_records_lock);

	pagestat_live_walk(rows_add, s);

	raw_spin_lock(&pagestat_records_lock);
	merge(gone, &missed);
	for (kind = 0; kind < PAGESTAT_NR_KINDS; kind++)
		row_add(s, &gone->of[kind], kind, NULL);
	pagestat_live_walk_end();
	raw_spin_unlock(&pagestat_records_lock);
}

/**
 * pagestat_histograms_rows() - one snapshot of all histograms
 * @count: set to the number of rows
 *
 * Context: process context; sleeps.
 * Return: the rows, to be freed by kvfree(), or NULL for want of memory.
 */
struct pagestat_latency_row *pagestat_histograms_rows(size_t *count)
{
	struct pagestat_histograms *gone = kmalloc(sizeof(*gone), GFP_KERNEL);
	struct snapshot s = { 0 };

	if (!gone)
		return NULL;
	mutex_lock(&pagestat_walk_mutex);
	pagestat_records_mend();
	do {
		/* Few processes have faults of more than a few kinds. */
		s.room = max_t(size_t, s.count, 2 * READ_ONCE(pagestat_sums.processes));
		s.room += s.room / 8 + 64;
		s.count = 0;
		kvfree(s.rows);
		s.rows = kvmalloc_array(s.room, sizeof(*s.rows), GFP_KERNEL);
		if (s.rows)
			rows_take(&s, gone);
	} while (s.rows && s.count > s.room);
	mutex_unlock(&pagestat_walk_mutex);
	kfree(gone);

	*count = s.count;
	return s.rows;
}
