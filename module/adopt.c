// SPDX-License-Identifier: GPL-2.0
/*
 * adopt.c - records of the tasks whose birth no hook has seen, and the end of those whose
 * death none has
 */
#include <linux/mm.h>
#include <linux/sched/signal.h>
#include <linux/sched/task.h>

#include "adopt.h"
#include "lives.h"
#include "walk.h"

/* Tasks that are looked at before others may run. */
#define ADOPT_BATCH	64
/* A task at which the place in the list of all was lost, so many times, is a storm. */
#define ADOPT_TRIES	16

/*
 * Others may run, and RCU grace periods end.  Whether both tasks are still in their
 * lists, so that one can go on from them.
 */
static bool adopt_pause(struct task_struct *group, struct task_struct *task)
{
	bool there;

	get_task_struct(group);
	get_task_struct(task);
	rcu_read_unlock();
	cond_resched();
	rcu_read_lock();
	/* A leader that a thread has replaced by exec() is out of the list, and alive. */
	there = pid_alive(group) && thread_group_leader(group) && pid_alive(task);
	put_task_struct(task);
	put_task_struct(group);
	return there;
}

/**
 * struct adoption - how far it has come
 * @made:     so many records
 * @complete: there were free records for all
 */
struct adoption {
	unsigned int made;
	bool complete;
};

/* Make records of the tasks that have none.  False if it lost its place on the way. */
static bool adopt_tasks(struct adoption *adoption)
{
	struct task_struct *group, *task;
	unsigned int nr = 0;
	bool whole = true;

	rcu_read_lock();
	for_each_process_thread(group, task) {
		pagestat_lock();
		/*
		 * A task that is being released has passed pagestat_thread_died()
		 * already: its record would never end.
		 */
		if (READ_ONCE(task->exit_state) != EXIT_DEAD && !pagestat_thread_find(task)) {
			if (pagestat_thread_make(task))
				adoption->made++;
			else
				adoption->complete = false;
		}
		pagestat_unlock();
		if (++nr % ADOPT_BATCH == 0 && !adopt_pause(group, task)) {
			whole = false;
			goto out;
		}
	}
out:
	rcu_read_unlock();
	return whole;
}

/**
 * pagestat_adopt() - make records of all tasks that have none
 *
 * When the module is loaded that is every task; later, those that were born when no
 * record was free.  Their counts start here.
 *
 * Context: process context; sleeps.
 */
void pagestat_adopt(void)
{
	struct adoption adoption = { 0 };
	unsigned int tries = 0, made;
	bool first = true, more;

	/* A task that was born before is in the list of tasks already. */
	pagestat_lock();
	pagestat_births_noted = true;
	pagestat_unlock();

	/* As long as new records help: those that are left may not be for these tasks. */
	do {
		made = adoption.made;
		adoption.complete = true;
		while (!adopt_tasks(&adoption) && ++tries < ADOPT_TRIES)
			;
		more = first || adoption.made > made;
		first = false;
	} while (!adoption.complete && more && pagestat_pools_refill());
	WRITE_ONCE(pagestat_all_adopted, true);
}

/* A task that is not hashed any more was released: its death was missed. */
static void end_missed_death(struct pagestat_walk *walk, struct pagestat_thread *t)
{
	if (unlikely(!pid_alive(t->task)))
		pagestat_thread_end(t, NULL);
}

/**
 * pagestat_mend() - add and end records where hooks missed it, before a reader looks
 *
 * Context: process context, pagestat_walk_mutex held; sleeps.
 */
void pagestat_mend(void)
{
	struct pagestat_walk walk = { .thread = end_missed_death, .cost = 1 };
	static u64 lost_before;
	u64 lost_now = pagestat_lost_hits() + READ_ONCE(pagestat_sums.lost_tasks);

	lockdep_assert_held(&pagestat_walk_mutex);

	if (lost_before != lost_now) {
		lost_before = lost_now;
		pagestat_pools_refill();
		pagestat_adopt();
	}
	pagestat_walk(&walk);
}
