// SPDX-License-Identifier: GPL-2.0
/*
 * hooks.c - attach what is in the table of hooks, and tell what became of it
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/kprobes.h>
#include <linux/moduleparam.h>
#include <linux/seq_file.h>
#include <linux/sizes.h>
#include <linux/string.h>
#include <linux/tracepoint.h>

#include "hooks.h"
#include "switches.h"
#include "uapi/pagestat.h"

DEFINE_PER_CPU(struct hook_hits, hook_hits);
unsigned long hook_stray_from[NR_HOOKS];

static char *without;
module_param(without, charp, 0444);
MODULE_PARM_DESC(without, "hooks to leave out, separated by commas; what they feed reads \"-\"");

static u64 feeds_any;		/* what some hook feeds: the rest is not built */
static u64 feeds_missing;	/* what some hook should feed and does not */
static u64 missed_before;	/* losses at the last reset */
static u64 stray_before;

static struct kprobe *attached[NR_HOOKS];	/* the kprobes */
static int nr_attached;

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
			if (strlen(hooks[i].name) == word &&
			    !strncmp(at, hooks[i].name, word))
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
static bool far_away(const struct hook *hook)
{
	unsigned long here = (unsigned long)hook->kp.addr;
	unsigned long there = (unsigned long)hooks[HOOK_FAULT].kp.addr;

	return (here > there ? here - there : there - here) > SZ_256K;
}

static void attach_kprobe(struct hook *hook)
{
	int i, err;

	for (i = 0; i < ARRAY_SIZE(hook->on) && hook->on[i].symbol; i++) {
		/* A failed registration leaves marks in it. */
		memset(&hook->kp, 0, sizeof(hook->kp));
		hook->kp.symbol_name = hook->on[i].symbol;
		hook->kp.pre_handler = hook->on[i].handler;
		err = register_kprobe(&hook->kp);
		if (err == -ENOENT)
			continue;
		if (err) {
			hook->state = FAILED;
			hook->error = -err;
			return;
		}
		if (hook->local && far_away(hook)) {
			unregister_kprobe(&hook->kp);
			hook->state = AMBIGUOUS;
			return;
		}
		hook->state = ATTACHED;
		attached[nr_attached++] = &hook->kp;
		return;
	}
}

static void find_event(struct tracepoint *tp, void *arg)
{
	struct hook *hook = arg;

	if (!strcmp(tp->name, hook->event))
		hook->tp = tp;
}

static void attach_event(struct hook *hook)
{
	int err;

	for_each_kernel_tracepoint(find_event, hook);
	if (!hook->tp)
		return;
	err = tracepoint_probe_register(hook->tp, hook->probe, NULL);
	if (err) {
		hook->state = FAILED;
		hook->error = -err;
		return;
	}
	hook->state = ATTACHED;
}

static void attach(struct hook *hook)
{
	if (left_out(hook->name))
		hook->state = LEFT_OUT;
	else if (hook->event)
		attach_event(hook);
	else
		attach_kprobe(hook);
}

/* What the hook sits on, or was to sit on. */
static const char *place(const struct hook *hook)
{
	if (hook->event)
		return hook->event;
	return hook->kp.symbol_name ?: hook->on[0].symbol;
}

static const char *why(const struct hook *hook, char *buf, size_t size)
{
	switch (hook->state) {
	case ATTACHED:
		return "attached";
	case AMBIGUOUS:
		return "ambiguous";
	case LEFT_OUT:
		return "left-out";
	case FAILED:
		snprintf(buf, size, "error-%d", hook->error);
		return buf;
	default:
		return "missing";
	}
}

/**
 * hooks_attach() - attach all hooks; counting begins
 *
 * Context: process context; sleeps.
 * Return: 0; -EINVAL if "without" names no hook; -ENOENT, or the error of
 * register_kprobe(), if a required hook could not be attached.
 */
