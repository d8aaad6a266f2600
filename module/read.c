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

static void tally_subtract(struct tally *sum, const struct tally *tally)
{
	int i;

	for (i = 0; i < PAGESTAT_NR; i++)
		sum->n[i] -= tally->n[i];
}

/* The counters that are sums of others, see PAGESTAT_COUNTERS. */
static void tally_derive(struct tally *tally)
{
	u64 *n = tally->n;

	n[PAGESTAT_cow] = n[PAGESTAT_cow_anon] + n[PAGESTAT_cow_file] +
			  n[PAGESTAT_cow_ksm] + n[PAGESTAT_cow_huge];
	n[PAGESTAT_swapin] = n[PAGESTAT_swapin_io] + n[PAGESTAT_swapin_cache];
}

/**
 * thread_read() - add what a thread has counted, while it may be counting
 * @t:   its record
 * @sum: what to add it to
 *
 * The kernel's own counts are read first: a fault that they contain has passed
 * its leaves.
 *
 * Context: records_lock held.
 */
void thread_read(const struct thread *t, struct tally *sum)
{
	struct open_fault fault;
	unsigned long minor, major;
	struct tally tally;
	unsigned int seq;
	int i;

	do {
		seq = read_seqcount_begin(&t->seq);
		minor = READ_ONCE(t->task->min_flt);
		major = READ_ONCE(t->task->maj_flt);
		/* First the kernel's counts, then ours, see above; pairs with told(). */
		smp_rmb();
		fault = t->fault;
		for (i = 0; i < PAGESTAT_NR; i++)
			tally.n[i] = READ_ONCE(t->tally.n[i]);
	} while (read_seqcount_retry(&t->seq, seq));

	fault_settle(&fault, &tally, minor, major);
	tally.n[PAGESTAT_minor] = minor - t->minor;
	tally.n[PAGESTAT_major] = major - t->major;
	tally_add(sum, &tally);
	if (t->base)
		tally_subtract(sum, t->base);
}

static void process_read(const struct process *p, struct tally *sum)
{
	struct thread *t;

	*sum = p->gone;
	sum->n[PAGESTAT_swapout] += atomic64_read(&p->swapout);
	list_for_each_entry(t, &p->threads, node)
		thread_read(t, sum);
}

/**
 * row_fill() - what is published of a task
 * @row:   to be filled, but for what only processes have, or those that have ended
 * @task:  the task
 * @tally: its counters; those that are sums are filled in
 *
 * Context: records_lock held.
 */
void row_fill(struct row *row, struct task_struct *task,
	      const struct tally *tally)
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
static struct task_struct *leader_of(const struct process *p)
{
	struct thread *t = list_first_entry(&p->threads, struct thread, node);

	/* Only a live task's leader is sure to be there, see end_the_dead(). */
	return likely(pid_alive(t->task)) ? READ_ONCE(t->task->group_leader) :
					    t->task;
}

/*
 * The control group a process is in.  A leader that has ended stays in the one where
 * it ended when the others are moved to another.
 */
static u64 group_of(const struct process *p)
{
	struct task_struct *task = leader_of(p);
	struct thread *t;

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
 * process_fill() - what is published of a process, by its leader
 * @row:   to be filled, as by row_fill()
 * @p:     its record
 * @tally: its counters
 *
 * The leader may be a zombie.
 *
 * Context: records_lock held.
 */
void process_fill(struct row *row, const struct process *p,
		  const struct tally *tally)
{
	rcu_read_lock();
	row_fill(row, leader_of(p), tally);
	row->cgroup_id = group_of(p);
	rcu_read_unlock();
	row->start_ns = p->start_ns;
}

static void thread_fill(struct row *row, const struct thread *t)
{
	struct tally tally = { 0 };

	thread_read(t, &tally);
	row_fill(row, t->task, &tally);
	rcu_read_lock();
	row->cgroup_id = group_of(t->process);
	rcu_read_unlock();
}

struct snapshot {
	enum whose whose;
	struct row *rows;
	size_t room;
	size_t count;
};

static struct row *next_row(struct snapshot *s)
{
	return s->count++ < s->room ? &s->rows[s->count - 1] : NULL;
}

static void rows_add(struct process *p, void *arg)
{
	struct snapshot *s = arg;
	struct tally tally = { 0 };
	struct thread *t;
	struct row *row;

	if (s->whose == THREADS) {
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
	if (s->whose == OWN)
		process_read(p, &tally);
	process_fill(row, p, s->whose == OWN ? &tally : &p->children);
}

/**
 * records_rows() - one snapshot of all live processes or threads
 * @whose: the processes' own counters, their ended children's, or the threads'
 * @count: set to the number of rows
 *
 * Context: process context; sleeps.
 * Return: the rows, to be freed by kvfree(), or NULL for want of memory.
 */
struct row *records_rows(enum whose whose, size_t *count)
{
	struct snapshot s = { .whose = whose };

	mutex_lock(&walk_mutex);
	records_mend();
	do {
		/* Some more, for those that are born on the way. */
		s.room = max_t(size_t, s.count, whose == THREADS ?
			       READ_ONCE(sums.threads) : READ_ONCE(sums.processes));
		s.room += s.room / 8 + 64;
		s.count = 0;
		kvfree(s.rows);
		s.rows = kvmalloc_array(s.room, sizeof(*s.rows), GFP_KERNEL);
		if (s.rows)
			live_walk(rows_add, &s);
	} while (s.rows && s.count > s.room);
	mutex_unlock(&walk_mutex);

	*count = s.count;
	return s.rows;
}

static void totals_add(struct process *p, void *arg)
{
	struct totals *totals = arg;
	struct tally sum;

	process_read(p, &sum);
	tally_add(&totals->tally, &sum);
	p->walk = walk_now;
}

/**
 * records_totals() - the sums over all processes, live and ended
 * @totals: filled in, but for what attach.c and publish.c know
 *
 * Context: process context; sleeps.
 */
void records_totals(struct totals *totals)
{
	mutex_lock(&walk_mutex);
	records_mend();

	raw_spin_lock(&records_lock);
	live_walk_begin();
	*totals = sums;
	totals_since_reset(totals);
	raw_spin_unlock(&records_lock);

	live_walk(totals_add, totals);

	raw_spin_lock(&records_lock);
	live_walk_end();
	tally_add(&totals->tally, &walk_missed);
	raw_spin_unlock(&records_lock);
	mutex_unlock(&walk_mutex);
	tally_derive(&totals->tally);
}
