// SPDX-License-Identifier: GPL-2.0
/*
 * main.c - in and out
 *
 * The way through the house: table.c says where the kernel is watched, stages.c,
 * leaves.c and reclaim.c what a hit means, lives.c whose it is, read.c how it is
 * summed, publish.c who may read it.  The words are in uapi/pagestat.h.
 */
#include <linux/module.h>

#include "hooks.h"
#include "latency.h"
#include "publish.h"
#include "records.h"

static int __init pagestat_init(void)
{
	int err;

	err = pagestat_records_init();
	if (err)
		return err;
	err = pagestat_hooks_attach();
	if (err)
		goto err_records;
	/* Births are seen from here on: whoever is missed now was born before. */
	pagestat_records_adopt();
	pagestat_records_begin();
	err = pagestat_latency_init();
	if (err)
		goto err_hooks;
	err = pagestat_publish_init();
	if (err)
		goto err_latency;
	return 0;

err_latency:
	pagestat_latency_exit();
err_hooks:
	pagestat_hooks_detach();
err_records:
	pagestat_records_exit();
	return err;
}

static void __exit pagestat_exit(void)
{
	pagestat_publish_exit();
	pagestat_latency_exit();
	pagestat_hooks_detach();
	pagestat_records_exit();
}

module_init(pagestat_init);
module_exit(pagestat_exit);

MODULE_DESCRIPTION("what page faults cost, per process: copies, reuse, swap-in");
MODULE_AUTHOR("The pagestat developers");
MODULE_LICENSE("GPL");
MODULE_VERSION(PAGESTAT_VERSION);
