// SPDX-License-Identifier: GPL-2.0
/*
 * handover.c - the hook on faults: ftrace's, and a kprobe's while latency is measured
 *
 * A return probe brings a kprobe of its own to the same function.  Two who share a
 * function are called by way of a list that ftrace walks, which costs more than
 * either; two kprobes are called as one.  So while there is a return probe, faults
 * are counted by a kprobe.
 *
 * Each fault is counted once, whoever is at it meanwhile.  For a time both are
 * called for every fault, one after the other on the same CPU and with preemption
 * off; who of them counts is said by a flag of that CPU, which changes in process
 * context there, and so between two faults.
 */
#include <linux/cpu.h>
#include <linux/rcupdate.h>
#include <linux/string.h>
#include <linux/workqueue.h>

#include "dispatch.h"
#include "handover.h"
#include "hooks.h"

DEFINE_PER_CPU(bool, faults_by_kprobe);

static bool taken;	/* the kprobe is there */

static long say(void *kprobe)
{
	/* A pointer would be cut down to its lowest byte. */
	this_cpu_write(faults_by_kprobe, !!kprobe);
	return 0;
}

/**
 * handover_begin() - say how faults are hooked at first
 * @kprobe: by a kprobe
 *
 * Context: process context; nobody is counted yet.
 */
void handover_begin(bool kprobe)
{
	int cpu;

	for_each_possible_cpu(cpu)
		per_cpu(faults_by_kprobe, cpu) = kprobe;
}

/* Both are attached: let the other one count. */
static void turn(bool kprobe)
{
	int cpu;

	/* Who is on his way already may be called by one of them only. */
	synchronize_rcu_tasks();

	cpus_read_lock();
	for_each_online_cpu(cpu)
		work_on_cpu(cpu, say, kprobe ? &hooks : NULL);
	/* And those that are not there. */
	handover_begin(kprobe);
	cpus_read_unlock();
}

/**
 * handover_to_kprobe() - have a kprobe count faults, if kprobes are known to work
 *
 * Context: process context; sleeps.  Not at once with handover_to_ftrace().
 * Return: 0, or the error of register_kprobe(): ftrace keeps it.
 */
int handover_to_kprobe(void)
{
	struct hook *hook = &hooks[HOOK_FAULT];
	const char *symbol = hook->kp.symbol_name;
	int err;

	/* Without that one nobody knows whether kprobes are hit at all. */
	if (!hook->traced || hooks[HOOK_SELF_KPROBE].state != ATTACHED)
		return 0;
	/* A breakpoint is at another place, and a thread may change CPUs between. */
	if (!IS_ENABLED(CONFIG_KPROBES_ON_FTRACE))
		return 0;
	memset(&hook->kp, 0, sizeof(hook->kp));
	hook->kp.symbol_name = symbol;
	hook->kp.pre_handler = count_fault_probed;
	err = register_kprobe(&hook->kp);
	if (err)
		return err;
	turn(true);
	dispatch_remove(HANDLER_count_fault);
	hook->traced = false;
	taken = true;
	return 0;
}

/**
 * handover_to_ftrace() - have ftrace count them again
 *
 * Should there be no memory for it, the kprobe stays.
 *
 * Context: process context; sleeps.  Not at once with handover_to_kprobe().
 */
void handover_to_ftrace(void)
{
	struct hook *hook = &hooks[HOOK_FAULT];

	if (!taken || dispatch_again(HANDLER_count_fault))
		return;
	turn(false);
	hook->traced = true;
	handover_end();
}

/**
 * handover_end() - take the kprobe off, if there is one
 *
 * Context: process context; sleeps.
 */
void handover_end(void)
{
	struct hook *hook = &hooks[HOOK_FAULT];

	if (!taken)
		return;
	unregister_kprobe(&hook->kp);
	hook->missed += hook->kp.nmissed;
	hook->kp.nmissed = 0;
	taken = false;
}
