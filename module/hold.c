// SPDX-License-Identifier: GPL-2.0
/*
 * hold.c - how long the lock of the records was held at most, and by which function
 *
 * For make check-bounds, which counts instructions: there a nanosecond is one.  It is
 * not part of the module otherwise.
 */
#include <linux/kernel.h>
#include <linux/ktime.h>
#include <linux/moduleparam.h>

#include "hold.h"

/* All guarded by the lock that is measured. */
static u64 held_since;
static u64 longest_hold;
static void *longest_holder;

void pagestat_hold_begin(void)
{
	held_since = ktime_get_mono_fast_ns();
}

void pagestat_hold_end(void)
{
	u64 ns = ktime_get_mono_fast_ns() - held_since;

	if (ns > longest_hold) {
		longest_hold = ns;
		longest_holder = __builtin_return_address(0);
	}
}

static int longest_hold_get(char *to, const struct kernel_param *kp)
{
	return sprintf(to, "%llu %ps\n", longest_hold, longest_holder);
}

/* Any value: measure anew. */
static int longest_hold_set(const char *value, const struct kernel_param *kp)
{
	longest_hold = 0;
	longest_holder = NULL;
	return 0;
}

static const struct kernel_param_ops longest_hold_ops = {
	.get = longest_hold_get,
	.set = longest_hold_set,
};
module_param_cb(longest_hold, &longest_hold_ops, NULL, 0600);
MODULE_PARM_DESC(longest_hold, "nanoseconds for which the lock of the records was held at most, and the function that released it");
