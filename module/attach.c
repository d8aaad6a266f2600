// SPDX-License-Identifier: GPL-2.0
/*
 * attach.c - the hooks in the table, attached and detached
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/kprobes.h>
#include <linux/moduleparam.h>
#include <linux/string.h>
#include <linux/tracepoint.h>

#include "hooks.h"
#include "stalls.h"
#include "uapi/pagestat.h"

static char *hooks_without;
module_param_named(without, hooks_without, charp, 0444);
MODULE_PARM_DESC(without, "hooks to leave out, separated by commas; what they feed reads \"-\"");

/*
 * The counters that are unknown, as a hook is not attached.  Only memory cgroups know
 * whose page goes to swap.
 */
static u64 feeds_missing =
	(IS_ENABLED(CONFIG_MEMCG) ? 0 : BIT_ULL(PAGESTAT_swapout)) |
	(COMPAT_SHADOW_SAYS_USED ? 0 : BIT_ULL(PAGESTAT_thrash));

static bool kprobes_only;
module_param_named(kprobes, kprobes_only, bool, 0444);
MODULE_PARM_DESC(kprobes, "hook by kprobes alone, not by ftrace directly: slower, and the same numbers");

/* Kprobes are unregistered together, as each time all CPUs are waited for. */
struct kprobe_batch {
	struct kprobe *kp[NR_HOOKS];
	int nr;
};

static struct kprobe_batch attached_kprobes;

/* Every word of "without" has to be the name of a hook. */
static int mark_left_out(void)
{
	const char *at = hooks_without;

	while (at && *at) {
		size_t word = strcspn(at, ",");
		int i;

		for (i = 0; i < NR_HOOKS; i++)
			if (strlen(pagestat_hooks[i].name) == word &&
			    !strncmp(at, pagestat_hooks[i].name, word))
				break;
		if (i == NR_HOOKS) {
			pr_err("without=%s: no hook \"%.*s\"; see the first column of \"probes\"\n",
			       hooks_without, (int)word, at);
			return -EINVAL;
		}
		pagestat_hooks[i].state = HOOK_STATE_LEFT_OUT;
		at += word;
		at += *at == ',';
	}
	return 0;
}

static void hook_failed(struct pagestat_hook *hook, int err)
{
	hook->state = HOOK_STATE_FAILED;
	hook->error = -err;
}

/*
 * A kprobe that is not enabled patches nothing: it only finds the function.  If
 * ftrace can patch that, the kprobe is not needed any more.  A hook that is attached on
 * demand is only found here, see demand.c.
 */
static void hook_attach_entry(struct pagestat_hook *hook, struct kprobe_batch *found)
{
	const bool traceable = !hook->kprobe && !(kprobes_only && hook->feeds);
	struct kprobe *kp = &hook->kp;
	enum pagestat_handler handler;
	int err;

	err = pagestat_hook_find(hook, !traceable && !hook->on_demand, &handler);
	if (err == -ENOENT)
		return;
	if (err == -ENOTUNIQ) {
		hook->state = HOOK_STATE_AMBIGUOUS;
		return;
	}
	if (err) {
		hook_failed(hook, err);
		return;
	}

	/*
	 * Where kprobes are able to use ftrace, this one has to: else it is not at the
	 * address that ftrace patches.  Where they are not, ftrace says whether it can.
	 */
	hook->traced = traceable &&
		       !!kprobe_ftrace(kp) == IS_ENABLED(CONFIG_KPROBES_ON_FTRACE) &&
		       !pagestat_dispatch_add((unsigned long)kp->addr, handler);
	if (hook->traced)
		found->kp[found->nr++] = kp;
	else
		attached_kprobes.kp[attached_kprobes.nr++] = kp;
	if (traceable && !hook->traced && !hook->on_demand)
		err = enable_kprobe(kp);
	if (err)
		hook_failed(hook, err);
	else
		hook->state = hook->on_demand ? HOOK_STATE_OFF : HOOK_STATE_ATTACHED;
}

static void match_tracepoint(struct tracepoint *tp, void *arg)
{
	struct pagestat_hook *hook = arg;

	if (!strcmp(tp->name, hook->event))
		hook->tp = tp;
}

static void hook_attach_tracepoint(struct pagestat_hook *hook)
{
	int err;

	for_each_kernel_tracepoint(match_tracepoint, hook);
	if (!hook->tp)
		return;
	err = tracepoint_probe_register(hook->tp, hook->probe, NULL);
	if (err) {
		hook_failed(hook, err);
		return;
	}
	hook->state = HOOK_STATE_ATTACHED;
}

static void hook_attach(struct pagestat_hook *hook, struct kprobe_batch *found)
{
	if (hook->state == HOOK_STATE_LEFT_OUT)
		return;
	if (hook->unfit)
		hook->state = HOOK_STATE_UNFIT;
	else if (hook->returns)
		hook->state = HOOK_STATE_OFF;
	else if (hook->event)
		hook_attach_tracepoint(hook);
	else
		hook_attach_entry(hook, found);
}

/**
 * pagestat_hooks_attach() - attach all hooks; counting begins
 *
 * Context: process context; sleeps.
 * Return: 0; -EINVAL if "without" names no hook; -ENOENT, or the error of
 * register_kprobe(), if a required hook could not be attached; -EBUSY if they are
 * switched off.
 */
