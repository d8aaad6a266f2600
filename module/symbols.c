// SPDX-License-Identifier: GPL-2.0
/*
 * symbols.c - functions of the kernel, found by name
 *
 * Modules cannot ask kallsyms for the address of a name, but a kprobe that is not enabled
 * finds it.  The name has to be exact.  What the compiler has made of a static function
 * may have a longer one (do_wp_page.isra.0): it lies in the same object, so the names of
 * all functions around another one of that object are compared.
 */
#include <linux/kallsyms.h>
#include <linux/kernel.h>
#include <linux/kprobes.h>
#include <linux/string.h>

#include "symbols.h"

/*
 * Parts of a function that are entered by a jump (.cold) are none.
 */
static bool is_clone(const char *symbol, const char *name)
{
	static const char * const endings[] = { ".isra.", ".constprop.", ".part.", ".llvm." };
	size_t len = strlen(name);
	int i;

	if (strncmp(symbol, name, len) || strstr(symbol + len, ".cold"))
		return false;
	for (i = 0; i < ARRAY_SIZE(endings); i++)
		if (!strncmp(symbol + len, endings[i], strlen(endings[i])))
			return true;
	return false;
}

/**
 * pagestat_symbols_clones() - what the compiler has made of a static function
 * @name:  its name
 * @near:  where another function of the same object begins
 * @clone: set to the name of the last clone; KSYM_NAME_LEN bytes
 *
 * Context: process context.
 * Return: how many clones there are.
 */
unsigned int pagestat_symbols_clones(const char *name, unsigned long near, char *clone)
{
	unsigned long at, offset, size;
	char symbol[KSYM_SYMBOL_LEN], *plus;
	unsigned int nr = 0;

	for (at = near - PAGESTAT_SYMBOLS_REACH; at < near + PAGESTAT_SYMBOLS_REACH; at += size) {
		sprint_symbol(symbol, at);
		plus = strrchr(symbol, '+');
		/* No function is there: kernels align them by 16 bytes. */
		size = 16;
		if (!plus || sscanf(plus, "+%lx/%lx", &offset, &size) != 2 || size <= offset) {
			size = 16;
			continue;
		}
		*plus = '\0';
		size -= offset;
		if (is_clone(symbol, name)) {
			strscpy(clone, symbol, KSYM_NAME_LEN);
			nr++;
		}
	}
	return nr;
}

/**
 * pagestat_symbols_have() - whether a static function is one of its own in this kernel
 * @name: its name
 * @near: the name of another function of the same object, which is not static
 *
 * Else the compiler has inlined it into all that call it.
 *
 * Context: process context; sleeps.
 * Return: 1 or 0; -ENOMEM.
 */
int pagestat_symbols_have(const char *name, const char *near)
{
	struct kprobe kp[2] = {
		{ .symbol_name = name, .flags = KPROBE_FLAG_DISABLED },
		{ .symbol_name = near, .flags = KPROBE_FLAG_DISABLED },
	};
	char clone[KSYM_NAME_LEN];
	struct kprobe *found[2];
	unsigned int nr_clones = 0;
	int i, err[2], nr = 0;

	for (i = 0; i < 2; i++) {
		err[i] = register_kprobe(&kp[i]);
		if (!err[i])
			found[nr++] = &kp[i];
	}
	if (err[0] == -ENOENT && !err[1])
		nr_clones = pagestat_symbols_clones(name, (unsigned long)kp[1].addr, clone);
	unregister_kprobes(found, nr);
	if (err[0] == -ENOMEM || err[1] == -ENOMEM)
		return -ENOMEM;
	/* Any other error says that there is one, but that it cannot be probed. */
	return err[0] != -ENOENT || nr_clones;
}
