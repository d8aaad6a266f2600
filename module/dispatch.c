// SPDX-License-Identifier: GPL-2.0
/*
 * dispatch.c - calls at the entry of kernel functions, made by ftrace
 *
 * A kprobe on a function that ftrace can patch is called by ftrace as well, and
 * adds a search for the probe, a set of registers and bookkeeping of its own: some
 * 110 instructions a hit.  So ftrace is asked to call here directly.  There is one
 * struct ftrace_ops for all functions: it is attached at once, and taken off with
 * one wait for those who are on their way.
 *
 * ftrace's protection against recursion is not asked for: handlers call nothing
 * that is handled here, and are themselves built without places for ftrace.  So no
 * hit is missed.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/cache.h>
#include <linux/ftrace.h>

#include "handlers.h"
#include "hooks.h"

/* What each handler is called at the beginning of; 0: nothing. */
static unsigned long places[NR_HANDLERS] __read_mostly;
static int nr_places;
static bool registered;

/*
 * called() - a function in places[] is about to begin
 *
 * Context: that of the function; handlers see to preemption themselves.
 */
static void called(unsigned long ip, unsigned long from, struct ftrace_ops *ops,
		   struct compat_ftrace_regs *regs)
{
#define CALL(name) \
	ip - places[HANDLER_##name] <= ARCH_ENTRY_SIZE ? pagestat_##name##_traced(from, regs) :
	HANDLERS(CALL) (void)0;
#undef CALL
}

/* Permanent: kernel.ftrace_enabled=0, which would silence it, is refused. */
static struct ftrace_ops ops = {
	.func = called,
	.flags = FTRACE_OPS_FL_PERMANENT | COMPAT_FTRACE_OPS_FLAGS,
};

/**
 * pagestat_dispatch_add() - have a function's entries handled, from pagestat_dispatch_register() on
 * @address: where it begins
 * @handler: whom to call; each can be at one place
 *
 * Context: process context; sleeps.
 * Return: 0, -EINVAL if ftrace cannot patch it, or another error of ftrace's.
 */
int pagestat_dispatch_add(unsigned long address, enum pagestat_handler handler)
{
	int err;

	err = ftrace_set_filter_ip(&ops, address, 0, 0);
	if (err)
		return err;
	places[handler] = address;
	nr_places++;
	return 0;
}

/* What ftrace_free_filter() does, which 5.10 does not export. */
static void forget_places(void)
{
	ftrace_set_filter(&ops, NULL, 0, 1);
}

/**
 * pagestat_dispatch_register() - attach to what was added, and see to it that ftrace stays on
 *
 * Context: process context; sleeps.
 * Return: 0; -EBUSY if ftrace is off; another error of ftrace's.
 */
int pagestat_dispatch_register(void)
{
	int err;

	if (!nr_places)
		return 0;
	err = register_ftrace_function(&ops);
	registered = !err;
	if (err == -EBUSY)
		pr_err("cannot load: kernel.ftrace_enabled is 0, which silences probes; sysctl kernel.ftrace_enabled=1\n");
	else if (err)
		pr_err("cannot load: ftrace does not work (error %d)\n", err);
	return err;
}

/**
 * pagestat_dispatch_unregister() - detach from all, if attached, and forget where
 *
 * When it returns no handler runs any more, on any CPU.
 *
 * Context: process context; sleeps.
 */
void pagestat_dispatch_unregister(void)
{
	int err = 0;

	/* It fails if ftrace has shut itself down, which nobody can do much about. */
	if (registered)
		err = unregister_ftrace_function(&ops);
	if (err)
		pr_err("ftrace does not let go (error %d): the kernel may crash; reboot\n",
		       err);
	registered = false;
	forget_places();
}