int pagestat_hooks_attach(void)
{
	struct kprobe_batch found = {};
	char buf[16];
	int i, err;

	err = mark_left_out();
	if (err)
		return err;
	if (!pagestat_stalls_accounted()) {
		feeds_missing |= BIT_ULL(PAGESTAT_stall) | BIT_ULL(PAGESTAT_stall_ns);
		pr_notice("the kernel accounts no stalls, or /proc is not mounted: stall and stall_ns read \"-\"; boot with psi=1\n");
	}

	for (i = 0; i < NR_HOOKS; i++) {
		struct pagestat_hook *hook = &pagestat_hooks[i];

		hook_attach(hook, &found);
		if (hook->state == HOOK_STATE_ATTACHED)
			continue;
		feeds_missing |= hook->feeds;
		if (hook->state == HOOK_STATE_OFF)
			continue;
		if (hook->required) {
			pr_err("cannot load: hook \"%s\" on %s is required and is %s\n",
			       hook->name, pagestat_hook_place(hook),
			       pagestat_hook_state_word(hook, buf, sizeof(buf)));
			err = hook->error ? -hook->error : -ENOENT;
			goto out_found;
		}
		if (hook->feeds)
			pr_notice("hook \"%s\" on %s is %s: what it feeds reads \"-\"\n",
				  hook->name, pagestat_hook_place(hook),
				  pagestat_hook_state_word(hook, buf, sizeof(buf)));
	}
	err = pagestat_dispatch_register();
	if (!err && pagestat_hooks_silenced()) {
		pr_err("cannot load: kprobes are switched off; echo 1 >/sys/kernel/debug/kprobes/enabled\n");
		err = -EBUSY;
	}

out_found:
	unregister_kprobes(found.kp, found.nr);
	if (err)
		pagestat_hooks_detach();
	return err;
}

/**
 * pagestat_hooks_detach() - detach all hooks; when it returns, no handler runs on any CPU
 *
 * Context: process context; sleeps.
 */
void pagestat_hooks_detach(void)
{
	int i;

	for (i = 0; i < NR_HOOKS; i++)
		if (pagestat_hooks[i].event && pagestat_hooks[i].state == HOOK_STATE_ATTACHED)
			tracepoint_probe_unregister(pagestat_hooks[i].tp,
						    pagestat_hooks[i].probe, NULL);
	tracepoint_synchronize_unregister();
	pagestat_dispatch_unregister();
	unregister_kprobes(attached_kprobes.kp, attached_kprobes.nr);
	attached_kprobes.nr = 0;
}

/**
 * pagestat_hooks_known() - the counters whose hooks are all attached
 *
 * Context: any.
 * Return: a bit for each enum pagestat_counter.
 */
u64 pagestat_hooks_known(void)
{
	return ~READ_ONCE(feeds_missing);
}

/**
 * pagestat_hooks_set_known() - counters become known or unknown, after the load
 * @feeds: a bit for each; only hooks that are attached on demand feed them
 * @known: whether they are known from here on
 *
 * Context: process context; callers exclude each other.
 */
void pagestat_hooks_set_known(u64 feeds, bool known)
{
	WRITE_ONCE(feeds_missing, known ? feeds_missing & ~feeds : feeds_missing | feeds);
}

/**
 * pagestat_hook_arm() - attach a hook that is attached on demand
 * @id: which
 *
 * If the hook on faults does what the return probe does at the entry, the probe's own
 * kprobe is not enabled.
 *
 * Context: process context; sleeps.  Callers exclude each other.
 * Return: 0; -ENODEV if it was left out; -EBUSY if kprobes are switched off; the
 * error of register_kretprobe().
 */
int pagestat_hook_arm(enum pagestat_hook_id id)
{
	struct pagestat_hook *hook = &pagestat_hooks[id];
	struct kretprobe *rp = hook->returns;
	int err;

	if (hook->state == HOOK_STATE_LEFT_OUT)
		return -ENODEV;
	hook->traced = COMPAT_RETURNS_DIRECT && pagestat_hooks[HOOK_FAULT].traced;
	if (!hook->traced && pagestat_switches_silent(HOOK_SELF_KPROBE))
		return -EBUSY;

	pagestat_kprobe_prepare(&rp->kp, rp->kp.symbol_name, !COMPAT_RETURNS_DIRECT);
	err = register_kretprobe(rp);
	if (err) {
		hook_failed(hook, err);
		return err;
	}
	hook->state = HOOK_STATE_ATTACHED;
	return 0;
}

/**
 * pagestat_hook_disarm() - detach it; when it returns, its handler runs on no CPU
 * @id: which
 *
 * Context: process context; sleeps.  Callers exclude each other.
 */
void pagestat_hook_disarm(enum pagestat_hook_id id)
{
	struct pagestat_hook *hook = &pagestat_hooks[id];

	if (hook->state != HOOK_STATE_ATTACHED)
		return;
	unregister_kretprobe(hook->returns);
	hook->missed += hook->returns->nmissed + hook->returns->kp.nmissed;
	hook->returns->nmissed = 0;
	hook->returns->kp.nmissed = 0;
	hook->state = HOOK_STATE_OFF;
}
