// SPDX-License-Identifier: GPL-2.0
/*
 * lives.c - records of threads and processes, from birth to death
 *
 * A record is taken from the pool when the kernel first wakes a new task, and ends
 * when the kernel releases the task, after its last fault: do_exit() still faults in
 * exit_mm().  Until then a zombie can be read, as in /proc.
 */
#include <linux/cred.h>
#include <linux/mm.h>
#include <linux/sched/signal.h>
#include <linux/sched/task.h>
#include <linux/slab.h>
#include <linux/timekeeping.h>
#include <linux/uidgid.h>

#include "compat.h"
#include "exited.h"
#include "histograms.h"
#include "lives.h"
#include "read.h"
#include "walk.h"

/* All hooks are attached, and births can be noted; guarded by pagestat_lock(). */
bool pagestat_births_noted;

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

/**
 * pagestat_thread_make() - make a record of a task; of its process, too, if it leads one
 * @task: the task, which has none
 *
 * Context: pagestat_lock() held; any context.
 * Return: whether there was a free record.
 */
bool pagestat_thread_make(struct task_struct *task)
{
	/* Who fills the records with threads of his own leaves some to root's. */
	bool root = uid_eq(task_uid(task), GLOBAL_ROOT_UID);
	struct pagestat_thread *leader = NULL;
	struct pagestat_process *p;
	struct pagestat_thread *t;

	lockdep_assert_held(&pagestat_records_lock);

	if (!thread_group_leader(task)) {
		leader = pagestat_thread_find(task->group_leader);
		if (!leader)
			return false;
	}
	p = leader ? leader->process : pagestat_pool_take(&life_pools[POOL_PROCESSES], root);
	if (!p)
		return false;
	t = pagestat_pool_take(&life_pools[POOL_THREADS], root);
	if (!t) {
		if (!leader)
			pagestat_pool_untake(&life_pools[POOL_PROCESSES], p);
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
	/* A stall that is under way counts from here. */
	if (compat_in_memstall(task))
		t->waits.stall = ktime_get_mono_fast_ns();
	t->process = p;
	list_add_tail(&t->node, &p->threads);
	p->nr_threads++;
	pagestat_thread_hash(t);
	pagestat_walk_born(t);
	pagestat_sums.threads++;
	return true;
}

/* All threads of a process have ended. */
static void process_record_end(struct pagestat_process *p, struct task_struct *last,
			       struct task_struct *parent)
{
	bool before_reset = pagestat_walk_now && pagestat_walk_now->reset &&
			    pagestat_walk_missed_process(p);
	struct pagestat_thread *parent_record = parent ? pagestat_thread_find(parent) : NULL;

	p->ended.n[PAGESTAT_swapout] += atomic64_read(&p->swapout);
	/* Not when the module is unloaded, nor when its ids are gone. */
	if (last->exit_state && pid_alive(last))
		pagestat_exited_add(p, last);
	pagestat_histograms_process_end(p);
	pagestat_sums.processes--;
	if (!before_reset) {
		pagestat_sums.ended++;
		pagestat_tally_add(&pagestat_sums.tally, &p->ended);
		if (pagestat_walk_missed_process(p) && pagestat_walk_now->missed)
			pagestat_tally_add(pagestat_walk_now->missed, &p->ended);
	}
	if (!before_reset && parent_record) {
		pagestat_tally_add(&parent_record->process->children, &p->ended);
		pagestat_tally_add(&parent_record->process->children, &p->children);
	}
	pagestat_walk_process_ends(p);
	list_del(&p->node);
	pagestat_pool_put(&life_pools[POOL_PROCESSES], p);
}

/**
 * pagestat_thread_end() - end a thread's record; its process's, too, if it was the last
 * @t:      the record
 * @parent: who gets what the process has counted, for its ended children; or NULL
 *
 * Context: pagestat_lock() held; any context.
 */
void pagestat_thread_end(struct pagestat_thread *t, struct task_struct *parent)
{
	struct pagestat_walk *walk = pagestat_walk_now;
	struct pagestat_process *p = t->process;
	bool missed = pagestat_walk_missed_thread(t);
	struct pagestat_tally tally = { 0 };

	lockdep_assert_held(&pagestat_records_lock);

	pagestat_thread_read(t, &tally);
	/* Its last fault was not accounted, and will not be tried again. */
	if (t->fault.expect != PAGESTAT_NO_FAULT &&
	    t->task->min_flt + t->task->maj_flt == t->fault.accounted)
		tally.n[PAGESTAT_error]++;
	/* The process was reset, and it was not: all it counted was before. */
	if (!missed || !walk->reset)
		pagestat_tally_add(&p->ended, &tally);
	if (missed && walk->sum)
		pagestat_tally_add(walk->sum, &tally);
	pagestat_histograms_thread_end(t);
	pagestat_thread_unhash(t);
	list_del(&t->node);
	pagestat_pool_put(&life_pools[POOL_THREADS], t);
	pagestat_sums.threads--;
	if (!--p->nr_threads)
		process_record_end(p, t->task, parent);
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
	pagestat_lock();
	/* Until all are adopted, a leader may have no record yet. */
	if (pagestat_births_noted && !pagestat_thread_find(task) &&
	    !pagestat_thread_make(task) && pagestat_all_adopted)
		pagestat_sums.lost_tasks++;
	pagestat_unlock();
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
	pagestat_lock();
	t = pagestat_thread_find(task);
	if (t)
		pagestat_thread_end(t, rcu_dereference(task->real_parent));
	pagestat_unlock();
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

	pagestat_lock();
	t = pagestat_thread_find(task);
	if (t)
		t->process->ended.n[PAGESTAT_oom]++;
	pagestat_unlock();
}

/**
 * pagestat_thread_swapped_out() - pages of a process go to swap
 * @owner: a task of the process
 * @pages: how many
 *
 * Context: whoever reclaims, preemption off, the page table lock held.
 */
void pagestat_thread_swapped_out(struct task_struct *owner, unsigned long pages)
{
	struct pagestat_thread *t = pagestat_thread_find(owner);

	/* A process's record stays as long as those of its threads. */
	if (t)
		atomic64_add(pages, &t->process->swapout);
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

static void end_thread(struct pagestat_walk *walk, struct pagestat_thread *t)
{
	pagestat_thread_end(t, NULL);
}

/**
 * pagestat_lives_exit() - end and free all records; no hook may be attached any more
 *
 * Context: process context; sleeps.
 */
void pagestat_lives_exit(void)
{
	struct pagestat_walk walk = { .thread = end_thread, .cost = 1 };

	mutex_lock(&pagestat_walk_mutex);
	pagestat_walk(&walk);
	mutex_unlock(&pagestat_walk_mutex);
	pagestat_pools_exit();
	pagestat_records_exit();
	pagestat_histograms_exit();
	pagestat_exited_exit();
}
