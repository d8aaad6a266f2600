// SPDX-License-Identifier: GPL-2.0
/*
 * switches.c - what silences probes without a word, held or found out
 *
 * kernel.ftrace_enabled=0 stops all probes that are calls of ftrace, and lets
 * them be registered as if nothing were wrong.  Who was born, faulted and ended
 * meanwhile would be nowhere, so it must not happen: ftrace refuses the switch
 * while somebody is registered who says that he depends on it, as livepatch does.
 *
 * debugfs's kprobes/enabled=0 stops all kprobes and cannot be held.  There is a
 * probe on a function of our own: a reader calls it, and sees whether it is hit.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/compiler.h>
#include <linux/ftrace.h>

#include "compat.h"
#include "hooks.h"
#include "switches.h"

/* The one function that we have probed and nobody else calls. */
static noinline void pagestat_self(void)
{
	barrier();
}

/*
 * count_self() - pagestat_self(): probes work
 *
 * Context: a reader's, preemption off.
 */
int count_self(struct kprobe *kp, struct pt_regs *regs)
{
	hook_hit(HOOK_SELF);
	return 0;
}

/**
 * switches_silent() - find out whether the kernel's probes are switched off
 *
 * Context: process context.
 * Return: whether a probe that should have been hit was not; false where there
 * is no such probe.
 */
bool switches_silent(void)
{
	u64 before;
	bool silent;

	if (hooks[HOOK_SELF].state != ATTACHED)
		return false;
	preempt_disable();
	before = this_cpu_read(hook_hits.hits[HOOK_SELF]);
	pagestat_self();
	silent = this_cpu_read(hook_hits.hits[HOOK_SELF]) == before;
	preempt_enable();
	return silent;
}

/**
 * switches_check() - refuse to count nothing
 *
 * Context: process context, all hooks attached.
 * Return: 0, or -EBUSY if kprobes are switched off.
 */
int switches_check(void)
{
	if (!switches_silent())
		return 0;
	pr_err("cannot load: kprobes are switched off; echo 1 >/sys/kernel/debug/kprobes/enabled\n");
	return -EBUSY;
}

#ifdef CONFIG_KPROBES_ON_FTRACE

static void nothing(COMPAT_FTRACE_ARGS)
{
}

static struct ftrace_ops hold = {
	.func = nothing,
	.flags = FTRACE_OPS_FL_PERMANENT,
};

/* What ftrace_free_filter() does, which 5.10 does not export. */
static void forget_place(void)
{
	ftrace_set_filter(&hold, NULL, 0, 1);
}

/**
 * switches_hold() - see to it that ftrace is on, and stays on
 *
 * Context: process context; sleeps.
 * Return: 0; -EBUSY if it is off; another error of ftrace's.
 */
int switches_hold(void)
{
	int err;

	/* It has to be somewhere: where it costs nobody anything. */
	err = ftrace_set_filter_ip(&hold, (unsigned long)pagestat_self, 0, 1);
	if (!err)
		err = register_ftrace_function(&hold);
	if (err == -EBUSY)
		pr_err("cannot load: kernel.ftrace_enabled is 0, which silences probes; sysctl kernel.ftrace_enabled=1\n");
	else if (err)
		pr_err("cannot load: ftrace does not work (error %d)\n", err);
	if (err)
		forget_place();
	return err;
}

/**
 * switches_release() - ftrace may be switched off again
 *
 * Context: process context; sleeps.
 */
void switches_release(void)
{
	unregister_ftrace_function(&hold);
	forget_place();
}

#else /* probes are breakpoints */

int switches_hold(void)
{
	return 0;
}

void switches_release(void)
{
}

#endif
