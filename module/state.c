// SPDX-License-Identifier: GPL-2.0
/*
 * state.c - the state of the hooks, their hits and what they missed
 */
#include <linux/kprobes.h>
#include <linux/seq_file.h>

#include "compat.h"
#include "hooks.h"
#include "uapi/pagestat.h"

static struct pagestat_hook_losses losses_at_reset;

/**
 * pagestat_hook_place() - the function or tracepoint that a hook is, or should be, on
 * @hook: the hook
 *
 * Context: any.
 */
const char *pagestat_hook_place(const struct pagestat_hook *hook)
{
	if (hook->event)
		return hook->event;
	if (hook->returns)
		return hook->returns->kp.symbol_name;
	return hook->kp.symbol_name ?: hook->on[0].symbol;
}

/**
 * pagestat_hook_state_word() - the state of a hook in a word
 * @hook: the hook
 * @buf:  used for a word that is not constant
 * @size: of @buf
 *
 * Context: any.
 */
const char *pagestat_hook_state_word(const struct pagestat_hook *hook, char *buf, size_t size)
{
	switch (hook->state) {
	case HOOK_STATE_ATTACHED:
		return "attached";
	case HOOK_STATE_AMBIGUOUS:
		return "ambiguous";
	case HOOK_STATE_UNFIT:
		return "unfit";
	case HOOK_STATE_LEFT_OUT:
		return "left-out";
	case HOOK_STATE_FAILED:
		snprintf(buf, size, "error-%d", hook->error);
		return buf;
	case HOOK_STATE_OFF:
		return "off";
	default:
		return "missing";
	}
}

/* Hits that the kernel skipped. */
static u64 hook_missed(const struct pagestat_hook *hook)
{
	u64 missed = hook->missed + hook->kp.nmissed;

	if (hook->returns)
		missed += hook->returns->nmissed + hook->returns->kp.nmissed;
	return missed;
}

static void hook_losses(struct pagestat_hook_losses *losses)
{
	int i;

	losses->missed = 0;
	losses->stray = 0;
	for (i = 0; i < NR_HOOKS; i++) {
		/* No counter needs a return probe. */
		if (!pagestat_hooks[i].returns)
			losses->missed += hook_missed(&pagestat_hooks[i]);
		losses->stray_of[i] = pagestat_percpu_sum(pagestat_hook_hits.stray[i]);
		losses->stray += losses->stray_of[i];
	}
}

/**
 * pagestat_hooks_losses() - hits that reached no counter since the last reset
 * @losses: filled in
 *
 * Context: any; callers exclude each other and pagestat_hooks_reset().
 */
void pagestat_hooks_losses(struct pagestat_hook_losses *losses)
{
	int i;

	hook_losses(losses);
	losses->missed -= losses_at_reset.missed;
	losses->stray -= losses_at_reset.stray;
	for (i = 0; i < NR_HOOKS; i++)
		losses->stray_of[i] -= losses_at_reset.stray_of[i];
}

/**
 * pagestat_hooks_reset() - count losses from here; the numbers in "probes" are not reset
 *
 * Context: any; callers exclude each other and pagestat_hooks_losses().
 */
void pagestat_hooks_reset(void)
{
	hook_losses(&losses_at_reset);
}

static void hook_show_feeds(struct seq_file *m, u64 feeds)
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

static const char *hook_type(struct pagestat_hook *hook)
{
	if (hook->event)
		return "tracepoint";
	if (hook->returns)
		return COMPAT_RETURNS_SHARED ? "return-shared" : "return";
	if (hook->traced)
		return "ftrace";
	return kprobe_ftrace(&hook->kp) ? "kprobe" : "breakpoint";
}

static bool hook_silenced(const struct pagestat_hook *hook, bool ftrace, bool kprobes)
{
	return hook->state == HOOK_STATE_ATTACHED && !hook->event &&
	       (hook->traced ? ftrace : kprobes);
}

/**
 * pagestat_hooks_silenced() - whether a hook that counts is attached, and switched off
 *
 * Context: process context.
 */
bool pagestat_hooks_silenced(void)
{
	bool ftrace = pagestat_switches_silent(HOOK_SELF);
	bool kprobes = pagestat_switches_silent(HOOK_SELF_KPROBE);
	int i;

	for (i = HOOK_FAULT; i < NR_HOOKS; i++)
		if (!pagestat_hooks[i].returns &&
		    hook_silenced(&pagestat_hooks[i], ftrace, kprobes))
			return true;
	return false;
}

/**
 * pagestat_hooks_show() - print the rows of "probes"
 * @m: the file
 *
 * Context: process context.
 */
void pagestat_hooks_show(struct seq_file *m)
{
	bool ftrace = pagestat_switches_silent(HOOK_SELF);
	bool kprobes = pagestat_switches_silent(HOOK_SELF_KPROBE);
	char buf[16];
	int i;

	for (i = 0; i < NR_HOOKS; i++) {
		struct pagestat_hook *hook = &pagestat_hooks[i];
		bool on = hook->state == HOOK_STATE_ATTACHED;

		/* Kernels of this version have nothing of the kind. */
		if (!pagestat_hook_place(hook))
			continue;
		seq_printf(m, "%s\t%s\t%s\t%s\t%s\t%llu\t%llu\t%llu\t",
			   hook->name, on ? pagestat_hook_place(hook) : "-",
			   hook->required ? "yes" : "no",
			   hook_silenced(hook, ftrace, kprobes) ? "silenced" :
				pagestat_hook_state_word(hook, buf, sizeof(buf)),
			   on ? hook_type(hook) : "-",
			   pagestat_percpu_sum(pagestat_hook_hits.hits[i]), hook_missed(hook),
			   pagestat_percpu_sum(pagestat_hook_hits.stray[i]));
		if (pagestat_hook_stray_from[i])
			seq_printf(m, "%ps\t", (void *)pagestat_hook_stray_from[i]);
		else
			seq_puts(m, "-\t");
		hook_show_feeds(m, hook->feeds);
		seq_putc(m, '\n');
	}
}
