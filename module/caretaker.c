// SPDX-License-Identifier: GPL-2.0
/*
 * caretaker.c - records made ready, and records buried, in process context
 *
 * A probe handler can neither allocate, nor wait for readers, nor drop the last
 * reference to a task.  So records lie ready before they are needed and lie in
 * state after their end; a work item sees to both when it is poked.
 */
#include <linux/irq_work.h>
#include <linux/mutex.h>
#include <linux/sched/task.h>
#include <linux/slab.h>
#include <linux/workqueue.h>

#include "caretaker.h"
#include "histograms.h"
#include "records.h"

/* Changes before records are freed, see struct pagestat_last_thread. */
unsigned long caretaker_generation;

static struct pagestat_pool threads = STOCK(threads);
static struct pagestat_pool processes = STOCK(processes);

/* Whether threads' records are made with histograms; under refill_mutex. */
static bool with_histograms;

static void caretake(struct work_struct *work);
static struct workqueue_struct *queue;
static DECLARE_DELAYED_WORK(care, caretake);
static DEFINE_MUTEX(refill_mutex);

/*
 * Context: hard interrupt, or the irq_work thread of PREEMPT_RT.  Probe handlers
 * may run where work cannot be queued; an irq_work can be queued anywhere.
 */
static void call_caretaker(struct irq_work *work)
{
	bool now = stock_low(&threads) || stock_low(&processes) ||
		   stock_crowded(&threads);

	if (now)
		mod_delayed_work(queue, &care, 0);
	else
		queue_delayed_work(queue, &care, HZ);
}

static struct irq_work poke = { .func = call_caretaker };

static struct list_head *take(struct pagestat_pool *stock)
{
	struct list_head *node = stock_take(stock);

	if (stock_low(stock))
		irq_work_queue(&poke);
	return node;
}

static void bury(struct pagestat_pool *stock, struct list_head *node)
{
	bool first = !stock->nr_dead;

	stock_bury(stock, node);
	if (first || stock_crowded(stock))
		irq_work_queue(&poke);
}

/**
 * caretaker_thread() - take a thread's record, all zero
 *
 * Context: pagestat_records_lock held; any context.
 * Return: the record, or NULL where none is ready.
 */
struct pagestat_thread *caretaker_thread(void)
{
	struct list_head *node = take(&threads);

	return node ? list_entry(node, struct pagestat_thread, node) : NULL;
}

/**
 * caretaker_process() - take a process's record, all zero
 *
 * Context: pagestat_records_lock held; any context.
 * Return: the record, or NULL where none is ready.
 */
struct pagestat_process *caretaker_process(void)
{
	struct list_head *node = take(&processes);

	return node ? list_entry(node, struct pagestat_process, node) : NULL;
}

/**
 * caretaker_bury_thread() - give back the record of a thread that has ended
 * @t: the record, in no list, out of the table; it still pins the task
 *
 * Context: pagestat_records_lock held; any context.
 */
void caretaker_bury_thread(struct pagestat_thread *t)
{
	bury(&threads, &t->node);
}

/**
 * caretaker_bury_process() - give back the record of a process that has ended
 * @p: the record, in no list, without threads
 *
 * Context: pagestat_records_lock held; any context.
 */
void caretaker_bury_process(struct pagestat_process *p)
{
	bury(&processes, &p->node);
}

static struct list_head *make_thread(void)
{
	struct pagestat_thread *t = kmem_cache_zalloc(threads.cache, GFP_KERNEL);

	if (!t)
		return NULL;
	if (with_histograms) {
		t->latency = pagestat_histograms_alloc();
		if (!t->latency) {
			kmem_cache_free(threads.cache, t);
			return NULL;
		}
	}
	return &t->node;
}

static struct list_head *make_process(void)
{
	struct pagestat_process *p = kmem_cache_zalloc(processes.cache, GFP_KERNEL);

	return p ? &p->node : NULL;
}

