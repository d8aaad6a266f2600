// SPDX-License-Identifier: GPL-2.0
/*
 * lives.c - records of threads and processes, from birth to death
 *
 * A record is taken from the pool when the kernel first wakes a new task, and ends
 * when the kernel releases the task, after its last fault: do_exit() still faults in
 * exit_mm().  Until then a zombie can be read, as in /proc.
 */
#include <linux/mm.h>
#include <linux/sched/signal.h>
#include <linux/sched/task.h>
#include <linux/slab.h>

#include "exited.h"
#include "histograms.h"
#include "lives.h"
#include "read.h"

/* All hooks are attached, and births can be noted; guarded by pagestat_records_lock. */
static bool births_noted;

static void thread_release(void *record)
{
	struct pagestat_thread *t = record;

	put_task_struct(t->task);
	kfree(t->base);
	pagestat_histograms_free(t->latency);
}

static void process_release(void *record)
{
	struct pagestat_process *p = record;

	pagestat_histograms_free(p->latency);
}

enum { POOL_PROCESSES, POOL_THREADS, NR_POOLS };

static struct pagestat_pool life_pools[NR_POOLS] = {
	[POOL_PROCESSES] = {
		.name = "pagestat_process",
		.size = sizeof(struct pagestat_process),
		.node = offsetof(struct pagestat_process, node),
		.release = process_release,
	},
	[POOL_THREADS] = {
		.name = "pagestat_thread",
		.size = sizeof(struct pagestat_thread),
		.node = offsetof(struct pagestat_thread, node),
		.prepare = pagestat_histograms_prepare,
		.release = thread_release,
	},
};

/* Make a record of a task; of its process, too, if it leads one. */
static bool thread_record_make(struct task_struct *task)
{
	struct pagestat_thread *leader = NULL;
	struct pagestat_process *p;
	struct pagestat_thread *t;

	lockdep_assert_held(&pagestat_records_lock);

	if (!thread_group_leader(task)) {
		leader = pagestat_thread_find(task->group_leader);
		if (!leader)
			return false;
	}
	p = leader ? leader->process : pagestat_pool_take(&life_pools[POOL_PROCESSES]);
	if (!p)
		return false;
	t = pagestat_pool_take(&life_pools[POOL_THREADS]);
	if (!t) {
		if (!leader)
			pagestat_pool_put(&life_pools[POOL_PROCESSES], p);
		return false;
	}
	if (!leader) {
		INIT_LIST_HEAD(&p->threads);
		p->start_ns = task->start_boottime;
		list_add_tail(&p->node, &pagestat_live);
		pagestat_sums.processes++;
	}

	t->task = get_task_struct(task);
	seqcount_init(&t->seq);
	t->minor = task->min_flt;
	t->major = task->maj_flt;
	t->fault.accounted = t->minor + t->major;
	t->fault.major = t->major;
	t->fault.expect = PAGESTAT_NO_FAULT;
	t->fault.copy = PAGESTAT_NO_COPY;
	t->process = p;
	list_add_tail(&t->node, &p->threads);
	pagestat_thread_hash(t);
	pagestat_sums.threads++;
	return true;
}

/* End a thread's record; its process's, too, if it was the last. */
static void thread_record_end(struct pagestat_thread *t, struct task_struct *parent)
{
	struct pagestat_process *p = t->process;
	struct pagestat_thread *parent_record;

	lockdep_assert_held(&pagestat_records_lock);

	pagestat_thread_read(t, &p->ended);
	/* Its last fault was not accounted, and will not be tried again. */
	if (t->fault.expect != PAGESTAT_NO_FAULT &&
	    t->task->min_flt + t->task->maj_flt == t->fault.accounted)
		p->ended.n[PAGESTAT_error]++;
	pagestat_histograms_thread_end(t);
	pagestat_thread_unhash(t);
	list_del(&t->node);
	pagestat_pool_put(&life_pools[POOL_THREADS], t);
	pagestat_sums.threads--;
	if (!list_empty(&p->threads))
		return;

	p->ended.n[PAGESTAT_swapout] += atomic64_read(&p->swapout);
	/* Not when the module is unloaded, nor when its ids are gone. */
	if (t->task->exit_state && pid_alive(t->task))
		pagestat_exited_add(p, t->task);
	pagestat_tally_add(&pagestat_sums.tally, &p->ended);
	if (pagestat_live_walk_missed(p))
		pagestat_tally_add(&pagestat_walk_missed, &p->ended);
	pagestat_histograms_process_end(p);
	pagestat_sums.processes--;
	pagestat_sums.ended++;
	parent_record = parent ? pagestat_thread_find(parent) : NULL;
	if (parent_record) {
		pagestat_tally_add(&parent_record->process->children, &p->ended);
		pagestat_tally_add(&parent_record->process->children, &p->children);
	}
	list_del(&p->node);
	pagestat_pool_put(&life_pools[POOL_PROCESSES], p);
}

/**
 * pagestat_thread_born() - a task is about to run for the first time
 * @task: the task
 *
 * Context: the parent's, preemption off, no lock of the scheduler held.  Takes
 * a raw lock that no interrupt takes; allocates and wakes nothing.
 */
void pagestat_thread_born(struct task_struct *task)
{
	raw_spin_lock(&pagestat_records_lock);
	/* Until all are adopted, a leader may have no record yet. */
	if (births_noted && !pagestat_thread_find(task) && !thread_record_make(task) &&
	    pagestat_all_adopted)
		pagestat_sums.lost_tasks++;
	raw_spin_unlock(&pagestat_records_lock);
}

