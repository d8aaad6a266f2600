// SPDX-License-Identifier: GPL-2.0
/*
 * switches.c - whether somebody has switched hooks off
 *
 * kernel.ftrace_enabled=0 would stop all that ftrace calls, kprobes included; the
 * kernel refuses it while the module is loaded, see dispatch.c.  debugfs's
 * kprobes/enabled=0 stops all kprobes and cannot be refused.  So there are hooks on a
 * function of this module, one of each kind: a reader calls it, and sees whether they
 * are hit.
 */
#include <linux/compiler.h>

#include "handlers.h"
#include "hooks.h"

/* Hooked, and called here only. */
static noinline void pagestat_self(void)
{
	barrier();
}

/*
 * count_self() - pagestat_self(), called by ftrace
 *
 * Context: process context of a reader.
 */
static __always_inline void count_self(const struct pagestat_call *call)
{
	pagestat_hook_hit(HOOK_SELF);
}
DEFINE_HANDLER(count_self, pagestat_count_self_traced, pagestat_count_self_probed)

/*
 * count_self_kprobe() - pagestat_self(), hit by a kprobe
 *
 * Context: process context of a reader, preemption off.
 */
static __always_inline void count_self_kprobe(const struct pagestat_call *call)
{
	pagestat_hook_hit(HOOK_SELF_KPROBE);
}
DEFINE_HANDLER(count_self_kprobe, pagestat_count_self_kprobe_traced,
	       pagestat_count_self_kprobe_probed)

/**
 * pagestat_switches_silent() - whether hooks are switched off
 * @id: HOOK_SELF, for those that ftrace calls, or HOOK_SELF_KPROBE
 *
 * Context: process context.
 * Return: whether a hook that should have been hit was not; false where there is no
 * such hook.
 */
bool pagestat_switches_silent(enum pagestat_hook_id id)
{
	u64 before;
	bool silent;

	if (pagestat_hooks[id].state != HOOK_STATE_ATTACHED)
		return false;
	preempt_disable();
	before = this_cpu_read(pagestat_hook_hits.hits[id]);
	pagestat_self();
	silent = this_cpu_read(pagestat_hook_hits.hits[id]) == before;
	preempt_enable();
	return silent;
}
