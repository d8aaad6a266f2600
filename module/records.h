/* SPDX-License-Identifier: GPL-2.0 */
/*
 * records.h - the records of all live threads and processes, found and listed
 *
 * A thread counts into its own record, as the kernel does with min_flt: on the
 * fault path nothing is shared between CPUs, so nothing there is atomic and no
 * lock is taken.  Births, deaths and readers take one lock; faults never do.
 */
#ifndef PAGESTAT_RECORDS_H
#define PAGESTAT_RECORDS_H

#include <linux/cache.h>
#include <linux/kernel.h>
#include <linux/list.h>
#include <linux/mm.h>
#include <linux/percpu.h>
#include <linux/sched.h>
#include <linux/seqlock.h>

#include "fault.h"
#include "pool.h"
#include "uapi/pagestat.h"

struct pagestat_histograms;

/**
 * struct pagestat_waits - what a thread waits for, for want of memory
 * @reclaim:  when it began to reclaim, in ns of ktime_get_mono_fast_ns(); 0: it does not
 * @stall:    the same for a stall
 * @compact:  for direct compaction
 * @throttle: for a stall that may be throttling at memory.high
 * @frame:    where the caller of psi_memstall_enter() has its flags: the innermost one,
 *            or that around compaction
 */
struct pagestat_waits {
	u64 reclaim;
	u64 stall;
	u64 compact;
	u64 throttle;
	unsigned long frame;
};

/**
 * struct pagestat_thread - a thread's record
 * @task:    the thread; pinned, so that its address cannot be reused
 * @seq:     guards @fault and its settling into @tally, and the end of @waits, against
 *           readers
 * @fault:   the fault entered last
 * @tally:   what the thread has counted; written by the thread itself alone
 * @base:    what it had counted at the last reset, or NULL
 * @hash:    in the table that finds a record by its task
 * @node:    among the threads of its process, or in a list of the pool
 * @process: the process it belongs to
 * @minor:   min_flt when the record was made
 * @major:   maj_flt when the record was made
 * @unmaps:  whose memory it is unmapping
 * @started: when its fault began, its first try; while latency is measured
 * @copied:  the page frame that a write may have to copy
 * @latency: how long its faults took, or NULL where that is not kept
 * @walk:    the last walk that visited it, see walk.h
 * @waits:   what it waits for
 *
 * Records begin and end at the boundary of a cache line: what a fault writes is in
 * lines that no other thread's fault writes.  @task, @seq and @fault, which every
 * fault needs, are the first.  Others write only to what lies behind @tally, at the
 * birth of a thread, its death and a reset.
 */
struct pagestat_thread {
	struct task_struct *task;
	seqcount_t seq;
	struct pagestat_fault fault;
	struct pagestat_tally tally;
	struct pagestat_tally *base;
	struct hlist_node hash;
	struct list_head node;
	struct pagestat_process *process;
	unsigned long minor;
	unsigned long major;
	struct mm_struct *unmaps;
	u64 started;
	unsigned long copied;
	struct pagestat_histograms *latency;
	unsigned int walk;
	struct pagestat_waits waits;
};

/* Memory a thread; a machine may have a million of them.  Lockdep makes it more. */
#ifndef CONFIG_DEBUG_LOCK_ALLOC
static_assert(ALIGN(sizeof(struct pagestat_thread), SMP_CACHE_BYTES) <= 512);
static_assert(offsetof(struct pagestat_thread, tally) <= 64);
#endif

/**
 * struct pagestat_process - a thread group's record
 * @threads:  its live threads
 * @node:     among the live processes, or in a list of the pool
 * @start_ns: the leader's start_boottime, which exec() passes on
 * @swapout:  pages of it that went to swap, whoever sent them
 * @walk:     the last walk that came to it, see walk.h
 * @nr_threads: how many of @threads are records
 * @ended:    what its ended threads counted
 * @children: what its ended children and theirs counted
 * @latency:  how long the faults of its ended threads took, or NULL
 */
struct pagestat_process {
	struct list_head threads;
	struct list_head node;
	u64 start_ns;
	unsigned int walk;
	unsigned int nr_threads;
	atomic64_t swapout;
	struct pagestat_tally ended;
	struct pagestat_tally children;
	struct pagestat_histograms *latency;
};

static_assert(ALIGN(sizeof(struct pagestat_process), SMP_CACHE_BYTES) <= 704);

/**
 * struct pagestat_last_thread - the thread that a CPU counted for last
 * @task:       the thread
 * @generation: pagestat_pool_generation when its record was found
 * @thread:     its record
 *
 * Records are freed only after the generation has changed and all handlers that
 * may have seen the old one have returned.  Until then a record pins its task, so
 * that no other can have the address.
 */
struct pagestat_last_thread {
	struct task_struct *task;
	unsigned long generation;
	struct pagestat_thread *thread;
};

DECLARE_PER_CPU(struct pagestat_last_thread, pagestat_last_thread);

/**
 * struct pagestat_totals - all processes together, as published
 */
struct pagestat_totals {
#define FIELD(name) u64 name;
	PAGESTAT_SYSTEM_COLUMNS(FIELD)
#undef FIELD
	struct pagestat_tally tally;
};

/* Guarded by pagestat_lock(). */
extern struct list_head pagestat_live;	/* processes */
extern struct pagestat_totals pagestat_sums;	/* of ended ones; readers add the live */

/* Every task of the time of the load has a record, or there was no room for it. */
extern bool pagestat_all_adopted;

struct pagestat_thread *pagestat_thread_find(struct task_struct *task);
struct pagestat_thread *pagestat_thread_find_current(struct pagestat_last_thread *last);
void pagestat_thread_hash(struct pagestat_thread *t);
void pagestat_thread_unhash(struct pagestat_thread *t);
u64 pagestat_lost_hits(void);

int pagestat_records_init(unsigned int records);
void pagestat_records_exit(void);

/**
 * pagestat_thread_current() - the record of the running thread
 *
 * Context: preemption off.
 * Return: the record, or NULL where the thread has none.
 */
static __always_inline struct pagestat_thread *pagestat_thread_current(void)
{
	struct pagestat_last_thread *last = this_cpu_ptr(&pagestat_last_thread);

	if (likely(last->task == current &&
		   last->generation == READ_ONCE(pagestat_pool_generation)))
		return last->thread;
	return pagestat_thread_find_current(last);
}

/* Count in the running thread's own record, which readers may be reading. */
static __always_inline void pagestat_thread_count(struct pagestat_thread *t,
						  enum pagestat_counter counter, u64 n)
{
	WRITE_ONCE(t->tally.n[counter], t->tally.n[counter] + n);
}

/*
 * A wait has ended: count how long it was.  The caller has @now, and calls this, between
 * raw_write_seqcount_begin() and raw_write_seqcount_end().
 */
static __always_inline u64 pagestat_wait_end(struct pagestat_thread *t, u64 *since,
					     enum pagestat_counter counter, u64 now)
{
	/* This clock may step back a little. */
	u64 ns = max_t(s64, now - *since, 0);

	*since = 0;
	pagestat_thread_count(t, counter, ns);
	return ns;
}

static inline void pagestat_tally_add(struct pagestat_tally *sum,
				      const struct pagestat_tally *tally)
{
	int i;

	for (i = 0; i < PAGESTAT_NR; i++)
		sum->n[i] += tally->n[i];
}

#endif /* PAGESTAT_RECORDS_H */