static void free_the_dead(void)
{
	struct pagestat_thread *t, *next_t;
	struct pagestat_process *p, *next_p;
	LIST_HEAD(dead_threads);
	LIST_HEAD(dead_processes);

	raw_spin_lock(&pagestat_records_lock);
	stock_take_dead(&threads, &dead_threads);
	stock_take_dead(&processes, &dead_processes);
	raw_spin_unlock(&pagestat_records_lock);

	if (list_empty(&dead_threads) && list_empty(&dead_processes))
		return;

	/*
	 * Handlers on other CPUs may still walk the table past the records, or
	 * have one of them at hand; those that begin from here on do not.
	 */
	WRITE_ONCE(caretaker_generation, caretaker_generation + 1);
	synchronize_rcu();

	list_for_each_entry_safe(t, next_t, &dead_threads, node) {
		put_task_struct(t->task);
		kfree(t->base);
		pagestat_histograms_free(t->latency);
		stock_free(&threads, t);
	}
	list_for_each_entry_safe(p, next_p, &dead_processes, node) {
		pagestat_histograms_free(p->latency);
		stock_free(&processes, p);
	}
}

/**
 * caretaker_refill() - bury the dead and make records ready, now
 *
 * Context: process context; sleeps.
 * Return: whether there are more records ready than before.
 */
bool caretaker_refill(void)
{
	bool any;

	mutex_lock(&refill_mutex);
	free_the_dead();
	any = stock_refill(&processes, make_process);
	any |= stock_refill(&threads, make_thread);
	mutex_unlock(&refill_mutex);
	return any;
}

/* Take the ready records that have histograms where none are wanted, or none. */
static struct pagestat_thread *take_unlike(bool wanted)
{
	struct pagestat_thread *t, *found = NULL;

	raw_spin_lock(&pagestat_records_lock);
	list_for_each_entry(t, &threads.ready, node) {
		if (!t->latency == wanted) {
			stock_take_this(&threads, &t->node);
			found = t;
			break;
		}
	}
	raw_spin_unlock(&pagestat_records_lock);
	return found;
}

/**
 * caretaker_histograms() - from now on threads are born with histograms, or not
 * @wanted: which
 *
 * Context: process context; sleeps.
 * Return: 0, or -ENOMEM, and then some of the next have them and some do not.
 */
int caretaker_histograms(bool wanted)
{
	struct pagestat_thread *t;
	int err = 0;

	mutex_lock(&refill_mutex);
	with_histograms = wanted;
	while (!err && (t = take_unlike(wanted))) {
		if (wanted) {
			t->latency = pagestat_histograms_alloc();
			err = t->latency ? 0 : -ENOMEM;
		} else {
			pagestat_histograms_free(t->latency);
			t->latency = NULL;
		}
		/* Last, so that the next one to look at comes first. */
		raw_spin_lock(&pagestat_records_lock);
		stock_put(&threads, &t->node);
		raw_spin_unlock(&pagestat_records_lock);
	}
	mutex_unlock(&refill_mutex);
	return err;
}

static void caretake(struct work_struct *work)
{
	caretaker_refill();
}

/**
 * caretaker_init() - make the first records ready
 *
 * Context: process context; sleeps.
 * Return: 0, or -ENOMEM.
 */
int caretaker_init(void)
{
	/*
	 * Aligned to cache lines: two threads on two CPUs never write to the
	 * same one.
	 */
	threads.cache = kmem_cache_create("pagestat_thread", sizeof(struct pagestat_thread),
					  0, SLAB_HWCACHE_ALIGN, NULL);
	if (!threads.cache)
		return -ENOMEM;
	processes.cache = kmem_cache_create("pagestat_process", sizeof(struct pagestat_process),
					    0, SLAB_HWCACHE_ALIGN, NULL);
	if (!processes.cache)
		goto err_threads;
	queue = alloc_workqueue("pagestat", WQ_UNBOUND, 1);
	if (!queue)
		goto err_processes;
	caretaker_refill();
	return 0;

err_processes:
	kmem_cache_destroy(processes.cache);
err_threads:
	kmem_cache_destroy(threads.cache);
	return -ENOMEM;
}

/**
 * caretaker_exit() - give all memory back
 *
 * Every record in use must have been buried, and no hook may be attached.
 *
 * Context: process context; sleeps.
 */
void caretaker_exit(void)
{
	irq_work_sync(&poke);
	cancel_delayed_work_sync(&care);
	destroy_workqueue(queue);
	free_the_dead();
	stock_empty(&processes, offsetof(struct pagestat_process, node));
	stock_empty(&threads, offsetof(struct pagestat_thread, node));
}