/**
 * pagestat_thread_died() - a task is about to be released
 * @task: the task; it has left its memory and cannot fault any more
 *
 * Context: process context of whoever reaps the task, which may be itself;
 * preemption off, tasklist_lock not held.  Takes a raw lock that no interrupt
 * takes.  The parent cannot go away under RCU.
 */
void pagestat_thread_died(struct task_struct *task)
{
	struct pagestat_thread *t;

	rcu_read_lock();
	raw_spin_lock(&pagestat_records_lock);
	t = pagestat_thread_find(task);
	if (t)
		thread_record_end(t, rcu_dereference(task->real_parent));
	raw_spin_unlock(&pagestat_records_lock);
	rcu_read_unlock();
}

/**
 * pagestat_thread_oom() - the OOM killer has chosen a task
 * @task: the task
 *
 * Context: the killer's, preemption off.  Takes a raw lock that no interrupt
 * takes.
 */
void pagestat_thread_oom(struct task_struct *task)
{
	struct pagestat_thread *t;

	raw_spin_lock(&pagestat_records_lock);
	t = pagestat_thread_find(task);
	if (t)
		t->process->ended.n[PAGESTAT_oom]++;
	raw_spin_unlock(&pagestat_records_lock);
}

/**
 * pagestat_thread_swapped_out() - a page of a process goes to swap
 * @owner: a task of the process
 *
 * Context: whoever reclaims, preemption off, the page table lock held.
 */
void pagestat_thread_swapped_out(struct task_struct *owner)
{
	struct pagestat_thread *t = pagestat_thread_find(owner);

	/* A process's record stays as long as those of its threads. */
	if (t)
		atomic64_inc(&t->process->swapout);
}

/**
 * pagestat_lives_adopt() - make records of all tasks that have none
 *
 * When the module is loaded that is every task; later, those that were born when no
 * record was free.  Their counts start here.
 *
 * Context: process context; sleeps.
 */
void pagestat_lives_adopt(void)
{
	struct task_struct *group, *task;
	bool complete;

	/* A task that was born before is in the list of tasks already. */
	raw_spin_lock(&pagestat_records_lock);
	births_noted = true;
	raw_spin_unlock(&pagestat_records_lock);

	do {
		complete = true;
		rcu_read_lock();
		for_each_process_thread(group, task) {
			raw_spin_lock(&pagestat_records_lock);
			/*
			 * A task that is being released has passed pagestat_thread_died()
			 * already: its record would never end.
			 */
			if (READ_ONCE(task->exit_state) != EXIT_DEAD &&
			    !pagestat_thread_find(task) && !thread_record_make(task))
				complete = false;
			raw_spin_unlock(&pagestat_records_lock);
		}
		rcu_read_unlock();
	} while (!complete && pagestat_pools_refill());
	WRITE_ONCE(pagestat_all_adopted, true);
}

/* A task that is not hashed any more was released: its death was missed. */
static void end_missed_deaths(struct pagestat_process *p, void *unused)
{
	struct pagestat_thread *t, *next;

	list_for_each_entry_safe(t, next, &p->threads, node)
		if (unlikely(!pid_alive(t->task)))
			thread_record_end(t, NULL);
}

/**
 * pagestat_lives_mend() - add and end records where hooks missed it, before a reader looks
 *
 * Context: process context, pagestat_walk_mutex held; sleeps.
 */
void pagestat_lives_mend(void)
{
	static u64 lost_before;
	u64 lost_now = pagestat_lost_hits() + READ_ONCE(pagestat_sums.lost_tasks);

	lockdep_assert_held(&pagestat_walk_mutex);

	if (lost_before != lost_now) {
		lost_before = lost_now;
		pagestat_pools_refill();
		pagestat_lives_adopt();
	}
	pagestat_live_walk(end_missed_deaths, NULL);
}

/**
 * pagestat_lives_init() - make all that records need, and the first of them
 *
 * Context: process context; sleeps.
 * Return: 0, or -ENOMEM.
 */
int pagestat_lives_init(void)
{
	int err;

	err = pagestat_exited_init();
	if (err)
		return err;
	err = pagestat_histograms_init();
	if (err)
		goto err_exited;
	err = pagestat_records_init(pagestat_max_threads);
	if (err)
		goto err_histograms;
	err = pagestat_pools_init(life_pools, NR_POOLS);
	if (err)
		goto err_records;
	return 0;

err_records:
	pagestat_records_exit();
err_histograms:
	pagestat_histograms_exit();
err_exited:
	pagestat_exited_exit();
	return err;
}

static void end_process(struct pagestat_process *p, void *unused)
{
	struct pagestat_thread *t, *next;

	list_for_each_entry_safe(t, next, &p->threads, node)
		thread_record_end(t, NULL);
}

/**
 * pagestat_lives_exit() - end and free all records; no hook may be attached any more
 *
 * Context: process context; sleeps.
 */
void pagestat_lives_exit(void)
{
	mutex_lock(&pagestat_walk_mutex);
	pagestat_live_walk(end_process, NULL);
	mutex_unlock(&pagestat_walk_mutex);
	pagestat_pools_exit();
	pagestat_records_exit();
	pagestat_histograms_exit();
	pagestat_exited_exit();
}
