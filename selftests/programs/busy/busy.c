// SPDX-License-Identifier: GPL-2.0
/*
 * busy.c - a kernel thread that computes for long and never sleeps
 *
 * It offers to be scheduled all the time, by cond_resched(), as long loops of the kernel
 * do.  Where the kernel is preemptible, that does nothing.
 */
#include <linux/err.h>
#include <linux/jiffies.h>
#include <linux/kthread.h>
#include <linux/module.h>
#include <linux/sched.h>

static unsigned int seconds = 5;
module_param(seconds, uint, 0444);
MODULE_PARM_DESC(seconds, "how long it computes; it may sleep then");

static struct task_struct *busy;

static int compute(void *unused)
{
	unsigned long end = jiffies + seconds * HZ;

	while (time_before(jiffies, end) && !kthread_should_stop()) {
		cpu_relax();
		cond_resched();
	}
	while (!kthread_should_stop())
		schedule_timeout_interruptible(HZ / 10);
	return 0;
}

static int __init busy_init(void)
{
	busy = kthread_run(compute, NULL, "busy");
	return PTR_ERR_OR_ZERO(busy);
}

static void __exit busy_exit(void)
{
	kthread_stop(busy);
}

module_init(busy_init);
module_exit(busy_exit);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("a kernel thread that computes for long and never sleeps");
