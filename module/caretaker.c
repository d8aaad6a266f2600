// SPDX-License-Identifier: GPL-2.0
/*
 * caretaker.c - records made ready, and records buried, in process context
 *
 * A probe handler can neither allocate, nor wait for readers, nor drop the last
 * reference to a task.  So records lie ready before they are needed and lie in
 * state after their end; a work item sees to both when it is poked.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/irq_work.h>
#include <linux/moduleparam.h>
#include <linux/mutex.h>
#include <linux/sched/task.h>
#include <linux/slab.h>
#include <linux/workqueue.h>

#include "caretaker.h"
#include "histograms.h"
#include "record.h"

/* Enough for what a fork storm takes before the work item gets a CPU. */
#define READY	1024
/* The dead pin their tasks: bury so many at once, or after a second. */
#define DEAD	64

unsigned int max_threads = 131072;
module_param(max_threads, uint, 0444);
MODULE_PARM_DESC(max_threads, "most records of threads, and of processes, to make (about 0.4 and 0.6 KiB each, and 2 KiB a thread while latency is on)");

/* Guards all lists of records, here and in record.c. */
DEFINE_RAW_SPINLOCK(records_lock);

/* Changes before records are freed, see struct last_thread. */
unsigned long caretaker_generation;

/* Records of one kind: how many exist, and those that are not in use. */
struct stock {
	struct kmem_cache *cache;
	struct list_head ready;
	struct list_head dead;
	unsigned int nr_all;	/* changes under refill_mutex only */
	unsigned int nr_ready;
	unsigned int nr_dead;
};

static struct stock threads = {
	.ready = LIST_HEAD_INIT(threads.ready),
	.dead = LIST_HEAD_INIT(threads.dead),
};

/* Whether threads' records are made with histograms; under refill_mutex. */
static bool with_histograms;

static struct stock processes = {
	.ready = LIST_HEAD_INIT(processes.ready),
	.dead = LIST_HEAD_INIT(processes.dead),
};

static void caretake(struct work_struct *work);
static struct workqueue_struct *queue;
static DECLARE_DELAYED_WORK(care, caretake);
static DEFINE_MUTEX(refill_mutex);

static bool stock_low(const struct stock *stock)
{
	return READ_ONCE(stock->nr_ready) < READY / 2 &&
	       READ_ONCE(stock->nr_all) < max_threads;
}

/*
 * Context: hard interrupt, or the irq_work thread of PREEMPT_RT.  Probe handlers
 * may run where work cannot be queued; an irq_work can be queued anywhere.
 */
static void call_caretaker(struct irq_work *work)
{
	bool now = stock_low(&threads) || stock_low(&processes) ||
		   READ_ONCE(threads.nr_dead) >= DEAD;

	if (now)
		mod_delayed_work(queue, &care, 0);
	else
		queue_delayed_work(queue, &care, HZ);
}

static struct irq_work poke = { .func = call_caretaker };

static struct list_head *stock_take(struct stock *stock)
{
	struct list_head *node = NULL;

	lockdep_assert_held(&records_lock);

	if (stock->nr_ready) {
		node = stock->ready.next;
		list_del(node);
		stock->nr_ready--;
	}
	if (stock_low(stock))
		irq_work_queue(&poke);
	return node;
}

static void stock_bury(struct stock *stock, struct list_head *node)
{
	lockdep_assert_held(&records_lock);

	list_add(node, &stock->dead);
	stock->nr_dead++;
	if (stock->nr_dead == 1 || stock->nr_dead >= DEAD)
		irq_work_queue(&poke);
}

/**
 * caretaker_thread() - take a thread's record, all zero
 *
 * Context: records_lock held; any context.
 * Return: the record, or NULL where none is ready.
 */
struct thread *caretaker_thread(void)
{
	struct list_head *node = stock_take(&threads);

	return node ? list_entry(node, struct thread, node) : NULL;
}

/**
 * caretaker_process() - take a process's record, all zero
 *
 * Context: records_lock held; any context.
 * Return: the record, or NULL where none is ready.
 */
struct process *caretaker_process(void)
{
	struct list_head *node = stock_take(&processes);

	return node ? list_entry(node, struct process, node) : NULL;
}

/**
 * caretaker_bury_thread() - give back the record of a thread that has ended
 * @t: the record, in no list, out of the table; it still pins the task
 *
 * Context: records_lock held; any context.
 */
