// SPDX-License-Identifier: GPL-2.0
/*
 * dispatch.c - ftrace calls at the entry of kernel functions, passed to the handlers
 *
 * A kprobe on a function that ftrace can patch is called by ftrace as well, but also
 * searches for the probe, saves all registers and does bookkeeping: some 110
 * instructions a hit.  So ftrace calls the module directly.  One struct ftrace_ops
 * serves all functions: attaching and detaching is done for all at once.
 *
 * ftrace's protection against recursion is not requested: handlers call no hooked
 * function, and ftrace cannot patch them.  So no hit is missed.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/cache.h>
#include <linux/ftrace.h>

#include "handlers.h"
#include "hooks.h"

/* The function at whose entry each handler is called; 0: none. */
static unsigned long dispatch_places[NR_HANDLERS] __read_mostly;
static int nr_dispatch_places;
static bool dispatch_registered;

/*
 * dispatch_call() - call the handler of a function in dispatch_places[]
 *
 * Context: that of the function; the handlers' entries disable preemption.
 */
static void dispatch_call(unsigned long ip, unsigned long from, struct ftrace_ops *ops,
			  struct compat_ftrace_regs *regs)
{
#define CALL(name) \
	ip - dispatch_places[HANDLER_##name] <= ARCH_ENTRY_SIZE ?	       \
		pagestat_##name##_traced(from, regs) :
	HANDLERS(CALL) (void)0;
#undef CALL
}

/* Permanent: the kernel refuses kernel.ftrace_enabled=0, which would stop its calls. */
static struct ftrace_ops dispatch_ops = {
	.func = dispatch_call,
	.flags = FTRACE_OPS_FL_PERMANENT | COMPAT_FTRACE_OPS_FLAGS,
};

/**
 * pagestat_dispatch_add() - add a function, before pagestat_dispatch_register()
 * @address: where it begins
 * @handler: its handler; each has one function at most
 *
 * Context: process context; sleeps.
 * Return: 0, -EINVAL if ftrace cannot patch it, or another error of ftrace.
 */
int pagestat_dispatch_add(unsigned long address, enum pagestat_handler handler)
{
	int err;

	err = ftrace_set_filter_ip(&dispatch_ops, address, 0, 0);
	if (err)
		return err;
	dispatch_places[handler] = address;
	nr_dispatch_places++;
	return 0;
}

/* What ftrace_free_filter() does, which 5.10 does not export. */
static void dispatch_remove_all(void)
{
	ftrace_set_filter(&dispatch_ops, NULL, 0, 1);
}

/**
 * pagestat_dispatch_register() - have the handlers called; ftrace stays enabled
 *
 * Context: process context; sleeps.
 * Return: 0; -EBUSY if ftrace is off; another error of ftrace.
 */
int pagestat_dispatch_register(void)
{
	int err;

	if (!nr_dispatch_places)
		return 0;
	err = register_ftrace_function(&dispatch_ops);
	dispatch_registered = !err;
	if (err == -EBUSY)
		pr_err("cannot load: kernel.ftrace_enabled is 0, which silences probes; sysctl kernel.ftrace_enabled=1\n");
	else if (err)
		pr_err("cannot load: ftrace does not work (error %d)\n", err);
	return err;
}

/**
 * pagestat_dispatch_unregister() - detach from all functions, if attached
 *
 * When it returns no handler runs any more, on any CPU.
 *
 * Context: process context; sleeps.
 */
void pagestat_dispatch_unregister(void)
{
	int err = 0;

	/* It fails if ftrace has shut itself down after an error of its own. */
	if (dispatch_registered)
		err = unregister_ftrace_function(&dispatch_ops);
	if (err)
		pr_err("ftrace cannot be detached (error %d): the kernel may crash; reboot\n",
		       err);
	dispatch_registered = false;
	dispatch_remove_all();
}
