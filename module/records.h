/* SPDX-License-Identifier: GPL-2.0 */
/*
 * records.h - what is remembered of a thread and of its process
 *
 * A thread counts into its own record, as the kernel does with min_flt: on the
 * fault path nothing is shared between CPUs, so nothing there is atomic and no
 * lock is taken.  Births, deaths and readers meet at one lock; faults never see
 * it.
 */
#ifndef PAGESTAT_RECORD_H
#define PAGESTAT_RECORD_H

#include <linux/cache.h>
#include <linux/kernel.h>
#include <linux/list.h>
#include <linux/mm.h>
#include <linux/percpu.h>
#include <linux/sched.h>
#include <linux/seqlock.h>

#include "caretaker.h"
#include "uapi/pagestat.h"

struct pagestat_histograms;

struct pagestat_tally {
	u64 n[PAGESTAT_NR];
};

/* What struct pagestat_fault.expect and .copy say beside a counter. */
#define PAGESTAT_COUNTED		0x80			/* with a counter: it was counted */
#define PAGESTAT_NO_FAULT	PAGESTAT_NR		/* no fault was seen yet */
#define PAGESTAT_NO_COPY		PAGESTAT_NR		/* do_wp_page() was not seen */

/**
 * struct pagestat_fault - the fault that a thread entered last
 * @accounted: min_flt + maj_flt of the thread when it entered
 * @major:     maj_flt when it entered
 * @address:   where
 * @flags:     FAULT_FLAG_* of the call
 * @swapped:   pages that swap-in mapped and that wait to be told apart
 * @expect:    the counter of its outcome, should no leaf say otherwise; or the
 *             one that a leaf has counted, and PAGESTAT_COUNTED
 * @copy:      the counter of a copy, if do_wp_page() makes one
 * @uffd:      a userfaultfd was handed this fault, by this try or one before
 *
 * No return probe is needed to learn how a fault ended: the kernel accounts it
 * to the thread before it can enter the next one.  So the next entry, or a
 * reader, compares the thread's own min_flt and maj_flt with what they were.
 */
struct pagestat_fault {
	unsigned long accounted;
	unsigned long major;
	unsigned long address;
	unsigned int flags;
	unsigned int swapped;
	unsigned char expect;
	unsigned char copy;
	bool uffd;
};

/**
 * struct pagestat_thread - a thread's record
 * @task:    the thread; pinned, so that its address cannot be reused
 * @seq:     guards @fault and its settling into @tally against readers
 * @fault:   the fault entered last
 * @tally:   what the thread has counted; written by the thread itself alone
 * @base:    what it had counted at the last reset, or NULL
 * @hash:    in the table that finds a record by its task
 * @node:    among the threads of its process, or in a list of the caretaker
 * @process: the process it belongs to
 * @minor:   min_flt when the record was made
 * @major:   maj_flt when the record was made
 * @reclaim: when it began to reclaim, in ns; 0: it does not
 * @unmaps:  whose memory it is unmapping
 * @started: when its fault began, its first try; while latency is measured
 * @copied:  the page frame that a write may have to copy
 * @latency: how long its faults took, or NULL where that is not kept
 *
 * Records begin at a cache line of their own and end with one: what a fault writes
 * is in lines that no other thread's fault writes.  @task, @seq and @fault, which
 * every fault needs, are the first.  Others write only to what lies behind @tally,
 * at the birth of a thread, its death and a reset.
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
	u64 reclaim;
	struct mm_struct *unmaps;
	u64 started;
	unsigned long copied;
	struct pagestat_histograms *latency;
};

/* Memory a thread; a machine may have a million of them.  Lockdep makes it more. */
#ifndef CONFIG_DEBUG_LOCK_ALLOC
static_assert(ALIGN(sizeof(struct pagestat_thread), SMP_CACHE_BYTES) <= 512);
static_assert(offsetof(struct pagestat_thread, tally) <= 64);
#endif

/**
 * struct pagestat_process - a thread group's record
 * @threads:  its live threads
 * @node:     among the live processes, or in a list of the caretaker
 * @start_ns: the leader's start_boottime, which exec() hands on
 * @swapout:  pages of it that went to swap, whoever sent them
 * @walk:     the walk that has come to it, see pagestat_live_walk_begin()
 * @ended:    what its ended threads counted
 * @children: what its ended children and theirs counted
 * @latency:  how long the faults of its ended threads took, or NULL
 */
struct pagestat_process {
	struct list_head threads;
	struct list_head node;
	u64 start_ns;
	unsigned int walk;
	atomic64_t swapout;
	struct pagestat_tally ended;
	struct pagestat_tally children;
	struct pagestat_histograms *latency;
};

static_assert(ALIGN(sizeof(struct pagestat_process), SMP_CACHE_BYTES) <= 576);

