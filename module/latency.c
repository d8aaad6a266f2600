// SPDX-License-Identifier: GPL-2.0
/*
 * latency.c - a fault followed from its entry to its return, while follow.c has armed it
 *
 * While it is not armed it costs a branch that is patched out.
 *
 * Whether a fault was minor or major is derived from the arguments and the returned
 * value alone.  That is compared with what the kernel accounted, and where they differ
 * the fault is disputed.
 */
#include <linux/kprobes.h>
#include <linux/mm.h>
#include <linux/timekeeping.h>

#include "compat.h"
#include "events.h"
#include "hits.h"
#include "histograms.h"
#include "latency.h"
#include "records.h"

DEFINE_STATIC_KEY_FALSE(pagestat_latency_armed);
u64 pagestat_latency_since;

static DEFINE_PER_CPU(u64, disputed_faults);

/* The kind of fault that has an outcome, plus 1; 0: "other". */
static const u8 outcome_kinds[PAGESTAT_NR] = {
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

static enum pagestat_kind fault_kind(const struct pagestat_fault *fault,
				     enum pagestat_counter outcome, bool major)
{
	if (unlikely(fault->swapped))
		return major ? PAGESTAT_KIND_swapin_io :
			       PAGESTAT_KIND_swapin_cache;
	/* Only in shared mappings of files a write is expected to be "filemap". */
	if (outcome == PAGESTAT_filemap && fault->flags & FAULT_FLAG_WRITE)
		return PAGESTAT_KIND_shared;
	return outcome_kinds[outcome] ? outcome_kinds[outcome] - 1 : PAGESTAT_KIND_other;
}

/**
 * pagestat_latency_entered() - a thread enters a fault
 * @t:     its record
 * @again: it is another try of the fault before
 * @call:  the call of handle_mm_fault()
 *
 * Context: a probe handler, see faulting.h.  What a return probe does at an entry
 * takes no lock where it is called from here.
 */
void pagestat_latency_entered(struct pagestat_thread *t, bool again,
			      const struct pagestat_call *call)
{
	struct kprobe *entry = &pagestat_latency_probe.kp;
	struct pt_regs room;

	if (COMPAT_RETURNS_DIRECT)
		entry->pre_handler(entry, pagestat_call_registers(call, &room));
	if (!again || t->started < READ_ONCE(pagestat_latency_since))
		t->started = ktime_get_mono_fast_ns();
}

/*
 * fault_returned() - handle_mm_fault() returns
 *
 * Context: return probe in the context of the thread that faulted, preemption
 * off, no page table lock; on success or on a retry the vma may be freed, so only
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
	if (unlikely(!t || t->started < READ_ONCE(pagestat_latency_since)))
		return 0;
	/* This clock may step back a little. */
	ns = max_t(s64, ktime_get_mono_fast_ns() - t->started, 0);

	/* The rule of mm_account_fault(). */
	served = !(ret & (VM_FAULT_ERROR | VM_FAULT_RETRY));
	major = served && (ret & VM_FAULT_MAJOR ||
			   t->fault.flags & FAULT_FLAG_TRIED);
	if (unlikely(current->min_flt + current->maj_flt !=
		     t->fault.accounted + served ||
		     current->maj_flt != t->fault.major + major))
		this_cpu_inc(disputed_faults);

	if (unlikely(!served)) {
		pagestat_event_unserved(&t->fault, ret & VM_FAULT_RETRY, ns);
		return 0;
	}
	outcome = t->fault.expect & ~PAGESTAT_COUNTED;
	kind = fault_kind(&t->fault, outcome, major);
	pagestat_histograms_add(t, kind, major, ns);
	pagestat_event_served(&t->fault, kind, outcome, major, ns);
	return 0;
}

/* In the table of hooks; attached on demand. */
struct kretprobe pagestat_latency_probe = {
	.kp.symbol_name = "handle_mm_fault",
	.handler = fault_returned,
};

/**
 * pagestat_latency_disputed() - faults on which the probe and the kernel do not agree
 *
 * Context: any.
 */
u64 pagestat_latency_disputed(void)
{
	return pagestat_percpu_sum(disputed_faults);
}
