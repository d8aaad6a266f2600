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

/* Guarded by records_lock. */
struct totals sums;

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
	t->fault.copy = NO_COPY;
	t->process = p;
	list_add_tail(&t->node, &p->threads);
	find_add(t);
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
	/* Its last fault was not accounted, and nobody will try again. */
	if (t->fault.expect != NO_FAULT &&
	    t->task->min_flt + t->task->maj_flt == t->fault.accounted)
		p->gone.n[PAGESTAT_error]++;
	histograms_thread_end(t);
	find_remove(t);
	list_del(&t->node);
	caretaker_bury_thread(t);
	sums.threads--;
	if (!list_empty(&p->threads))
		return;

	p->gone.n[PAGESTAT_swapout] += atomic64_read(&p->swapout);
	/* Not if it lives on without us, nor if its ids have gone. */
	if (t->task->exit_state && pid_alive(t->task))
		exited_add(p, t->task);
	tally_add(&sums.tally, &p->gone);
	if (live_walk_to_come(p))
		tally_add(&walk_missed, &p->gone);
	histograms_process_end(p);
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
	if (begun && !thread_find(task) && !thread_begin(task) && all_adopted)
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
 * thread_oom() - the OOM killer has chosen a task
 * @task: the task
 *
 * Context: the killer's, preemption off.  Takes a raw lock that no interrupt
 * takes.
 */
void thread_oom(struct task_struct *task)
{
	struct thread *t;

	raw_spin_lock(&records_lock);
	t = thread_find(task);
	if (t)
		t->process->gone.n[PAGESTAT_oom]++;
	raw_spin_unlock(&records_lock);
}

/**
 * thread_swapped_out() - a page of a process goes to swap
 * @owner: a task of the process
 *
 * Context: whoever reclaims, preemption off, the page table lock held.
 */
void thread_swapped_out(struct task_struct *owner)
{
	struct thread *t = thread_find(owner);

	/* A process's record stays as long as those of its threads. */
	if (t)
		atomic64_inc(&t->process->swapout);
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

	/* A task whose birth came before is among the tasks already. */
	raw_spin_lock(&records_lock);
	begun = true;
	raw_spin_unlock(&records_lock);

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
	WRITE_ONCE(all_adopted, true);
}

/* If thread_died() was missed, only the record still keeps the task. */
static void end_the_dead(struct process *p, void *unused)
{
	struct thread *t, *next;

	list_for_each_entry_safe(t, next, &p->threads, node)
		if (unlikely(!pid_alive(t->task)))
			thread_end(t, NULL);
}

/**
 * records_mend() - mend what hooks may have missed, before a reader looks
 *
 * Context: process context, walk_mutex held; sleeps.
 */
void records_mend(void)
{
	static u64 lost;
	u64 lost_now = records_lost_hits() + READ_ONCE(sums.lost_tasks);

	lockdep_assert_held(&walk_mutex);

	if (lost != lost_now) {
		lost = lost_now;
		caretaker_refill();
		records_adopt();
	}
	live_walk(end_the_dead, NULL);
}

/**
 * records_init() - make records possible
 *
 * Context: process context; sleeps.
 * Return: 0, or -ENOMEM.
 */
int records_init(void)
{
	int err;

	err = exited_init();
	if (err)
		return err;
	err = histograms_init();
	if (err)
		goto err_exited;
	err = find_init(max_threads);
	if (err)
		goto err_histograms;
	err = caretaker_init();
	if (err)
		goto err_find;
	return 0;

err_find:
	find_exit();
err_histograms:
	histograms_exit();
err_exited:
	exited_exit();
	return err;
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
	find_exit();
	histograms_exit();
	exited_exit();
}
