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
#include <linux/mutex.h>
#include <linux/sched/signal.h>
#include <linux/sched/task.h>
#include <linux/slab.h>
#include <linux/timekeeping.h>
#include <linux/user_namespace.h>

#include "caretaker.h"
#include "record.h"

#define WALK_BATCH	64	/* some 10 us */

DEFINE_PER_CPU(struct last_thread, last_thread);

/* Hits by threads without a record, counted only once all that lived have one. */
static DEFINE_PER_CPU(u64, lost_hits);
static bool adopted;

/* All of these are guarded by records_lock; the table may be walked under RCU. */
static DEFINE_HASHTABLE(threads_by_task, 13);
static LIST_HEAD(live);
static struct totals sums;	/* of the ended; the live are added when read */
static struct totals at_reset;	/* what the losses were then, and when it was */

/* Who walks the live processes; one at a time, see live_walk(). */
static DEFINE_MUTEX(walk_mutex);
static unsigned int walk_now;	/* the number of the walk; 0: none */
static struct tally walk_missed; /* of those that ended before it came to them */

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

	hash_for_each_possible_rcu(threads_by_task, t, hash, (unsigned long)task)
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
	unsigned long generation = READ_ONCE(caretaker_generation);
	struct thread *t;

	/* The generation first: a record found after it is good as long as it. */
	smp_rmb();
	t = thread_find(current);
	if (unlikely(!t)) {
		if (READ_ONCE(adopted))
			this_cpu_inc(lost_hits);
		return NULL;
	}
	last->task = current;
	last->generation = generation;
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
	int i;

	do {
		seq = read_seqcount_begin(&t->seq);
		minor = READ_ONCE(t->task->min_flt);
		major = READ_ONCE(t->task->maj_flt);
		/* First the kernel's counts, then ours, see above. */
		smp_rmb();
		fault = t->fault;
		for (i = 0; i < PAGESTAT_NR; i++)
			tally.n[i] = READ_ONCE(t->tally.n[i]);
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
	p = leader ? leader->process : caretaker_process();
	if (!p)
		return false;
	t = caretaker_thread();
	if (!t) {
		if (!leader)
			caretaker_bury_process(p);
		return false;
	}
	if (!leader) {
		INIT_LIST_HEAD(&p->threads);
		p->start_ns = task->start_boottime;
		list_add_tail(&p->node, &live);
		sums.processes++;
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
	hash_add_rcu(threads_by_task, &t->hash, (unsigned long)task);
	sums.threads++;
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
	sums.threads--;
	if (!list_empty(&p->threads))
		return;

	tally_add(&sums.tally, &p->gone);
	if (walk_now && p->walk != walk_now)
		tally_add(&walk_missed, &p->gone);
	sums.processes--;
	sums.ended++;
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
		sums.lost_tasks++;
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

/*
 * Visit all live processes.  The lock is let go now and then, so that forks and
 * exits do not wait for a reader of a large machine; the cursor keeps the place.
 * Those that are born meanwhile are visited, too, being last.
 */
static void live_walk(void (*visit)(struct process *p, void *arg), void *arg)
{
	struct list_head cursor;
	unsigned int nr = 0;

	lockdep_assert_held(&walk_mutex);

	raw_spin_lock(&records_lock);
	list_add(&cursor, &live);
	while (!list_is_last(&cursor, &live)) {
		struct process *p = list_entry(cursor.next, struct process,
					       node);

		list_move(&cursor, &p->node);
		visit(p, arg);
		if (++nr % WALK_BATCH == 0) {
			raw_spin_unlock(&records_lock);
			cond_resched();
			raw_spin_lock(&records_lock);
		}
	}
	list_del(&cursor);
	raw_spin_unlock(&records_lock);
}

/* If thread_died() was missed, only the record still keeps the task. */
static void end_the_dead(struct process *p, void *unused)
{
	struct thread *t, *next;

	list_for_each_entry_safe(t, next, &p->threads, node)
		if (unlikely(!pid_alive(t->task)))
			thread_end(t, NULL);
}

/* Before a reader sees the records: mend what hooks may have missed. */
static void records_mend(void)
{
	static u64 lost;
	u64 lost_now = lost_hits_sum() + READ_ONCE(sums.lost_tasks);

	lockdep_assert_held(&walk_mutex);

	if (lost != lost_now) {
		lost = lost_now;
		caretaker_refill();
		records_adopt();
	}
	live_walk(end_the_dead, NULL);
}

static void row_fill(struct row *row, const struct process *p, enum whose whose)
{
	struct thread *t = list_first_entry(&p->threads, struct thread, node);
	struct task_struct *leader = t->task;

	rcu_read_lock();
	/* Only a live task's leader is sure to be there, see end_the_dead(). */
	if (likely(pid_alive(leader)))
		leader = READ_ONCE(leader->group_leader);
	row->pid = task_tgid_nr(leader);
	row->ppid = task_ppid_nr(leader);
	row->uid = from_kuid_munged(&init_user_ns, task_uid(leader));
	row->start_ns = p->start_ns;
	/* A rename under way may be seen half done; it stays terminated. */
	memcpy(row->comm, leader->comm, sizeof(row->comm));
	row->comm[sizeof(row->comm) - 1] = '\0';
	rcu_read_unlock();
	if (whose == CHILDREN)
		row->tally = p->children;
	else
		process_read(p, &row->tally);
	tally_derive(&row->tally);
}

struct snapshot {
	enum whose whose;
	struct row *rows;
	size_t room;
	size_t count;
};

static void row_add(struct process *p, void *arg)
{
	struct snapshot *s = arg;

	if (s->count < s->room)
		row_fill(&s->rows[s->count], p, s->whose);
	s->count++;
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
	struct snapshot s = { .whose = whose };

	mutex_lock(&walk_mutex);
	records_mend();
	do {
		/* Some more, for those that are born on the way. */
		s.room = max_t(size_t, s.count, READ_ONCE(sums.processes));
		s.room += s.room / 8 + 64;
		s.count = 0;
		kvfree(s.rows);
		s.rows = kvmalloc_array(s.room, sizeof(*s.rows), GFP_KERNEL);
		if (s.rows)
			live_walk(row_add, &s);
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
 * @totals: filled in, but for what hooks.c and publish.c know
 *
 * A process that ends while the others are summed counts once: as it was when
 * its turn came, or with its last numbers if it did not live to see it.
 *
 * Context: process context; sleeps.
 */
void records_totals(struct totals *totals)
{
	static unsigned int walks;

	mutex_lock(&walk_mutex);
	records_mend();

	raw_spin_lock(&records_lock);
	walk_now = ++walks ?: ++walks;
	memset(&walk_missed, 0, sizeof(walk_missed));
	*totals = sums;
	totals->lost_tasks -= at_reset.lost_tasks;
	totals->lost_hits = lost_hits_sum() - at_reset.lost_hits;
	totals->since_ns = ktime_get_boottime_ns() - at_reset.since_ns;
	raw_spin_unlock(&records_lock);

	live_walk(totals_add, totals);

	raw_spin_lock(&records_lock);
	walk_now = 0;
	tally_add(&totals->tally, &walk_missed);
	raw_spin_unlock(&records_lock);
	mutex_unlock(&walk_mutex);
	tally_derive(&totals->tally);
}

/**
 * records_reset() - count everything from here
 *
 * A running thread's own record is never written: what it has counted is taken
 * off its process's ended threads, in numbers that may wrap.  All at once, under
 * the lock: forks and exits wait for it, some 200 ns a thread.
 *
 * Context: process context; sleeps.
 */
void records_reset(void)
{
	struct process *p;
	struct tally sum;

	mutex_lock(&walk_mutex);
	raw_spin_lock(&records_lock);
	list_for_each_entry(p, &live, node) {
		process_read(p, &sum);
		tally_subtract(&p->gone, &sum);
		memset(&p->children, 0, sizeof(p->children));
	}
	memset(&sums.tally, 0, sizeof(sums.tally));
	sums.ended = 0;
	at_reset.lost_tasks = sums.lost_tasks;
	at_reset.lost_hits = lost_hits_sum();
	at_reset.since_ns = ktime_get_boottime_ns();
	raw_spin_unlock(&records_lock);
	mutex_unlock(&walk_mutex);
}

/**
 * records_init() - make records possible
 *
 * Context: process context; sleeps.
 * Return: 0, or -ENOMEM.
 */
int records_init(void)
{
	at_reset.since_ns = ktime_get_boottime_ns();
	return caretaker_init();
}

static void process_end(struct process *p, void *unused)
{
	struct thread *t, *next;

	list_for_each_entry_safe(t, next, &p->threads, node)
		thread_end(t, NULL);
}

/**
 * records_exit() - forget all records; no hook may be attached any more
 *
 * Context: process context; sleeps.
 */
void records_exit(void)
{
	mutex_lock(&walk_mutex);
	live_walk(process_end, NULL);
	mutex_unlock(&walk_mutex);
	caretaker_exit();
}
