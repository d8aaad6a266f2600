// SPDX-License-Identifier: GPL-2.0
/*
 * read.c - a record read while it is being written
 *
 * Faults never wait for a reader: a thread's record is read again if it changed
 * meanwhile.
 */
#include <linux/cred.h>
#include <linux/mm.h>
#include <linux/sched/signal.h>
#include <linux/user_namespace.h>

#include "compat.h"
#include "read.h"

static void tally_subtract(struct pagestat_tally *sum, const struct pagestat_tally *tally)
{
	int i;

	for (i = 0; i < PAGESTAT_NR; i++)
		sum->n[i] -= tally->n[i];
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

/**
 * pagestat_thread_read() - add what a thread has counted, while it may be counting
 * @t:   its record
 * @sum: what to add it to
 *
 * The kernel's own counts are read first: the outcome of a fault that they contain
 * has been written.
 *
 * Context: pagestat_records_lock held.
 */
void pagestat_thread_read(const struct pagestat_thread *t, struct pagestat_tally *sum)
{
	struct pagestat_fault fault;
	unsigned long minor, major;
	struct pagestat_tally tally;
	unsigned int seq;
	int i;

	do {
		seq = read_seqcount_begin(&t->seq);
		minor = READ_ONCE(t->task->min_flt);
		major = READ_ONCE(t->task->maj_flt);
		/* The kernel's counts, then ours; pairs with pagestat_fault_wmb(). */
		smp_rmb();
		fault = t->fault;
		for (i = 0; i < PAGESTAT_NR; i++)
			tally.n[i] = READ_ONCE(t->tally.n[i]);
	} while (read_seqcount_retry(&t->seq, seq));

	pagestat_fault_settle(&fault, &tally, minor, major);
	tally.n[PAGESTAT_minor] = minor - t->minor;
	tally.n[PAGESTAT_major] = major - t->major;
	pagestat_tally_add(sum, &tally);
	if (t->base)
		tally_subtract(sum, t->base);
}

/**
 * pagestat_process_read() - what a process has counted, its ended threads included
 * @p:   its record
 * @sum: set to that
 *
 * Context: pagestat_records_lock held.
 */
void pagestat_process_read(const struct pagestat_process *p, struct pagestat_tally *sum)
{
	struct pagestat_thread *t;

	*sum = p->ended;
	sum->n[PAGESTAT_swapout] += atomic64_read(&p->swapout);
	list_for_each_entry(t, &p->threads, node)
		pagestat_thread_read(t, sum);
}

/**
 * pagestat_row_fill() - what is published of a task
 * @row:   filled in, but for cgroup_id, end_ns and exit_code
 * @task:  the task
 * @tally: its counters; those that are sums are filled in
 *
 * Context: pagestat_records_lock held.
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

/*
 * The control group a process is in.  A leader that has ended stays in the one where
 * it ended when the others are moved to another.
 */
static u64 process_cgroup_id(const struct pagestat_process *p)
{
	struct task_struct *task = process_leader(p);
	struct pagestat_thread *t;

	if (task->flags & PF_EXITING) {
		list_for_each_entry(t, &p->threads, node) {
			if (!(t->task->flags & PF_EXITING)) {
				task = t->task;
				break;
			}
		}
	}
	return compat_cgroup_id(task);
}

/**
 * pagestat_process_fill() - what is published of a process, by its leader
 * @row:   filled in, but for end_ns and exit_code
 * @p:     its record
 * @tally: its counters
 *
 * The leader may be a zombie.
 *
 * Context: pagestat_records_lock held.
 */
void pagestat_process_fill(struct pagestat_row *row, const struct pagestat_process *p,
			   const struct pagestat_tally *tally)
{
	rcu_read_lock();
	pagestat_row_fill(row, process_leader(p), tally);
	row->cgroup_id = process_cgroup_id(p);
	rcu_read_unlock();
	row->start_ns = p->start_ns;
}

/**
 * pagestat_thread_fill() - what is published of a thread
 * @row: filled in, but for end_ns and exit_code
 * @t:   its record
 *
 * Context: pagestat_records_lock held.
 */
void pagestat_thread_fill(struct pagestat_row *row, const struct pagestat_thread *t)
{
	struct pagestat_tally tally = { 0 };

	pagestat_thread_read(t, &tally);
	pagestat_row_fill(row, t->task, &tally);
	rcu_read_lock();
	row->cgroup_id = process_cgroup_id(t->process);
	rcu_read_unlock();
}