/**
 * struct pagestat_last_thread - the thread that a CPU counted for last
 * @task:       the thread
 * @generation: caretaker_generation when its record was found
 * @thread:     its record
 *
 * Records are freed only after the generation has changed and all handlers that
 * may have seen the old one are through.  Until then a record pins its task, so
 * that no other can have the address.
 */
struct pagestat_last_thread {
	struct task_struct *task;
	unsigned long generation;
	struct pagestat_thread *thread;
};

DECLARE_PER_CPU(struct pagestat_last_thread, pagestat_last_thread);

struct pagestat_thread *pagestat_thread_find(struct task_struct *task);
struct pagestat_thread *pagestat_thread_find_current(struct pagestat_last_thread *last);

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
		   last->generation == READ_ONCE(caretaker_generation)))
		return last->thread;
	return pagestat_thread_find_current(last);
}

/* Count in the running thread's own record, which readers may be reading. */
static __always_inline void pagestat_thread_count(struct pagestat_thread *t,
						  enum pagestat_counter counter, u64 n)
{
	WRITE_ONCE(t->tally.n[counter], t->tally.n[counter] + n);
}

/* How memory was touched by a fault that was accounted. */
static __always_inline void pagestat_fault_access(unsigned int flags,
						  struct pagestat_tally *tally)
{
	if (flags & FAULT_FLAG_WRITE)
		tally->n[PAGESTAT_write]++;
	else if (unlikely(flags & FAULT_FLAG_INSTRUCTION))
		tally->n[PAGESTAT_exec]++;
	else
		tally->n[PAGESTAT_read]++;

	if (unlikely(!(flags & FAULT_FLAG_USER)))
		tally->n[PAGESTAT_kernel]++;
	if (unlikely(flags & FAULT_FLAG_REMOTE))
		tally->n[PAGESTAT_remote]++;
}

/**
 * pagestat_fault_settle() - count what the kernel's accounting says of the last fault
 * @fault: the fault; its pages from swap are taken
 * @tally: where to count
 * @minor: the thread's min_flt now
 * @major: the thread's maj_flt now
 *
 * A fault that was not accounted was retried or failed: it had no outcome, but
 * pages it may have brought back, which go to the one that is accounted.
 * Faults beyond the one that was entered were never seen by the hook (it missed
 * them, or they began before the record): they count as "other", so that every
 * fault the kernel counted is somewhere.  One that was handed to a userfaultfd
 * and then finds the page in place was counted as that.
 */
static __always_inline void pagestat_fault_settle(struct pagestat_fault *fault,
						  struct pagestat_tally *tally,
						  unsigned long minor,
						  unsigned long major)
{
	unsigned long faults = minor + major - fault->accounted;

	if (!faults)
		return;
	if (fault->expect < PAGESTAT_NR &&
	    likely(!fault->uffd || fault->expect != PAGESTAT_other))
		tally->n[fault->expect]++;
	fault->uffd = false;
	if (likely(fault->expect != PAGESTAT_NO_FAULT))
		pagestat_fault_access(fault->flags, tally);
	if (unlikely(fault->swapped)) {
		tally->n[major != fault->major ? PAGESTAT_swapin_io :
			 PAGESTAT_swapin_cache] += fault->swapped;
		fault->swapped = 0;
	}
	if (unlikely(faults > 1 || fault->expect == PAGESTAT_NO_FAULT))
		tally->n[PAGESTAT_other] += faults - (fault->expect != PAGESTAT_NO_FAULT);
}

/**
 * struct pagestat_row - one process or thread, as published; see the columns
 */
struct pagestat_row {
	pid_t pid;
	pid_t tid;
	pid_t ppid;
	uid_t uid;
	int exit_code;
	u64 start_ns;
	u64 end_ns;
	u64 cgroup_id;
	struct pagestat_tally tally;
	char comm[TASK_COMM_LEN];
};

/**
 * struct pagestat_totals - all processes together, as published
 */
struct pagestat_totals {
#define FIELD(name) u64 name;
	PAGESTAT_SYSTEM_COLUMNS(FIELD)
#undef FIELD
	struct pagestat_tally tally;
};

/* What a table shows: processes, in the first two. */
enum pagestat_whose { ROWS_PROCESSES, ROWS_CHILDREN, ROWS_THREADS };

void pagestat_thread_born(struct task_struct *task);
void pagestat_thread_died(struct task_struct *task);
void pagestat_thread_oom(struct task_struct *task);
void pagestat_thread_swapped_out(struct task_struct *owner);

int pagestat_records_init(void);
void pagestat_records_adopt(void);
void pagestat_records_begin(void);
void pagestat_records_exit(void);

struct pagestat_row *pagestat_records_rows(enum pagestat_whose whose, size_t *count);
void pagestat_records_totals(struct pagestat_totals *totals);
int pagestat_records_reset(void);

#endif /* PAGESTAT_RECORD_H */
