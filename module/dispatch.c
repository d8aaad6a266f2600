// SPDX-License-Identifier: GPL-2.0
/*
 * dispatch.c - ftrace calls at the entry of kernel functions, passed to the handlers
 *
 * A kprobe on a function that ftrace can patch is called by ftrace as well, but also
 * searches for the probe, saves all registers and does bookkeeping: some 110
 * instructions a hit.  So ftrace calls the module directly.  One struct ftrace_ops
 * serves all functions, and another one those that are hooked on demand: attaching and
 * detaching is done for all of one at once.
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

/* One struct ftrace_ops, and the functions it is for. */
struct dispatch_set {
	struct ftrace_ops ops;
	int nr_places;
	bool registered;
};

#define CALL_HANDLER(name)						       \
	ip - dispatch_places[HANDLER_##name] <= ARCH_ENTRY_SIZE ?	       \
		pagestat_##name##_traced(from, regs) :

/*
 * dispatch_call() - call the handler of a function in dispatch_places[]
 *
 * Context: that of the function; the handlers' entries disable preemption.
 */
static void dispatch_call(unsigned long ip, unsigned long from, struct ftrace_ops *ops,
			  struct compat_ftrace_regs *regs)
{
	HANDLERS_ALWAYS(CALL_HANDLER) (void)0;
}

/*
 * dispatch_call_on_demand() - the same for those that are hooked on demand
 *
 * Context: see dispatch_call().
 */
static void dispatch_call_on_demand(unsigned long ip, unsigned long from,
				    struct ftrace_ops *ops, struct compat_ftrace_regs *regs)
{
	HANDLERS_ON_DEMAND(CALL_HANDLER) (void)0;
}

/* Permanent: the kernel refuses kernel.ftrace_enabled=0, which would stop its calls. */
#define DISPATCH_FLAGS	(FTRACE_OPS_FL_PERMANENT | COMPAT_FTRACE_OPS_FLAGS)

static struct dispatch_set dispatch_always = {
	.ops = { .func = dispatch_call, .flags = DISPATCH_FLAGS },
};

static struct dispatch_set dispatch_on_demand = {
	.ops = { .func = dispatch_call_on_demand, .flags = DISPATCH_FLAGS },
};

static struct dispatch_set *dispatch_set_of(enum pagestat_handler handler)
{
	return handler < NR_HANDLERS_ALWAYS ? &dispatch_always : &dispatch_on_demand;
}

/**
 * pagestat_dispatch_add() - add a function, before its handler is to be called
 * @address: where it begins
 * @handler: its handler; each has one function at most
 *
 * Context: process context; sleeps.
 * Return: 0, -EINVAL if ftrace cannot patch it, or another error of ftrace.
 */
int pagestat_dispatch_add(unsigned long address, enum pagestat_handler handler)
{
	struct dispatch_set *set = dispatch_set_of(handler);
	int err;

	err = ftrace_set_filter_ip(&set->ops, address, 0, 0);
	if (err)
		return err;
	dispatch_places[handler] = address;
	set->nr_places++;
	return 0;
}

static int dispatch_set_register(struct dispatch_set *set)
{
	int err;

	if (!set->nr_places)
		return 0;
	err = register_ftrace_function(&set->ops);
	set->registered = !err;
	return err;
}

static void dispatch_set_unregister(struct dispatch_set *set)
{
	int err = 0;

	/* It fails if ftrace has shut itself down after an error of its own. */
	if (set->registered)
		err = unregister_ftrace_function(&set->ops);
	if (err)
		pr_err("ftrace cannot be detached (error %d): the kernel may crash; reboot\n",
		       err);
	set->registered = false;
}

/* What ftrace_free_filter() does, which 5.10 does not export. */
static void dispatch_set_remove_all(struct dispatch_set *set)
{
	ftrace_set_filter(&set->ops, NULL, 0, 1);
}

/**
 * pagestat_dispatch_register() - have the handlers called; ftrace stays enabled
 *
 * Context: process context; sleeps.
 * Return: 0; -EBUSY if ftrace is off; another error of ftrace.
 */
int pagestat_dispatch_register(void)
{
	int err = dispatch_set_register(&dispatch_always);

	if (err == -EBUSY)
		pr_err("cannot load: kernel.ftrace_enabled is 0, which silences probes; sysctl kernel.ftrace_enabled=1\n");
	else if (err)
		pr_err("cannot load: ftrace does not work (error %d)\n", err);
	return err;
}

/**
 * pagestat_dispatch_demand() - have the handlers called that are attached on demand, or not
 * @on: whether
 *
 * Context: process context; sleeps.  Callers exclude each other.
 * Return: 0, or an error of ftrace.
 */
int pagestat_dispatch_demand(bool on)
{
	if (on)
		return dispatch_set_register(&dispatch_on_demand);
	dispatch_set_unregister(&dispatch_on_demand);
	return 0;
}

/**
 * pagestat_dispatch_unregister() - detach from all functions, if attached
 *
 * Those on demand are detached before, by pagestat_dispatch_demand().
 * When it returns no handler runs any more, on any CPU.
 *
 * Context: process context; sleeps.
 */
void pagestat_dispatch_unregister(void)
{
	dispatch_set_unregister(&dispatch_always);
	dispatch_set_remove_all(&dispatch_on_demand);
	dispatch_set_remove_all(&dispatch_always);
}
