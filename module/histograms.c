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

#include "histograms.h"
#include "walk.h"

/* Changes at a reset: what was added before counts no more. */
unsigned int pagestat_histograms_era;

/* The sum of processes that have ended; guarded by pagestat_lock(). */
static struct pagestat_histograms ended_histograms;

/* Of those, the ones that a walk had not visited, see walk.h. */
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
	h->bucket[histogram_bucket(ns)]++;
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

/* From now on it is of this era, and empty. */
static void histograms_begin(struct pagestat_histograms *sum)
{
	memset(sum->of, 0, sizeof(sum->of));
	sum->era = pagestat_histograms_era;
}

/* Add those that no thread adds to any more, unless they are of before a reset. */
static void histograms_merge(struct pagestat_histograms *sum,
			     const struct pagestat_histograms *latency)
{
	int i;

	lockdep_assert_held(&pagestat_records_lock);

	if (sum->era != pagestat_histograms_era)
		histograms_begin(sum);
	if (latency->era != pagestat_histograms_era)
		return;
	for (i = 0; i < PAGESTAT_NR_KINDS; i++)
		histogram_merge(&sum->of[i], &latency->of[i]);
}

/**
 * pagestat_histograms_thread_end() - a thread ends, and its process may live on
 * @t: its record
 *
 * Context: pagestat_lock() held; any context.
 */
void pagestat_histograms_thread_end(struct pagestat_thread *t)
{
	struct pagestat_process *p = t->process;

	lockdep_assert_held(&pagestat_records_lock);

	if (!t->latency)
		return;
	if (pagestat_walk_missed_thread(t) && pagestat_walk_now->latency)
		histograms_merge(pagestat_walk_now->latency, t->latency);
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
 * Context: pagestat_lock() held; any context.
 */
void pagestat_histograms_process_end(struct pagestat_process *p)
{
	lockdep_assert_held(&pagestat_records_lock);

	if (!p->latency)
		return;
	histograms_merge(&ended_histograms, p->latency);
	if (pagestat_walk_missed_process(p))
		histograms_merge(&missed_histograms, p->latency);
}

/**
 * pagestat_histograms_reset() - from now on all count as empty
 *
 * Context: pagestat_lock() held; any context.
 */
void pagestat_histograms_reset(void)
{
	lockdep_assert_held(&pagestat_records_lock);

	WRITE_ONCE(pagestat_histograms_era, pagestat_histograms_era + 1);
}

/**
 * pagestat_histograms_read_process() - those of a process's ended threads
 * @p:   its record
 * @sum: set to them
 *
 * Context: pagestat_lock() held.
 */
void pagestat_histograms_read_process(const struct pagestat_process *p,
				      struct pagestat_histograms *sum)
{
	sum->era = pagestat_histograms_era - 1;	/* whatever is in it */
	if (p->latency)
		histograms_merge(sum, p->latency);
	else
		histograms_begin(sum);
}

/**
 * pagestat_histograms_read_thread() - add a thread's, while it may add to them
 * @t:   its record
 * @sum: where to add them
 *
 * Context: pagestat_lock() held.
 */
void pagestat_histograms_read_thread(const struct pagestat_thread *t,
				     struct pagestat_histograms *sum)
{
	struct pagestat_histogram h;
	unsigned int seq;
	bool valid;
	int kind;

	for (kind = 0; t->latency && kind < PAGESTAT_NR_KINDS; kind++) {
		do {
			seq = read_seqcount_begin(&t->seq);
			valid = READ_ONCE(t->latency->era) == pagestat_histograms_era;
			h = t->latency->of[kind];
		} while (read_seqcount_retry(&t->seq, seq));
		if (valid)
			histogram_merge(&sum->of[kind], &h);
	}
}

/**
 * pagestat_histograms_ended_begin() - the sum of ended processes, before a walk
 * @ended: set to the sum
 *
 * Context: pagestat_lock() held.
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
 * Context: pagestat_lock() held.
 */
void pagestat_histograms_ended_end(struct pagestat_histograms *ended)
{
	histograms_merge(ended, &missed_histograms);
}
