// SPDX-License-Identifier: GPL-2.0
/*
 * find.c - the function that a hook is on, found by its names
 */
#include <linux/kallsyms.h>
#include <linux/kprobes.h>
#include <linux/string.h>

#include "hooks.h"
#include "pretend.h"
#include "symbols.h"

static const kprobe_pre_handler_t probed_handlers[] = {
#define PROBED(name) [HANDLER_##name] = pagestat_##name##_probed,
	HANDLERS(PROBED)
#undef PROBED
};

/* There is one hook at most that needs it. */
static char clone_name[KSYM_NAME_LEN];

/**
 * pagestat_kprobe_prepare() - make a kprobe ready to be registered, also again
 * @kp:      the kprobe
 * @symbol:  the function
 * @enabled: else it only finds the function
 *
 * Context: any.
 */
void pagestat_kprobe_prepare(struct kprobe *kp, const char *symbol, bool enabled)
{
	/* A registration leaves marks in it. */
	memset(kp, 0, sizeof(*kp));
	kp->symbol_name = symbol;
	kp->flags = enabled ? 0 : KPROBE_FLAG_DISABLED;
}

static int register_on(struct pagestat_hook *hook, const char *symbol,
		       enum pagestat_handler handler, bool enabled)
{
	pagestat_kprobe_prepare(&hook->kp, symbol, enabled);
	hook->kp.pre_handler = probed_handlers[handler];
	return register_kprobe(&hook->kp);
}

/* What the compiler has made of the function, if that is one. */
static int find_clone(struct pagestat_hook *hook, bool enabled)
{
	const char *name = hook->on[0].symbol;
	unsigned int nr = 1;

	if (pagestat_pretend_clone)
		strscpy(clone_name, name, sizeof(clone_name));
	else
		nr = pagestat_symbols_clones(name, (unsigned long)pagestat_hooks[HOOK_FAULT].kp.addr,
					     clone_name);
	if (!nr)
		return -ENOENT;
	return nr > 1 ? -ENOTUNIQ : register_on(hook, clone_name, hook->clone, enabled);
}

/*
 * register_kprobe() takes the first symbol of a name.  The static ones wanted here
 * are in mm/memory.o, as is handle_mm_fault(): a function of the same name in another
 * object is farther away.
 */
static bool symbol_far_away(const struct pagestat_hook *hook)
{
	unsigned long here = (unsigned long)hook->kp.addr;
	unsigned long there = (unsigned long)pagestat_hooks[HOOK_FAULT].kp.addr;

	return (here > there ? here - there : there - here) > PAGESTAT_SYMBOLS_REACH;
}

/**
 * pagestat_hook_find() - find the function, and register the kprobe of a hook on it
 * @hook:    the hook
 * @enabled: whether the kprobe is
 * @handler: set to the handler that counts there
 *
 * Context: process context; sleeps.
 * Return: 0; -ENOENT if there is no such function; -ENOTUNIQ if it may be another one;
 * the error of register_kprobe().
 */
int pagestat_hook_find(struct pagestat_hook *hook, bool enabled,
		       enum pagestat_handler *handler)
{
	int i, err = -ENOENT;

	for (i = 0; i < ARRAY_SIZE(hook->on) && hook->on[i].symbol && err == -ENOENT; i++) {
		if (pagestat_pretend_clone && hook->clone)
			break;
		*handler = hook->on[i].handler;
		err = register_on(hook, hook->on[i].symbol, *handler, enabled);
	}
	if (err == -ENOENT && hook->clone) {
		*handler = hook->clone;
		err = find_clone(hook, enabled);
	}
	if (!err && hook->local && symbol_far_away(hook)) {
		unregister_kprobe(&hook->kp);
		err = -ENOTUNIQ;
	}
	return err;
}
