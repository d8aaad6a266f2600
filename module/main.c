// SPDX-License-Identifier: GPL-2.0
/*
 * main.c - load and unload
 *
 * Which file does what, on the way from a fault to a row, is at the beginning of
 * Documentation/design.rst.  The published words are in uapi/pagestat.h.
 */
#include <linux/module.h>

#include "adopt.h"
#include "caller.h"
#include "hooks.h"
#include "latency.h"
#include "lives.h"
#include "publish.h"
#include "totals.h"
#include "uapi/pagestat.h"

static int __init pagestat_init(void)
{
	int err;

	err = pagestat_callers_init();
	if (err)
		return err;
	err = pagestat_lives_init();
	if (err)
		return err;
	err = pagestat_hooks_attach();
	if (err)
		goto err_lives;
	/* Births are seen from here on: who has no record now was born before. */
	pagestat_adopt();
	pagestat_totals_begin();
	err = pagestat_follow_init();
	if (err)
		goto err_hooks;
	err = pagestat_demand_init();
	if (err)
		goto err_follow;
	err = pagestat_publish_init();
	if (err)
		goto err_demand;
	return 0;

err_demand:
	pagestat_demand_exit();
err_follow:
	pagestat_follow_exit();
err_hooks:
	pagestat_hooks_detach();
err_lives:
	pagestat_lives_exit();
	return err;
}

static void __exit pagestat_exit(void)
{
	pagestat_publish_exit();
	pagestat_demand_exit();
	pagestat_follow_exit();
	pagestat_hooks_detach();
	pagestat_lives_exit();
}

module_init(pagestat_init);
module_exit(pagestat_exit);

MODULE_DESCRIPTION("what page faults cost, per process: copies, reuse, swap-in");
MODULE_AUTHOR("The pagestat developers");
MODULE_LICENSE("GPL");
MODULE_VERSION(PAGESTAT_VERSION);