int hooks_attach(void)
{
	char buf[16];
	int i, err;

	err = check_without();
	if (err)
		return err;

	for (i = 0; i < NR_HOOKS; i++) {
		struct hook *hook = &hooks[i];

		attach(hook);
		feeds_any |= hook->feeds;
		if (hook->state == ATTACHED)
			continue;
		feeds_missing |= hook->feeds;
		if (hook->required) {
			pr_err("cannot load: hook \"%s\" on %s is required and is %s\n",
			       hook->name, place(hook),
			       why(hook, buf, sizeof(buf)));
			err = hook->error ? -hook->error : -ENOENT;
			goto err_detach;
		}
		pr_notice("hook \"%s\" on %s is %s: what it feeds reads \"-\"\n",
			  hook->name, place(hook),
			  why(hook, buf, sizeof(buf)));
	}
	return 0;

err_detach:
	hooks_detach();
	return err;
}

/**
 * hooks_detach() - take all hooks off
 *
 * When it returns no handler runs any more, on any CPU.
 *
 * Context: process context; sleeps.
 */
void hooks_detach(void)
{
	int i;

	for (i = 0; i < NR_HOOKS; i++)
		if (hooks[i].event && hooks[i].state == ATTACHED)
			tracepoint_probe_unregister(hooks[i].tp,
						    hooks[i].probe, NULL);
	tracepoint_synchronize_unregister();
	unregister_kprobes(attached, nr_attached);
	nr_attached = 0;
}

/**
 * hooks_know() - whether all hooks that feed a counter are attached
 * @counter: an enum pagestat_counter
 *
 * Context: any.
 */
bool hooks_know(unsigned int counter)
{
	return (feeds_any & ~feeds_missing) & BIT_ULL(counter);
}

static u64 hook_sum(enum hook_id id, bool stray)
{
	u64 sum = 0;
	int cpu;

	for_each_possible_cpu(cpu) {
		const struct hook_hits *h = per_cpu_ptr(&hook_hits, cpu);

		sum += stray ? h->stray[id] : h->hits[id];
	}
	return sum;
}

static void losses(u64 *missed, u64 *stray)
{
	int i;

	*missed = 0;
	*stray = 0;
	for (i = 0; i < NR_HOOKS; i++) {
		*missed += hooks[i].kp.nmissed;
		*stray += hook_sum(i, true);
	}
}

/**
 * hooks_losses() - hits that reached no counter since the last reset
 * @missed: hits that the kernel skipped, all hooks
 * @stray:  hits from callers that no counter is told by, all hooks
 *
 * Context: any.
 */
void hooks_losses(u64 *missed, u64 *stray)
{
	losses(missed, stray);
	*missed -= missed_before;
	*stray -= stray_before;
}

/**
 * hooks_reset() - count losses from here; the numbers in "probes" go on
 *
 * Context: any.
 */
void hooks_reset(void)
{
	losses(&missed_before, &stray_before);
}

static void show_feeds(struct seq_file *m, u64 feeds)
{
	static const char * const names[] = {
#define NAME(name, unit, text) #name,
		PAGESTAT_COUNTERS(NAME)
#undef NAME
	};
	const char *comma = "";
	int i;

	if (!feeds)
		seq_putc(m, '-');
	for (i = 0; i < PAGESTAT_NR; i++) {
		if (feeds & BIT_ULL(i)) {
			seq_printf(m, "%s%s", comma, names[i]);
			comma = ",";
		}
	}
}

static const char *type(struct hook *hook)
{
	if (hook->event)
		return "tracepoint";
	return kprobe_ftrace(&hook->kp) ? "ftrace" : "breakpoint";
}

/**
 * hooks_show() - print the rows of "probes"
 * @m: where to
 *
 * Context: process context.
 */
void hooks_show(struct seq_file *m)
{
	bool silent = switches_silent();
	char buf[16];
	int i;

	for (i = 0; i < NR_HOOKS; i++) {
		struct hook *hook = &hooks[i];
		bool on = hook->state == ATTACHED;

		seq_printf(m, "%s\t%s\t%s\t%s\t%s\t%llu\t%lu\t%llu\t",
			   hook->name, on ? place(hook) : "-",
			   hook->required ? "yes" : "no",
			   on && silent && !hook->event ? "silenced" :
				why(hook, buf, sizeof(buf)),
			   on ? type(hook) : "-",
			   hook_sum(i, false), hook->kp.nmissed,
			   hook_sum(i, true));
		if (hook_stray_from[i])
			seq_printf(m, "%ps\t", (void *)hook_stray_from[i]);
		else
			seq_puts(m, "-\t");
		show_feeds(m, hook->feeds);
		seq_putc(m, '\n');
	}
}
