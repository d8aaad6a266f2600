// SPDX-License-Identifier: GPL-2.0
/*
 * record.c - threads and processes: from birth to death, and read in between
 *
 * A record is made when the kernel first wakes a new task and ends when the
 * kernel releases it, after its last fault: do_exit() still faults in
 * exit_mm().  Until then a zombie can be read, as in /proc.
 */
#include <linux/cred.h>
#include <linux/hashtable.h>
#include <linux/mm.h>
#include <linux/sched/signal.h>
#include <linux/sched/task.h>
#include <linux/timekeeping.h>
#include <linux/user_namespace.h>

#include "caretaker.h"
#include "record.h"

DEFINE_PER_CPU(struct last_thread, last_thread);

/* Hits by threads without a record, counted only once all that lived have one. */
static DEFINE_PER_CPU(u64, lost_hits);
static bool adopted;

/* All of these are guarded by records_lock; the table may be walked under RCU. */
static DEFINE_HASHTABLE(table, 13);
static LIST_HEAD(processes);
static struct totals now;	/* counts of the ended; live ones are added */
static struct totals before;	/* what the losses were at the last reset */

/**
 * thread_find() - the record of a task
 * @task: the task
 *
 * Context: under RCU, or with preemption off, or under records_lock.
 * Return: the record, or NULL where the task has none.
 */
struct thread *thread_find(struct task_struct *task)
{
	struct thread *t;

	hash_for_each_possible_rcu(table, t, hash, (unsigned long)task)
		if (t->task == task)
			return t;
	return NULL;
}

/**
 * thread_find_current() - the record of the running thread, by the table
 * @last: what this CPU remembers, to be brought up to date
 *
 * Context: preemption off.
 * Return: the record, or NULL where the thread has none: a hit is lost.
 */
struct thread *thread_find_current(struct last_thread *last)
{
	struct thread *t = thread_find(current);

	if (unlikely(!t)) {
		if (READ_ONCE(adopted))
			this_cpu_inc(lost_hits);
		return NULL;
	}
	last->task = current;
	last->start = current->start_boottime;
	last->thread = t;
	return t;
}

static void tally_add(struct tally *sum, const struct tally *tally)
{
	int i;

	for (i = 0; i < PAGESTAT_NR; i++)
		sum->n[i] += tally->n[i];
}

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

/*
 * Add what a thread has counted, while it may be counting.  The kernel's own
 * counts are read first: a fault that they contain has passed its leaves.
 */
static void thread_read(const struct thread *t, struct tally *sum)
{
	struct open_fault fault;
	unsigned long minor, major;
	struct tally tally;
	unsigned int seq;

	do {
		seq = read_seqcount_begin(&t->seq);
		minor = READ_ONCE(t->task->min_flt);
		major = READ_ONCE(t->task->maj_flt);
		smp_rmb();
		fault = t->fault;
		tally = t->tally;
	} while (read_seqcount_retry(&t->seq, seq));

	fault_settle(&fault, &tally, minor, major);
	tally.n[PAGESTAT_minor] = minor - t->minor;
	tally.n[PAGESTAT_major] = major - t->major;
	tally_add(sum, &tally);
}

static void process_read(const struct process *p, struct tally *sum)
{
	struct thread *t;

	*sum = p->gone;
	list_for_each_entry(t, &p->threads, node)
		thread_read(t, sum);
}

/* Make a record of a task; of its process, too, if it leads one. */
static bool thread_begin(struct task_struct *task)
{
	struct thread *leader = NULL;
	struct process *p;
	struct thread *t;

	lockdep_assert_held(&records_lock);

	if (!thread_group_leader(task)) {
		leader = thread_find(task->group_leader);
		if (!leader)
			return false;
	}
	t = caretaker_thread();
	if (!t)
		return false;
	if (leader) {
		p = leader->process;
	} else {
		p = caretaker_process();
		if (!p) {
			/* It never saw a reader: back to where it came from. */
			t->task = get_task_struct(task);
			caretaker_bury_thread(t);
			return false;
		}
		INIT_LIST_HEAD(&p->threads);
		p->start_ns = task->start_boottime;
		list_add_tail(&p->node, &processes);
		now.processes++;
	}

	t->task = get_task_struct(task);
	seqcount_init(&t->seq);
	t->minor = task->min_flt;
	t->major = task->maj_flt;
	t->fault.accounted = t->minor + t->major;
	t->fault.major = t->major;
	t->fault.expect = NO_FAULT;
	t->fault.copy = EXPECT_NOTHING;
	t->process = p;
	list_add_tail(&t->node, &p->threads);
	hash_add_rcu(table, &t->hash, (unsigned long)task);
	now.threads++;
	return true;
}

