// SPDX-License-Identifier: GPL-2.0
/*
 * follow.c - latency measured on demand
 *
 * Faults are followed to their return while there are readers of the trace events
 * "fault" and "swapin", or while the module's parameter "latency" is on, which also
 * keeps histograms.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/kprobes.h>
#include <linux/moduleparam.h>
#include <linux/rcupdate.h>
#include <linux/timekeeping.h>

#include "compat.h"
#include "events.h"
#include "histograms.h"
#include "hooks.h"
#include "latency.h"
#include "option.h"

/* On more CPUs, instances in one list cost microseconds a hit. */
#define MANY_CPUS	16
/* Each followed fault needs memory. */
#define MAX_MAX_FAULTS	(1 << 20)

static unsigned int max_faults = 4096;
module_param(max_faults, uint, 0444);
MODULE_PARM_DESC(max_faults, "how many faults at one time latency can follow, sleeping ones included");

static u64 kept_since;	/* by CLOCK_BOOTTIME; 0: no histograms are kept */

/* Attach or detach the return probe, see pagestat_follow_by(). */
static int latency_arm(bool on)
{
	int err;

	if (!on) {
		WRITE_ONCE(pagestat_latency_since, LATENCY_NEVER);
		static_branch_disable(&pagestat_latency_armed);
		/* Handlers that are running may still need the probe. */
		synchronize_rcu();
		pagestat_hook_disarm(HOOK_RETURN);
		return 0;
	}
	pagestat_latency_probe.maxactive = clamp_val(max_faults, 1, MAX_MAX_FAULTS);
	WRITE_ONCE(pagestat_latency_since, ktime_get_mono_fast_ns());
	err = pagestat_hook_arm(HOOK_RETURN);
	if (err == -EBUSY) {
		pr_err("latency cannot be measured: kprobes are switched off; echo 1 >/sys/kernel/debug/kprobes/enabled\n");
		return err;
	}
	if (err) {
		pr_err("latency cannot be measured: hook \"return\" on handle_mm_fault: error %d\n",
		       err);
		return err;
	}
	static_branch_enable(&pagestat_latency_armed);
	if (COMPAT_RETURNS_SHARED && num_possible_cpus() > MANY_CPUS)
		pr_warn("measuring latency: before Linux 6.7 the return probe's instances are in one list for all %u CPUs; with many faults at once it can cost tens of microseconds a fault\n",
			num_possible_cpus());
	return 0;
}

static int histograms_keep(bool on)
{
	int err;

	if (!on) {
		WRITE_ONCE(kept_since, 0);
		pagestat_unfollow();
		pagestat_histograms_take();
		return 0;
	}
	err = pagestat_histograms_give();
	if (err)
		return err;
	err = pagestat_follow();
	if (err)
		pagestat_histograms_take();
	else
		WRITE_ONCE(kept_since, ktime_get_boottime_ns());
	return err;
}

static PAGESTAT_OPTION(latency_option, histograms_keep);
module_param_cb(latency, &pagestat_option_ops, &latency_option, 0644);
MODULE_PARM_DESC(latency, "measure how long faults take, for the file \"latency\"; costs some 500 instructions a fault and 2 KiB a thread");

/**
 * pagestat_follow_init() - follow faults, if somebody is waiting for that already
 *
 * Context: process context; sleeps.
 * Return: 0; -ENOMEM; -EBUSY if kprobes are switched off; the error of
 * register_kretprobe().
 */
int pagestat_follow_init(void)
{
	int err;

	err = pagestat_follow_by(latency_arm);
	if (err)
		return err;
	err = pagestat_option_begin(&latency_option);
	if (err)
		pagestat_follow_by(NULL);
	return err;
}

/**
 * pagestat_follow_exit() - follow no faults; readers of trace events may remain
 *
 * Context: process context; sleeps.
 */
void pagestat_follow_exit(void)
{
	pagestat_option_end(&latency_option);
	pagestat_follow_by(NULL);
}

/**
 * pagestat_follow_kept_ns() - for how long histograms have been kept, resets aside
 *
 * Context: any.
 * Return: nanoseconds; 0 if none are kept.
 */
u64 pagestat_follow_kept_ns(void)
{
	u64 since = READ_ONCE(kept_since);

	return since ? ktime_get_boottime_ns() - since : 0;
}
