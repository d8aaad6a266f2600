// SPDX-License-Identifier: GPL-2.0
/*
 * read.c - records read while they are being written
 *
 * Faults never wait for a reader.  A thread's record is read again if it changed
 * in the middle; births and deaths wait for some 64 processes to be read at most.
 */
#include <linux/cred.h>
#include <linux/mm.h>
#include <linux/mutex.h>
#include <linux/sched/signal.h>
#include <linux/slab.h>
#include <linux/user_namespace.h>

#include "compat.h"
#include "live.h"

static void tally_subtract(struct pagestat_tally *sum, const struct pagestat_tally *tally)
{
	int i;

	for (i = 0; i < PAGESTAT_NR; i++)
		sum->n[i] -= tally->n[i];
}

/* The counters that are sums of others, see PAGESTAT_COUNTERS. */
static void tally_derive(struct pagestat_tally *tally)
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
 * The kernel's own counts are read first: a fault that they contain has passed
 * its leaves.
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
		/* First the kernel's counts, then ours, see above; pairs with pagestat_fault_wmb(). */
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

static void process_read(const struct pagestat_process *p, struct pagestat_tally *sum)
{
	struct pagestat_thread *t;

	*sum = p->ended;
	sum->n[PAGESTAT_swapout] += atomic64_read(&p->swapout);
	list_for_each_entry(t, &p->threads, node)
		pagestat_thread_read(t, sum);
}

/**
 * pagestat_row_fill() - what is published of a task
 * @row:   to be filled, but for what only processes have, or those that have ended
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
	tally_derive(&row->tally);
	/* A rename under way may be seen half done; it stays terminated. */
	memcpy(row->comm, task->comm, sizeof(row->comm));
	row->comm[sizeof(row->comm) - 1] = '\0';
}

/* The leader of a process, or what there is in its place; under RCU. */
static struct task_struct *leader_of(const struct pagestat_process *p)
{
	struct pagestat_thread *t = list_first_entry(&p->threads, struct pagestat_thread, node);

	/* Only a live task's leader is sure to be there, see end_the_dead(). */
	return likely(pid_alive(t->task)) ? READ_ONCE(t->task->group_leader) :
					    t->task;
}

/*
 * The control group a process is in.  A leader that has ended stays in the one where
 * it ended when the others are moved to another.
 */
static u64 group_of(const struct pagestat_process *p)
{
	struct task_struct *task = leader_of(p);
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
 * @row:   to be filled, as by pagestat_row_fill()
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
	pagestat_row_fill(row, leader_of(p), tally);
	row->cgroup_id = group_of(p);
	rcu_read_unlock();
	row->start_ns = p->start_ns;
}

static void thread_fill(struct pagestat_row *row, const struct pagestat_thread *t)
{
	struct pagestat_tally tally = { 0 };

	pagestat_thread_read(t, &tally);
	pagestat_row_fill(row, t->task, &tally);
	rcu_read_lock();
	row->cgroup_id = group_of(t->process);
	rcu_read_unlock();
}

struct snapshot {
	enum pagestat_whose whose;
	struct pagestat_row *rows;
	size_t room;
	size_t count;
};

static struct pagestat_row *next_row(struct snapshot *s)
{
	return s->count++ < s->room ? &s->rows[s->count - 1] : NULL;
}

static void rows_add(struct pagestat_process *p, void *arg)
{
	struct snapshot *s = arg;
	struct pagestat_tally tally = { 0 };
	struct pagestat_thread *t;
	struct pagestat_row *row;

	if (s->whose == ROWS_THREADS) {
		list_for_each_entry(t, &p->threads, node) {
			row = next_row(s);
			if (row)
				thread_fill(row, t);
		}
		return;
	}
	row = next_row(s);
	if (!row)
		return;
	if (s->whose == ROWS_PROCESSES)
		process_read(p, &tally);
	pagestat_process_fill(row, p, s->whose == ROWS_PROCESSES ? &tally : &p->children);
}

/**
 * pagestat_records_rows() - one snapshot of all live processes or threads
 * @whose: the processes' own counters, their ended children's, or the threads'
 * @count: set to the number of rows
 *
 * Context: process context; sleeps.
 * Return: the rows, to be freed by kvfree(), or NULL for want of memory.
 */
struct pagestat_row *pagestat_records_rows(enum pagestat_whose whose, size_t *count)
{
	struct snapshot s = { .whose = whose };

	mutex_lock(&pagestat_walk_mutex);
	pagestat_records_mend();
	do {
		/* Some more, for those that are born on the way. */
		s.room = max_t(size_t, s.count, whose == ROWS_THREADS ?
			       READ_ONCE(pagestat_sums.threads) : READ_ONCE(pagestat_sums.processes));
		s.room += s.room / 8 + 64;
		s.count = 0;
		kvfree(s.rows);
		s.rows = kvmalloc_array(s.room, sizeof(*s.rows), GFP_KERNEL);
		if (s.rows)
			pagestat_live_walk(rows_add, &s);
	} while (s.rows && s.count > s.room);
	mutex_unlock(&pagestat_walk_mutex);

	*count = s.count;
	return s.rows;
}

static void totals_add(struct pagestat_process *p, void *arg)
{
	struct pagestat_totals *totals = arg;
	struct pagestat_tally sum;

	process_read(p, &sum);
	pagestat_tally_add(&totals->tally, &sum);
	p->walk = pagestat_walk_now;
}

/**
 * pagestat_records_totals() - the sums over all processes, live and ended
 * @totals: filled in, but for what attach.c and publish.c know
 *
 * Context: process context; sleeps.
 */
void pagestat_records_totals(struct pagestat_totals *totals)
{
	mutex_lock(&pagestat_walk_mutex);
	pagestat_records_mend();

	raw_spin_lock(&pagestat_records_lock);
	pagestat_live_walk_begin();
	*totals = pagestat_sums;
	pagestat_totals_since_reset(totals);
	raw_spin_unlock(&pagestat_records_lock);

	pagestat_live_walk(totals_add, totals);

	raw_spin_lock(&pagestat_records_lock);
	pagestat_live_walk_end();
	pagestat_tally_add(&totals->tally, &pagestat_walk_missed);
	raw_spin_unlock(&pagestat_records_lock);
	mutex_unlock(&pagestat_walk_mutex);
	tally_derive(&totals->tally);
}
