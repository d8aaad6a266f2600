// SPDX-License-Identifier: GPL-2.0
/*
 * latency.c - faults followed from entry to return, while somebody wants to know
 *
 * Whoever wants to know arms it: a reader of the trace events "fault" and
 * "swapin", or the module's parameter "latency", which also keeps histograms.
 * Nobody: then it costs a branch that is patched out.
 *
 * What the return probe says of a fault is derived from the arguments and the
 * returned value alone.  It is held against what the kernel accounted, and where
 * they differ the fault is disputed.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/kprobes.h>
#include <linux/mm.h>
#include <linux/moduleparam.h>
#include <linux/mutex.h>
#include <linux/rcupdate.h>
#include <linux/timekeeping.h>

#include "compat.h"
#include "events.h"
#include "histograms.h"
#include "hooks.h"
#include "latency.h"
#include "records.h"

/* Beyond so many, instances in one list cost microseconds a hit. */
#define MANY_CPUS	16
/* Each has memory of its own. */
#define MOST_FAULTS	(1 << 20)

static unsigned int max_faults = 4096;
module_param(max_faults, uint, 0444);
MODULE_PARM_DESC(max_faults, "how many faults at one time latency can follow, sleeping ones included");

DEFINE_STATIC_KEY_FALSE(pagestat_latency_armed);

static DEFINE_PER_CPU(u64, disputed);

static DEFINE_MUTEX(arm_mutex);
static unsigned int followers;	/* who wants faults to be followed */
static bool ready;		/* between init and exit */
static bool keep;		/* the parameter: histograms are wanted */
static u64 kept_since;		/* by CLOCK_BOOTTIME; 0 while there are none */

/* Faults that were entered before are not followed.  Never: none are. */
static u64 armed_since;
#define NEVER	U64_MAX

/* What kind of fault has which outcome; 0, where not said, is none of these. */
static const u8 kinds[PAGESTAT_NR] = {
	[PAGESTAT_zerofill] = PAGESTAT_KIND_anon + 1,
	[PAGESTAT_zeromap] = PAGESTAT_KIND_anon + 1,
	[PAGESTAT_filemap] = PAGESTAT_KIND_file + 1,
	[PAGESTAT_cow_anon] = PAGESTAT_KIND_cow + 1,
	[PAGESTAT_cow_file] = PAGESTAT_KIND_cow + 1,
	[PAGESTAT_cow_ksm] = PAGESTAT_KIND_cow + 1,
	[PAGESTAT_cow_huge] = PAGESTAT_KIND_cow + 1,
	[PAGESTAT_unshare] = PAGESTAT_KIND_cow + 1,
	[PAGESTAT_reuse] = PAGESTAT_KIND_reuse + 1,
};

static enum pagestat_kind kind_of(const struct pagestat_fault *fault,
				  enum pagestat_counter outcome, bool major)
{
	if (unlikely(fault->swapped))
		return major ? PAGESTAT_KIND_swapin_io :
			       PAGESTAT_KIND_swapin_cache;
	/* Only shared mappings of files are expected to be written as such. */
	if (outcome == PAGESTAT_filemap && fault->flags & FAULT_FLAG_WRITE)
		return PAGESTAT_KIND_shared;
	return kinds[outcome] ? kinds[outcome] - 1 : PAGESTAT_KIND_other;
}

/**
 * pagestat_latency_entered() - a thread enters a fault
 * @t:     its record
 * @again: it is another try of the fault before
 * @call:  the call of handle_mm_fault()
 *
 * Context: a probe handler, see faulting.h.  A return probe's part at an entry
 * takes no lock where it is called from here.
 */
void pagestat_latency_entered(struct pagestat_thread *t, bool again, const struct pagestat_call *call)
{
	struct kprobe *entry = &pagestat_latency_probe.kp;
	struct pt_regs room;

	if (COMPAT_RETURNS_DIRECT)
		entry->pre_handler(entry, pagestat_call_registers(call, &room));
	if (!again || t->started < READ_ONCE(armed_since))
		t->started = ktime_get_mono_fast_ns();
}

/*
 * fault_returned() - handle_mm_fault() returns
 *
 * Context: return probe in the context of the thread that faulted, preemption
 * off, no page table lock; on success or on a retry the vma may be gone, so only
 * the thread's own record is looked at.  Writes to that record, to its histograms
 * and to this CPU's counters, takes no lock, allocates nothing, touches no user
 * memory.
 */
static int fault_returned(struct kretprobe_instance *ri, struct pt_regs *regs)
{
	const vm_fault_t ret = (__force vm_fault_t)regs_return_value(regs);
	struct pagestat_thread *t = pagestat_thread_current();
	enum pagestat_counter outcome;
	enum pagestat_kind kind;
	bool served, major;
	u64 ns;

	pagestat_hook_hit(HOOK_RETURN);
	if (unlikely(!t || t->started < READ_ONCE(armed_since)))
		return 0;
	/* This clock may step back a little. */
	ns = max_t(s64, ktime_get_mono_fast_ns() - t->started, 0);

	/* As mm_account_fault() has it. */
	served = !(ret & (VM_FAULT_ERROR | VM_FAULT_RETRY));
	major = served && (ret & VM_FAULT_MAJOR ||
			   t->fault.flags & FAULT_FLAG_TRIED);
	if (unlikely(current->min_flt + current->maj_flt !=
		     t->fault.accounted + served ||
		     current->maj_flt != t->fault.major + major))
		this_cpu_inc(disputed);

	if (unlikely(!served)) {
		pagestat_event_unserved(&t->fault, ret & VM_FAULT_RETRY, ns);
		return 0;
	}
	outcome = t->fault.expect & ~PAGESTAT_COUNTED;
	kind = kind_of(&t->fault, outcome, major);
	pagestat_histograms_add(t, kind, major, ns);
	pagestat_event_served(&t->fault, kind, outcome, major, ns);
	return 0;
}

