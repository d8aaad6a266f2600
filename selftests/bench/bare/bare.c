// SPDX-License-Identifier: GPL-2.0
/*
 * bare.c - a module whose kprobes do nothing but count: what hooks cost by themselves
 *
 * It puts a kprobe on each of the functions in its parameter; each hit increments a
 * per-CPU counter.
 */
#include <linux/kprobes.h>
#include <linux/module.h>
#include <linux/percpu.h>
#include <linux/string.h>

#define MAX_HOOKS	32

static char *functions[MAX_HOOKS];
static int nr_functions;
module_param_array(functions, charp, &nr_functions, 0444);
MODULE_PARM_DESC(functions, "where to put the kprobes");

static DEFINE_PER_CPU(unsigned long, hits);
static struct kprobe probes[MAX_HOOKS];
static struct kprobe *registered[MAX_HOOKS];

static int count(struct kprobe *kp, struct pt_regs *regs)
{
	this_cpu_inc(hits);
	return 0;
}

static int __init bare_init(void)
{
	int i;

	if (!nr_functions)
		return -EINVAL;
	for (i = 0; i < nr_functions; i++) {
		probes[i].symbol_name = functions[i];
		probes[i].pre_handler = count;
		registered[i] = &probes[i];
	}
	return register_kprobes(registered, nr_functions);
}

static void __exit bare_exit(void)
{
	unregister_kprobes(registered, nr_functions);
}

module_init(bare_init);
module_exit(bare_exit);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("kprobes that do nothing but count");
