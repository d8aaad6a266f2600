// SPDX-License-Identifier: GPL-2.0
/*
 * pretend.c - the module sees another kernel than there is
 *
 * What compilers make of other kernels cannot be had on each machine: a test has the
 * module take functions for others.  It is not part of the module otherwise.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/kallsyms.h>
#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/moduleparam.h>
#include <linux/string.h>

#include "pretend.h"
#include "symbols.h"

bool pagestat_pretend_clone;
module_param_named(pretend_clone, pagestat_pretend_clone, bool, 0444);
MODULE_PARM_DESC(pretend_clone, "do_wp_page() is taken for a clone of it");

bool pagestat_pretend_inlined;
module_param_named(pretend_inlined, pagestat_pretend_inlined, bool, 0644);
MODULE_PARM_DESC(pretend_inlined, "do_wp_page() is inlined: its entries are not seen");

static char *pretend_callers;
module_param(pretend_callers, charp, 0444);
MODULE_PARM_DESC(pretend_callers, "FUNCTION:unknown|between|fault,...: what is taken for what");

/*
 * Context: that of a handler, or process context.
 */
enum pagestat_caller pagestat_pretend_caller(const char *function,
					     enum pagestat_caller caller)
{
	static const struct {
		const char *word;
		enum pagestat_caller caller;
	} kinds[] = {
		{ ":unknown",	CALLER_UNKNOWN },
		{ ":between",	CALLER_BETWEEN },
		{ ":fault",	CALLER_FAULT },
	};
	size_t len = strlen(function);
	const char *at;
	int i;

	for (at = pretend_callers; at && *at; at += strcspn(at, ","), at += *at == ',') {
		if (strncmp(at, function, len) || at[len] != ':')
			continue;
		for (i = 0; i < ARRAY_SIZE(kinds); i++)
			if (!strncmp(at + len, kinds[i].word, strlen(kinds[i].word)))
				return kinds[i].caller;
	}
	return caller;
}

static char found_clone[KSYM_NAME_LEN];
static unsigned int nr_found_clones;

static int find_clone_get(char *to, const struct kernel_param *kp)
{
	return sprintf(to, "%u %s\n", nr_found_clones, found_clone);
}

/* The name of a function of mm/memory.c. */
static int find_clone_set(const char *value, const struct kernel_param *kp)
{
	char name[64];

	found_clone[0] = '\0';
	strscpy(name, value, sizeof(name));
	nr_found_clones = pagestat_symbols_clones(strim(name), (unsigned long)handle_mm_fault,
						  found_clone);
	return 0;
}

static const struct kernel_param_ops find_clone_ops = {
	.get = find_clone_get,
	.set = find_clone_set,
};
module_param_cb(find_clone, &find_clone_ops, NULL, 0600);
