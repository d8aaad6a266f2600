// SPDX-License-Identifier: GPL-2.0
/*
 * read.c - a record read while it is being written
 *
 * Faults never wait for a reader: a thread's record is read again if it changed
 * meanwhile.
 */
#include <linux/cred.h>
#include <linux/minmax.h>
#include <linux/mm.h>
#include <linux/sched/signal.h>
#include <linux/timekeeping.h>
#include <linux/user_namespace.h>

#include "compat.h"
#include "read.h"

/* Never below 0: the clock of waits, up to now when @base was taken, may step back. */
static void tally_subtract(struct pagestat_tally *tally, const struct pagestat_tally *base)
{
	int i;

	for (i = 0; i < PAGESTAT_NR; i++)
		tally->n[i] -= min(tally->n[i], base->n[i]);
}

/**
 * pagestat_tally_derive() - set the counters that are sums of others
 * @tally: the counters; see PAGESTAT_COUNTERS
 *
 * Context: any.
 */
void pagestat_tally_derive(struct pagestat_tally *tally)
{
	u64 *n = tally->n;

	n[PAGESTAT_cow] = n[PAGESTAT_cow_anon] + n[PAGESTAT_cow_file] +
			  n[PAGESTAT_cow_ksm] + n[PAGESTAT_cow_huge];
	n[PAGESTAT_swapin] = n[PAGESTAT_swapin_io] + n[PAGESTAT_swapin_cache];
}

static bool wait_goes_on(const struct pagestat_waits *waits)
{
	return waits->reclaim | waits->stall | waits->compact | waits->throttle;
}

static u64 wait_so_far(u64 since, u64 now)
{
	return since && now > since ? now - since : 0;
}

/*
 * What a thread waits for counts up to now, as the kernel's pressure files have it.  What
 * was taken for a stall at the birth of the record may have ended at that moment.
 */
static void waits_add(const struct pagestat_waits *waits, bool stalled, u64 now,
		      struct pagestat_tally *tally)
{
	tally->n[PAGESTAT_reclaim_ns] += wait_so_far(waits->reclaim, now);
	tally->n[PAGESTAT_compact_ns] += wait_so_far(waits->compact, now);
	tally->n[PAGESTAT_throttle_ns] += wait_so_far(waits->throttle, now);
	tally->n[PAGESTAT_throttle] += !!waits->throttle;
	if (stalled)
		tally->n[PAGESTAT_stall_ns] += wait_so_far(waits->stall, now);
}

/**
 * pagestat_thread_read() - add what a thread has counted, while it may be counting
 * @t:   its record
 * @sum: what to add it to
 *
 * The kernel's own counts are read first: the outcome of a fault that they contain
 * has been written.
 *
 * Context: pagestat_lock() held.
 */
void pagestat_thread_read(const struct pagestat_thread *t, struct pagestat_tally *sum)
{
	struct pagestat_fault fault;
	struct pagestat_waits waits;
	unsigned long minor, major;
	struct pagestat_tally tally;
	bool stalled;
	u64 now;
	unsigned int seq;
	int i;

	do {
		seq = read_seqcount_begin(&t->seq);
		minor = READ_ONCE(t->task->min_flt);
		major = READ_ONCE(t->task->maj_flt);
		/* The kernel's counts, then ours; pairs with pagestat_fault_wmb(). */
		smp_rmb();
		fault = t->fault;
		waits = t->waits;
		/* Ends after @waits says so, which is a reason to read again. */
		stalled = compat_in_memstall(t->task);
		now = wait_goes_on(&waits) ? ktime_get_mono_fast_ns() : 0;
		for (i = 0; i < PAGESTAT_NR; i++)
			tally.n[i] = READ_ONCE(t->tally.n[i]);
	} while (read_seqcount_retry(&t->seq, seq));

	pagestat_fault_settle(&fault, &tally, minor, major);
	tally.n[PAGESTAT_minor] = minor - t->minor;
	tally.n[PAGESTAT_major] = major - t->major;
	waits_add(&waits, stalled, now, &tally);
	if (t->base)
		tally_subtract(&tally, t->base);
	pagestat_tally_add(sum, &tally);
}

/**
 * pagestat_process_read() - what a process has counted, but for its live threads
 * @p:   its record
 * @sum: where to add it
 *
 * Context: pagestat_lock() held.
 */
void pagestat_process_read(const struct pagestat_process *p, struct pagestat_tally *sum)
{
	pagestat_tally_add(sum, &p->ended);
	sum->n[PAGESTAT_swapout] += atomic64_read(&p->swapout);
}

/**
 * pagestat_row_fill() - what is published of a task
 * @row:   filled in, but for cgroup_id, end_ns and exit_code
 * @task:  the task
 * @tally: its counters; those that are sums are filled in
 *
 * Context: pagestat_lock() held.
 */
void pagestat_row_fill(struct pagestat_row *row, struct task_struct *task,
		       const struct pagestat_tally *tally)
{
	row->pid = task_tgid_nr(task);
	row->tid = task_pid_nr(task);
	row->ppid = task_ppid_nr(task);
	row->uid = from_kuid_munged(&init_user_ns, task_uid(task));
	row->start_ns = task->start_boottime;
	row->tally = *tally;
	pagestat_tally_derive(&row->tally);
	/* The task may be renamed meanwhile: a mix of two names, but terminated. */
	memcpy(row->comm, task->comm, sizeof(row->comm));
	row->comm[sizeof(row->comm) - 1] = '\0';
}

/* The leader of a process, or another of its tasks if the leader is gone; under RCU. */
static struct task_struct *process_leader(const struct pagestat_process *p)
{
	struct pagestat_thread *t = list_first_entry(&p->threads, struct pagestat_thread, node);

	/* Only an unreleased task's leader is sure to be there: a death may be missed. */
	return likely(pid_alive(t->task)) ? READ_ONCE(t->task->group_leader) :
					    t->task;
}

/**
 * pagestat_process_fill() - what is published of a process, by its leader
 * @row: filled in, but for end_ns and exit_code; no counters
 * @p:   its record
 *
 * The leader may be a zombie.  That stays in the control group where it ended, also when
 * its process is moved to another: see pagestat_row_cgroup().
 *
 * Context: pagestat_lock() held; no walk's place is in @p->threads.
 * Return: whether cgroup_id is that of the whole process.
 */
bool pagestat_process_fill(struct pagestat_row *row, const struct pagestat_process *p)
{
	static const struct pagestat_tally none;
	bool live;

	rcu_read_lock();
	pagestat_row_fill(row, process_leader(p), &none);
	live = pagestat_row_cgroup(row, process_leader(p));
	rcu_read_unlock();
	row->start_ns = p->start_ns;
	return live;
}

/**
 * pagestat_row_cgroup() - the control group of a process, by one of its threads
 * @row:  its cgroup_id is set
 * @task: the thread
 *
 * Context: under RCU, or with a reference to the task.
 * Return: false if the task has ended, and so may have been left behind.
 */
bool pagestat_row_cgroup(struct pagestat_row *row, struct task_struct *task)
{
	rcu_read_lock();
	row->cgroup_id = compat_cgroup_id(task);
	rcu_read_unlock();
	return !(task->flags & PF_EXITING);
}
