// SPDX-License-Identifier: GPL-2.0
/*
 * attach.c - attach what is in the table of hooks, and tell what became of it
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/kprobes.h>
#include <linux/moduleparam.h>
#include <linux/sizes.h>
#include <linux/string.h>
#include <linux/tracepoint.h>

#include "hooks.h"
#include "uapi/pagestat.h"

static char *without;
module_param(without, charp, 0444);
MODULE_PARM_DESC(without, "hooks to leave out, separated by commas; what they feed reads \"-\"");

/*
 * What some hook should feed and does not; and without memory cgroups nobody knows
 * whose page goes to swap.
 */
static u64 feeds_missing = IS_ENABLED(CONFIG_MEMCG) ? 0 : BIT_ULL(PAGESTAT_swapout);

static bool kprobes;
module_param(kprobes, bool, 0444);
MODULE_PARM_DESC(kprobes, "hook by kprobes alone, not by ftrace directly: slower, and the same numbers");

/* Kprobes, batched: taking one off waits for all CPUs. */
struct batch {
	struct kprobe *kp[NR_HOOKS];
	int nr;
};

static struct batch attached;

static bool left_out(const char *name)
{
	const char *at = without;
	size_t len = strlen(name);

	while (at && *at) {
		size_t word = strcspn(at, ",");

		if (word == len && !strncmp(at, name, len))
			return true;
		at += word;
		at += *at == ',';
	}
	return false;
}

/* Every word of "without" has to be the name of a hook. */
static int check_without(void)
{
	const char *at = without;

	while (at && *at) {
		size_t word = strcspn(at, ",");
		int i;

		for (i = 0; i < NR_HOOKS; i++)
			if (strlen(pagestat_hooks[i].name) == word &&
			    !strncmp(at, pagestat_hooks[i].name, word))
				break;
		if (i == NR_HOOKS) {
			pr_err("without=%s: no hook \"%.*s\"; see the first column of \"probes\"\n",
			       without, (int)word, at);
			return -EINVAL;
		}
		at += word;
		at += *at == ',';
	}
	return 0;
}

/*
 * register_kprobe() takes the first symbol of a name.  The static ones wanted
 * here live in mm/memory.o, and so does handle_mm_fault(): its object is some
 * ten KiB of code, and a namesake elsewhere is far away.
 */
static bool far_away(const struct pagestat_hook *hook)
{
	unsigned long here = (unsigned long)hook->kp.addr;
	unsigned long there = (unsigned long)pagestat_hooks[HOOK_FAULT].kp.addr;

	return (here > there ? here - there : there - here) > SZ_256K;
}

static void failed(struct pagestat_hook *hook, int err)
{
	hook->state = HOOK_STATE_FAILED;
	hook->error = -err;
}

static void prepare(struct kprobe *kp, const char *symbol, bool enabled)
{
	/* A registration leaves marks in it. */
	memset(kp, 0, sizeof(*kp));
	kp->symbol_name = symbol;
	kp->flags = enabled ? 0 : KPROBE_FLAG_DISABLED;
}

/*
 * A kprobe that is not enabled touches nothing: it finds the function.  If ftrace
 * can patch that, the kprobe has done its work.
 */
static void attach_entry(struct pagestat_hook *hook, struct batch *found)
{
	static const kprobe_pre_handler_t probed[] = {
#define PROBED(name) [HANDLER_##name] = pagestat_##name##_probed,
		HANDLERS(PROBED)
#undef PROBED
	};
	const bool traceable = !hook->kprobe && !(kprobes && hook->feeds);
	struct kprobe *kp = &hook->kp;
	enum pagestat_handler handler;
	int i, err = -ENOENT;

	for (i = 0; i < ARRAY_SIZE(hook->on) && hook->on[i].symbol; i++) {
		handler = hook->on[i].handler;
		prepare(kp, hook->on[i].symbol, !traceable);
		kp->pre_handler = probed[handler];
		err = register_kprobe(kp);
		if (err != -ENOENT)
			break;
	}
	if (err == -ENOENT)
		return;
	if (err) {
		failed(hook, err);
		return;
	}
	if (hook->local && far_away(hook)) {
		found->kp[found->nr++] = kp;
		hook->state = HOOK_STATE_AMBIGUOUS;
		return;
	}

	/*
	 * Where kprobes are made by ftrace, it has to be at the same place, and not
	 * beside it.  Else it looks for its own, and may have none.
	 */
	hook->traced = traceable &&
		       !!kprobe_ftrace(kp) == IS_ENABLED(CONFIG_KPROBES_ON_FTRACE) &&
		       !pagestat_dispatch_add((unsigned long)kp->addr, handler);
	if (hook->traced)
		found->kp[found->nr++] = kp;
	else
		attached.kp[attached.nr++] = kp;
	if (traceable && !hook->traced)
		err = enable_kprobe(kp);
	if (err)
		failed(hook, err);
	else
		hook->state = HOOK_STATE_ATTACHED;
}

static void find_event(struct tracepoint *tp, void *arg)
{
	struct pagestat_hook *hook = arg;

	if (!strcmp(tp->name, hook->event))
		hook->tp = tp;
}

static void attach_event(struct pagestat_hook *hook)
{
	int err;

	for_each_kernel_tracepoint(find_event, hook);
	if (!hook->tp)
		return;
	err = tracepoint_probe_register(hook->tp, hook->probe, NULL);
	if (err) {
		failed(hook, err);
		return;
	}
	hook->state = HOOK_STATE_ATTACHED;
}

static void attach(struct pagestat_hook *hook, struct batch *found)
{
	if (left_out(hook->name))
		hook->state = HOOK_STATE_LEFT_OUT;
	else if (hook->returns)
		hook->state = HOOK_STATE_OFF;
	else if (hook->event)
		attach_event(hook);
	else
		attach_entry(hook, found);
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
	struct batch found = {};
	char buf[16];
	int i, err;

	err = check_without();
	if (err)
		return err;

	for (i = 0; i < NR_HOOKS; i++) {
		struct pagestat_hook *hook = &pagestat_hooks[i];

		attach(hook, &found);
		if (hook->state == HOOK_STATE_ATTACHED || hook->state == HOOK_STATE_OFF)
			continue;
		feeds_missing |= hook->feeds;
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
 * pagestat_hooks_detach() - take all hooks off
 *
 * When it returns no handler runs any more, on any CPU.
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
	unregister_kprobes(attached.kp, attached.nr);
	attached.nr = 0;
}

/**
 * pagestat_hooks_known() - which counters are known: all hooks that feed them are attached
 *
 * Context: any.
 * Return: a bit for each enum pagestat_counter.
 */
u64 pagestat_hooks_known(void)
{
	return ~feeds_missing;
}

/**
 * pagestat_hook_arm() - attach a hook that is attached on demand
 * @id: which
 *
 * Where the hook on faults can call what a return probe does at the entry, that is
 * all that is wanted of it: its kprobe is not enabled.
 *
 * Context: process context; sleeps.  Not at once with itself or pagestat_hook_disarm().
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

	prepare(&rp->kp, rp->kp.symbol_name, !COMPAT_RETURNS_DIRECT);
	err = register_kretprobe(rp);
	if (err) {
		failed(hook, err);
		return err;
	}
	hook->state = HOOK_STATE_ATTACHED;
	return 0;
}

/**
 * pagestat_hook_disarm() - take it off again
 * @id: which
 *
 * When it returns its handler runs no more, on any CPU.
 *
 * Context: process context; sleeps.  Not at once with itself or pagestat_hook_arm().
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