/* End a thread's record; its process's, too, if it was the last. */
static void thread_end(struct thread *t, struct task_struct *parent)
{
	struct process *p = t->process;
	struct thread *heir;

	lockdep_assert_held(&records_lock);

	thread_read(t, &p->gone);
	hash_del_rcu(&t->hash);
	list_del(&t->node);
	caretaker_bury_thread(t);
	now.threads--;
	if (!list_empty(&p->threads))
		return;

	tally_add(&now.tally, &p->gone);
	now.processes--;
	now.ended++;
	heir = parent ? thread_find(parent) : NULL;
	if (heir) {
		tally_add(&heir->process->children, &p->gone);
		tally_add(&heir->process->children, &p->children);
	}
	list_del(&p->node);
	caretaker_bury_process(p);
}

/**
 * thread_born() - a task is about to run for the first time
 * @task: the task
 *
 * Context: the parent's, preemption off, no lock of the scheduler held.  Takes
 * a raw lock that no interrupt takes; allocates and wakes nothing.
 */
void thread_born(struct task_struct *task)
{
	raw_spin_lock(&records_lock);
	/* Until all are adopted, a thread may be born before its leader is. */
	if (!thread_find(task) && !thread_begin(task) && adopted)
		now.lost_tasks++;
	raw_spin_unlock(&records_lock);
}

/**
 * thread_died() - a task is about to be released
 * @task: the task; it has left its memory and cannot fault any more
 *
 * Context: process context of whoever reaps the task, which may be itself;
 * preemption off, tasklist_lock not held.  Takes a raw lock that no interrupt
 * takes.  The parent cannot go away under RCU.
 */
void thread_died(struct task_struct *task)
{
	struct thread *t;

	rcu_read_lock();
	raw_spin_lock(&records_lock);
	t = thread_find(task);
	if (t)
		thread_end(t, rcu_dereference(task->real_parent));
	raw_spin_unlock(&records_lock);
	rcu_read_unlock();
}

/**
 * records_adopt() - make records of all tasks that have none
 *
 * When the module is loaded that is everyone; later, those whose birth came
 * when no record was ready.  Their counts start here.
 *
 * Context: process context; sleeps.
 */
void records_adopt(void)
{
	struct task_struct *group, *task;
	bool complete;

	do {
		complete = true;
		rcu_read_lock();
		for_each_process_thread(group, task) {
			raw_spin_lock(&records_lock);
			/*
			 * A task that is being released has passed thread_died()
			 * already: its record would never end.
			 */
			if (READ_ONCE(task->exit_state) != EXIT_DEAD &&
			    !thread_find(task) && !thread_begin(task))
				complete = false;
			raw_spin_unlock(&records_lock);
		}
		rcu_read_unlock();
	} while (!complete && caretaker_refill());
	WRITE_ONCE(adopted, true);
}

static u64 lost_hits_sum(void)
{
	u64 sum = 0;
	int cpu;

	for_each_possible_cpu(cpu)
		sum += per_cpu(lost_hits, cpu);
	return sum;
}

/* Before a reader walks the records: find those that a hook should have. */
static void records_mend(void)
{
	static u64 lost;
	struct process *p, *next_p;
	struct thread *t, *next_t;
	u64 lost_now = lost_hits_sum() + READ_ONCE(now.lost_tasks);

	if (lost != lost_now) {
		lost = lost_now;
		caretaker_refill();
		records_adopt();
	}

	/* If thread_died() was missed, the task is only kept by its record. */
	raw_spin_lock(&records_lock);
	list_for_each_entry_safe(p, next_p, &processes, node)
		list_for_each_entry_safe(t, next_t, &p->threads, node)
			if (unlikely(!pid_alive(t->task)))
				thread_end(t, NULL);
	raw_spin_unlock(&records_lock);
}

