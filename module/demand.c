// SPDX-License-Identifier: GPL-2.0
/*
 * demand.c - hooks that are attached while the counters they feed are asked for
 *
 * The leaf of file mappings is called up to 16 times a fault, once for each page that
 * fault-around maps.  So it is hooked only while the module's parameter "mapped" is on.
 * Else nothing is patched there, and a fault costs what it costs without this file.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/kprobes.h>
#include <linux/moduleparam.h>

#include "hooks.h"
#include "option.h"
#include "uapi/pagestat.h"

#define for_each_hook_of(hook, feed)					       \
	for ((hook) = pagestat_hooks; (hook) < pagestat_hooks + NR_HOOKS; (hook)++) \
		if ((hook)->on_demand && (hook)->feeds & (feed))

/* What is attached now is detached.  The option's mutex guards the states of these hooks. */
static void mapped_detach(void)
{
	struct pagestat_hook *hook;

	pagestat_hooks_set_known(BIT_ULL(PAGESTAT_mapped), false);
	for_each_hook_of(hook, BIT_ULL(PAGESTAT_mapped)) {
		if (hook->state != HOOK_STATE_ATTACHED)
			continue;
		if (!hook->traced)
			disable_kprobe(&hook->kp);
		hook->state = HOOK_STATE_OFF;
	}
	pagestat_dispatch_demand(false);
}

static int hook_enable(struct pagestat_hook *hook)
{
	int err = 0;

	if (hook->state != HOOK_STATE_OFF)
		return -ENODEV;
	if (!hook->traced && pagestat_switches_silent(HOOK_SELF_KPROBE))
		return -EBUSY;
	if (!hook->traced)
		err = enable_kprobe(&hook->kp);
	if (!err)
		hook->state = HOOK_STATE_ATTACHED;
	return err;
}

/* The counter is known only when all of its hooks are attached. */
static int mapped_attach(void)
{
	struct pagestat_hook *hook;
	char buf[16];
	int err;

	for_each_hook_of(hook, BIT_ULL(PAGESTAT_mapped)) {
		err = hook_enable(hook);
		if (err) {
			pr_err("mapped pages cannot be counted: hook \"%s\" on %s is %s (error %d)%s\n",
			       hook->name, pagestat_hook_place(hook),
			       pagestat_hook_state_word(hook, buf, sizeof(buf)), err,
			       err == -EBUSY ? "; kprobes are switched off: echo 1 >/sys/kernel/debug/kprobes/enabled" : "");
			goto err_detach;
		}
	}
	err = pagestat_dispatch_demand(true);
	if (err) {
		pr_err("mapped pages cannot be counted: ftrace does not work (error %d)\n", err);
		goto err_detach;
	}
	pagestat_hooks_set_known(BIT_ULL(PAGESTAT_mapped), true);
	return 0;

err_detach:
	mapped_detach();
	return err;
}

static int mapped_count(bool on)
{
	if (on)
		return mapped_attach();
	mapped_detach();
	return 0;
}

static PAGESTAT_OPTION(mapped_option, mapped_count);
module_param_cb(mapped, &pagestat_option_ops, &mapped_option, 0644);
MODULE_PARM_DESC(mapped, "count the pages of files that faults map, in the counter \"mapped\"; costs some 100 instructions for each of them");

/**
 * pagestat_demand_init() - count what has been asked for already
 *
 * Context: process context; sleeps.
 * Return: 0; -ENODEV if a hook was left out or is missing; -EBUSY if kprobes are switched
 * off; an error of ftrace or of kprobes.
 */
int pagestat_demand_init(void)
{
	return pagestat_option_begin(&mapped_option);
}

/**
 * pagestat_demand_exit() - detach what is attached on demand
 *
 * Context: process context; sleeps.
 */
void pagestat_demand_exit(void)
{
	pagestat_option_end(&mapped_option);
}