/* The return probe; attach.c attaches it when told to. */
struct kretprobe pagestat_latency_probe = {
	.kp.symbol_name = "handle_mm_fault",
	.handler = fault_returned,
};

/* Attach or detach the probe, as it is wanted. */
static int arm(bool on)
{
	int err;

	lockdep_assert_held(&arm_mutex);

	if (!on) {
		WRITE_ONCE(armed_since, NEVER);
		static_branch_disable(&pagestat_latency_armed);
		/* Entries on their way may still need the probe. */
		synchronize_rcu();
		pagestat_hook_disarm(HOOK_RETURN);
		return 0;
	}
	pagestat_latency_probe.maxactive = clamp_val(max_faults, 1, MOST_FAULTS);
	WRITE_ONCE(armed_since, ktime_get_mono_fast_ns());
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

static int follow(void)
{
	int err = 0;

	lockdep_assert_held(&arm_mutex);

	if (ready && !followers)
		err = arm(true);
	if (!err)
		followers++;
	return err;
}

static void unfollow(void)
{
	lockdep_assert_held(&arm_mutex);

	if (!--followers && ready)
		arm(false);
}

/**
 * pagestat_latency_follow() - have faults followed, for a reader of trace events
 *
 * A reader can come before the module's init and leave after its exit.
 *
 * Context: process context; sleeps.
 * Return: 0; -EBUSY if kprobes are switched off; the error of register_kretprobe().
 */
int pagestat_latency_follow(void)
{
	int err;

	mutex_lock(&arm_mutex);
	err = follow();
	mutex_unlock(&arm_mutex);
	return err;
}

/**
 * pagestat_latency_unfollow() - the reader has gone
 *
 * Context: process context; sleeps.
 */
void pagestat_latency_unfollow(void)
{
	mutex_lock(&arm_mutex);
	unfollow();
	mutex_unlock(&arm_mutex);
}

/* Keep histograms, or drop them. */
static int keep_histograms(bool on)
{
	int err;

	lockdep_assert_held(&arm_mutex);

	if (!on) {
		WRITE_ONCE(kept_since, 0);
		unfollow();
		pagestat_histograms_take();
		return 0;
	}
	err = pagestat_histograms_give();
	if (err)
		return err;
	err = follow();
	if (err)
		pagestat_histograms_take();
	else
		WRITE_ONCE(kept_since, ktime_get_boottime_ns());
	return err;
}

/* Before init it is only noted. */
static int latency_set(const char *val, const struct kernel_param *kp)
{
	bool on;
	int err;

	/* Without a value it is wanted. */
	err = kstrtobool(val ?: "1", &on);
	if (err)
		return err;
	mutex_lock(&arm_mutex);
	if (ready && on != keep)
		err = keep_histograms(on);
	if (!err)
		keep = on;
	mutex_unlock(&arm_mutex);
	return err;
}

static const struct kernel_param_ops latency_ops = {
	.flags = KERNEL_PARAM_OPS_FL_NOARG,
	.set = latency_set,
	.get = param_get_bool,
};
module_param_cb(latency, &latency_ops, &keep, 0644);
MODULE_PARM_DESC(latency, "measure how long faults take, for the file \"latency\"; costs some 500 instructions a fault and 2 KiB a thread");

/**
 * pagestat_latency_init() - begin, if somebody is waiting for it already
 *
 * Context: process context; sleeps.
 * Return: 0; -ENOMEM; -EBUSY if kprobes are switched off; the error of
 * register_kretprobe().
 */
int pagestat_latency_init(void)
{
	int err;

	mutex_lock(&arm_mutex);
	err = followers ? arm(true) : 0;
	ready = !err;
	if (!err && keep) {
		err = keep_histograms(true);
		if (err) {
			if (followers)
				arm(false);
			ready = false;
		}
	}
	mutex_unlock(&arm_mutex);
	return err;
}

/**
 * pagestat_latency_exit() - end; readers of trace events may leave later
 *
 * Context: process context; sleeps.
 */
void pagestat_latency_exit(void)
{
	mutex_lock(&arm_mutex);
	if (keep)
		keep_histograms(false);
	keep = false;
	if (followers)
		arm(false);
	ready = false;
	mutex_unlock(&arm_mutex);
}

/**
 * pagestat_latency_kept_ns() - for how long there have been histograms; a reset is not known
 *
 * Context: any.
 */
u64 pagestat_latency_kept_ns(void)
{
	u64 since = READ_ONCE(kept_since);

	return since ? ktime_get_boottime_ns() - since : 0;
}

/**
 * pagestat_latency_disputed() - faults on which the probe and the kernel do not agree
 *
 * Context: any.
 */
u64 pagestat_latency_disputed(void)
{
	return pagestat_percpu_sum(disputed);
}