static void row_fill(struct row *row, const struct process *p, enum whose whose)
{
	struct thread *t = list_first_entry(&p->threads, struct thread, node);
	struct task_struct *leader = t->task;

	/* Only a live task's leader is sure to be there (see records_mend()). */
	if (likely(pid_alive(leader)))
		leader = READ_ONCE(leader->group_leader);
	row->pid = task_tgid_nr(leader);
	row->ppid = task_ppid_nr(leader);
	row->uid = from_kuid_munged(&init_user_ns, task_uid(leader));
	row->start_ns = p->start_ns;
	/* A rename under way may be seen half done; it stays terminated. */
	memcpy(row->comm, leader->comm, sizeof(row->comm));
	row->comm[sizeof(row->comm) - 1] = '\0';
	if (whose == CHILDREN)
		row->tally = p->children;
	else
		process_read(p, &row->tally);
	tally_derive(&row->tally);
}

/**
 * records_rows() - one snapshot of all live processes
 * @whose: their own counters, or their ended children's
 * @count: set to the number of rows
 *
 * Context: process context; sleeps.
 * Return: the rows, to be freed by kvfree(), or NULL for want of memory.
 */
struct row *records_rows(enum whose whose, size_t *count)
{
	struct process *p;
	struct row *rows;
	size_t room;

	records_mend();
again:
	/* Some more, for those that are born while memory is found. */
	room = READ_ONCE(now.processes) + 64;
	rows = kvmalloc_array(room, sizeof(*rows), GFP_KERNEL);
	if (!rows)
		return NULL;

	*count = 0;
	rcu_read_lock();
	raw_spin_lock(&records_lock);
	if (now.processes <= room)
		list_for_each_entry(p, &processes, node)
			row_fill(&rows[(*count)++], p, whose);
	else
		room = 0;
	raw_spin_unlock(&records_lock);
	rcu_read_unlock();
	if (!room) {
		kvfree(rows);
		goto again;
	}
	return rows;
}

/**
 * records_totals() - the sums over all processes, live and ended
 * @totals: all but @missed and @stray is filled in
 *
 * Context: process context; sleeps.
 */
void records_totals(struct totals *totals)
{
	struct process *p;
	struct tally sum;

	records_mend();
	raw_spin_lock(&records_lock);
	*totals = now;
	list_for_each_entry(p, &processes, node) {
		process_read(p, &sum);
		tally_add(&totals->tally, &sum);
	}
	totals->lost_tasks -= before.lost_tasks;
	totals->lost_hits = lost_hits_sum() - before.lost_hits;
	totals->since_ns = ktime_get_boottime_ns() - before.since_ns;
	raw_spin_unlock(&records_lock);
	tally_derive(&totals->tally);
}

/**
 * records_reset() - count everything from here
 *
 * A running thread's own record is never written: what it has counted is taken
 * off its process's ended threads, in numbers that may wrap.
 *
 * Context: process context.
 */
void records_reset(void)
{
	struct process *p;
	struct tally sum;

	raw_spin_lock(&records_lock);
	list_for_each_entry(p, &processes, node) {
		process_read(p, &sum);
		tally_subtract(&p->gone, &sum);
		memset(&p->children, 0, sizeof(p->children));
	}
	memset(&now.tally, 0, sizeof(now.tally));
	now.ended = 0;
	before.lost_tasks = now.lost_tasks;
	before.lost_hits = lost_hits_sum();
	before.since_ns = ktime_get_boottime_ns();
	raw_spin_unlock(&records_lock);
}

/**
 * records_init() - make records possible
 *
 * Context: process context; sleeps.
 * Return: 0, or -ENOMEM.
 */
int records_init(void)
{
	before.since_ns = ktime_get_boottime_ns();
	return caretaker_init();
}

/**
 * records_exit() - forget all records; no hook may be attached any more
 *
 * Context: process context; sleeps.
 */
void records_exit(void)
{
	struct process *p, *next_p;
	struct thread *t, *next_t;

	raw_spin_lock(&records_lock);
	list_for_each_entry_safe(p, next_p, &processes, node)
		list_for_each_entry_safe(t, next_t, &p->threads, node)
			thread_end(t, NULL);
	raw_spin_unlock(&records_lock);
	caretaker_exit();
}