void caretaker_bury_thread(struct thread *t)
{
	stock_bury(&threads, &t->node);
}

/**
 * caretaker_bury_process() - give back the record of a process that has ended
 * @p: the record, in no list, without threads
 *
 * Context: records_lock held; any context.
 */
void caretaker_bury_process(struct process *p)
{
	stock_bury(&processes, &p->node);
}

static struct list_head *make_thread(void)
{
	struct thread *t = kmem_cache_zalloc(threads.cache, GFP_KERNEL);

	if (!t)
		return NULL;
	if (with_histograms) {
		t->latency = histograms_alloc();
		if (!t->latency) {
			kmem_cache_free(threads.cache, t);
			return NULL;
		}
	}
	return &t->node;
}

static struct list_head *make_process(void)
{
	struct process *p = kmem_cache_zalloc(processes.cache, GFP_KERNEL);

	return p ? &p->node : NULL;
}

/* Make records until READY lie ready, the limit is met or memory is short. */
static bool stock_refill(struct stock *stock, struct list_head *(*make)(void))
{
	struct list_head *node;
	bool any = false;

	while (READ_ONCE(stock->nr_ready) < READY && stock->nr_all < max_threads) {
		node = make();
		if (!node)
			break;
		stock->nr_all++;
		raw_spin_lock(&records_lock);
		list_add(node, &stock->ready);
		stock->nr_ready++;
		raw_spin_unlock(&records_lock);
		any = true;
	}
	return any;
}

static void bury_all(void)
{
	struct thread *t, *next_t;
	struct process *p, *next_p;
	LIST_HEAD(dead_threads);
	LIST_HEAD(dead_processes);

	raw_spin_lock(&records_lock);
	list_splice_init(&threads.dead, &dead_threads);
	list_splice_init(&processes.dead, &dead_processes);
	threads.nr_dead = 0;
	processes.nr_dead = 0;
	raw_spin_unlock(&records_lock);

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
		histograms_free(t->latency);
		kmem_cache_free(threads.cache, t);
		threads.nr_all--;
	}
	list_for_each_entry_safe(p, next_p, &dead_processes, node) {
		histograms_free(p->latency);
		kmem_cache_free(processes.cache, p);
		processes.nr_all--;
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
	bury_all();
	any = stock_refill(&processes, make_process);
	any |= stock_refill(&threads, make_thread);
	mutex_unlock(&refill_mutex);
	return any;
}

/* Take the ready records that have histograms where none are wanted, or none. */
static struct thread *take_unlike(bool wanted)
{
	struct thread *t, *found = NULL;

	raw_spin_lock(&records_lock);
	list_for_each_entry(t, &threads.ready, node) {
		if (!t->latency == wanted) {
			list_del(&t->node);
			threads.nr_ready--;
			found = t;
			break;
		}
	}
	raw_spin_unlock(&records_lock);
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
	struct thread *t;
	int err = 0;

	mutex_lock(&refill_mutex);
	with_histograms = wanted;
	while (!err && (t = take_unlike(wanted))) {
		if (wanted) {
			t->latency = histograms_alloc();
			err = t->latency ? 0 : -ENOMEM;
		} else {
			histograms_free(t->latency);
			t->latency = NULL;
		}
		/* Last, so that the next one to look at comes first. */
		raw_spin_lock(&records_lock);
		list_add_tail(&t->node, &threads.ready);
		threads.nr_ready++;
		raw_spin_unlock(&records_lock);
	}
	mutex_unlock(&refill_mutex);
	return err;
}

static void caretake(struct work_struct *work)
{
	caretaker_refill();
}

static void stock_empty(struct stock *stock, size_t offset)
{
	struct list_head *node, *next;

	list_for_each_safe(node, next, &stock->ready)
		kmem_cache_free(stock->cache, (void *)node - offset);
	kmem_cache_destroy(stock->cache);
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
	threads.cache = kmem_cache_create("pagestat_thread", sizeof(struct thread),
					  0, SLAB_HWCACHE_ALIGN, NULL);
	if (!threads.cache)
		return -ENOMEM;
	processes.cache = kmem_cache_create("pagestat_process", sizeof(struct process),
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
	bury_all();
	stock_empty(&processes, offsetof(struct process, node));
	stock_empty(&threads, offsetof(struct thread, node));
}
