// SPDX-License-Identifier: GPL-2.0
/*
 * reader.c - an RCU reader that keeps grace periods from ending, half of the time
 */
#include <linux/delay.h>
#include <linux/err.h>
#include <linux/kthread.h>
#include <linux/module.h>
#include <linux/rcupdate.h>

#define HELD_MS	500

static struct task_struct *reader;

static int read_and_rest(void *unused)
{
	while (!kthread_should_stop()) {
		rcu_read_lock();
		mdelay(HELD_MS);
		rcu_read_unlock();
		msleep(HELD_MS);
	}
	return 0;
}

static int __init reader_init(void)
{
	reader = kthread_run(read_and_rest, NULL, "rcu-reader");
	return PTR_ERR_OR_ZERO(reader);
}

static void __exit reader_exit(void)
{
	kthread_stop(reader);
}

module_init(reader_init);
module_exit(reader_exit);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("an RCU reader that keeps grace periods from ending, half of the time");
