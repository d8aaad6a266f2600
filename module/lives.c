// SPDX-License-Identifier: GPL-2.0
/*
 * lives.c - threads and processes, from birth to death
 *
 * A record is made when the kernel first wakes a new task and ends when the
 * kernel releases it, after its last fault: do_exit() still faults in
 * exit_mm().  Until then a zombie can be read, as in /proc.
 */
#include <linux/mm.h>
#include <linux/sched/signal.h>
#include <linux/sched/task.h>

#include "exited.h"
#include "histograms.h"
#include "live.h"

/* All hooks are attached, and births can be noted. */
static bool begun;

/* Guarded by pagestat_records_lock. */
struct pagestat_totals pagestat_sums;

/* Make a record of a task; of its process, too, if it leads one. */
static bool thread_begin(struct task_struct *task)
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
	find_add(t);
	pagestat_sums.threads++;
	return true;
}

/* End a thread's record; its process's, too, if it was the last. */
static void thread_end(struct pagestat_thread *t, struct task_struct *parent)
{
	struct pagestat_process *p = t->process;
	struct pagestat_thread *heir;

	lockdep_assert_held(&pagestat_records_lock);

	pagestat_thread_read(t, &p->ended);
	/* Its last fault was not accounted, and nobody will try again. */
	if (t->fault.expect != PAGESTAT_NO_FAULT &&
	    t->task->min_flt + t->task->maj_flt == t->fault.accounted)
		p->ended.n[PAGESTAT_error]++;
	pagestat_histograms_thread_end(t);
	find_remove(t);
	list_del(&t->node);
	caretaker_bury_thread(t);
	pagestat_sums.threads--;
	if (!list_empty(&p->threads))
		return;

	p->ended.n[PAGESTAT_swapout] += atomic64_read(&p->swapout);
	/* Not if it lives on without us, nor if its ids have gone. */
	if (t->task->exit_state && pid_alive(t->task))
		pagestat_exited_add(p, t->task);
	pagestat_tally_add(&pagestat_sums.tally, &p->ended);
	if (pagestat_live_walk_to_come(p))
		pagestat_tally_add(&pagestat_walk_missed, &p->ended);
	pagestat_histograms_process_end(p);
	pagestat_sums.processes--;
	pagestat_sums.ended++;
	heir = parent ? pagestat_thread_find(parent) : NULL;
	if (heir) {
		pagestat_tally_add(&heir->process->children, &p->ended);
		pagestat_tally_add(&heir->process->children, &p->children);
	}
	list_del(&p->node);
	caretaker_bury_process(p);
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
	/* Until all are adopted, a thread may be born before its leader is. */
	if (begun && !pagestat_thread_find(task) && !thread_begin(task) && pagestat_all_adopted)
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
		thread_end(t, rcu_dereference(task->real_parent));
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
 * pagestat_records_adopt() - make records of all tasks that have none
 *
 * When the module is loaded that is everyone; later, those whose birth came
 * when no record was ready.  Their counts start here.
 *
 * Context: process context; sleeps.
 */
void pagestat_records_adopt(void)
{
	struct task_struct *group, *task;
	bool complete;

	/* A task whose birth came before is among the tasks already. */
	raw_spin_lock(&pagestat_records_lock);
	begun = true;
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
			    !pagestat_thread_find(task) && !thread_begin(task))
				complete = false;
			raw_spin_unlock(&pagestat_records_lock);
		}
		rcu_read_unlock();
	} while (!complete && caretaker_refill());
	WRITE_ONCE(pagestat_all_adopted, true);
}

/* If pagestat_thread_died() was missed, only the record still keeps the task. */
static void end_the_dead(struct pagestat_process *p, void *unused)
{
	struct pagestat_thread *t, *next;

	list_for_each_entry_safe(t, next, &p->threads, node)
		if (unlikely(!pid_alive(t->task)))
			thread_end(t, NULL);
}

/**
 * pagestat_records_mend() - mend what hooks may have missed, before a reader looks
 *
 * Context: process context, pagestat_walk_mutex held; sleeps.
 */
void pagestat_records_mend(void)
{
	static u64 lost;
	u64 lost_now = pagestat_records_lost_hits() + READ_ONCE(pagestat_sums.lost_tasks);

	lockdep_assert_held(&pagestat_walk_mutex);

	if (lost != lost_now) {
		lost = lost_now;
		caretaker_refill();
		pagestat_records_adopt();
	}
	pagestat_live_walk(end_the_dead, NULL);
}

/**
 * pagestat_records_init() - make records possible
 *
 * Context: process context; sleeps.
 * Return: 0, or -ENOMEM.
 */
int pagestat_records_init(void)
{
	int err;

	err = pagestat_exited_init();
	if (err)
		return err;
	err = pagestat_histograms_init();
	if (err)
		goto err_exited;
	err = find_init(pagestat_max_threads);
	if (err)
		goto err_histograms;
	err = caretaker_init();
	if (err)
		goto err_find;
	return 0;

err_find:
	find_exit();
err_histograms:
	pagestat_histograms_exit();
err_exited:
	pagestat_exited_exit();
	return err;
}

static void process_end(struct pagestat_process *p, void *unused)
{
	struct pagestat_thread *t, *next;

	list_for_each_entry_safe(t, next, &p->threads, node)
		thread_end(t, NULL);
}

/**
 * pagestat_records_exit() - forget all records; no hook may be attached any more
 *
 * Context: process context; sleeps.
 */
void pagestat_records_exit(void)
{
	mutex_lock(&pagestat_walk_mutex);
	pagestat_live_walk(process_end, NULL);
	mutex_unlock(&pagestat_walk_mutex);
	caretaker_exit();
	find_exit();
	pagestat_histograms_exit();
	pagestat_exited_exit();
}
