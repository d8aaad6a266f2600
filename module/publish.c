// SPDX-License-Identifier: GPL-2.0
/*
 * publish.c - the files in debugfs, described in uapi/pagestat.h
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/debugfs.h>
#include <linux/fs.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/seq_file.h>
#include <linux/slab.h>
#include <linux/uaccess.h>
#include <linux/utsname.h>

#include "hooks.h"
#include "latency.h"
#include "publish.h"
#include "records.h"
#include "rows.h"
#include "tested.h"
#include "totals.h"

static struct dentry *debugfs_dir;

/* Numbers and what is subtracted from them since a reset change together. */
static DEFINE_MUTEX(baseline_mutex);
static u64 disputed_at_reset;

static int version_show(struct seq_file *m, void *v)
{
	seq_printf(m, "%d\n", PAGESTAT_ABI);
	return 0;
}
DEFINE_SHOW_ATTRIBUTE(version);	/* version_fops */

static bool kernel_is_tested(void)
{
	return pagestat_kernel_is_tested(init_utsname()->release, init_utsname()->version);
}

static int system_show(struct seq_file *m, void *v)
{
	struct pagestat_totals *t = kmalloc(sizeof(*t), GFP_KERNEL);
	struct pagestat_hook_losses losses;
	const char *tab = "";

	if (!t)
		return -ENOMEM;
	mutex_lock(&baseline_mutex);
	pagestat_totals_read(t);
	pagestat_hooks_losses(&losses);
	t->disputed = pagestat_latency_disputed() - disputed_at_reset;
	t->latency_ns = min(pagestat_follow_kept_ns(), t->since_ns);
	mutex_unlock(&baseline_mutex);
	t->missed = losses.missed;
	t->stray = losses.stray;
#define STRAY(name) t->stray_##name = losses.stray_of[LEAF_##name];
	PAGESTAT_LEAVES(STRAY)
#undef STRAY
	t->page_size = PAGE_SIZE;
	t->silenced = pagestat_hooks_silenced();
	t->tested = kernel_is_tested();

	seq_puts(m, ROWS_HEADER(PAGESTAT_SYSTEM_COLUMNS(ROWS_COLUMN)
				PAGESTAT_COUNTERS(ROWS_COUNTER)));
#define VALUE(name)							\
	seq_put_decimal_ull(m, tab, t->name);				\
	tab = "\t";
	PAGESTAT_SYSTEM_COLUMNS(VALUE)
#undef VALUE
	pagestat_show_tally(m, &t->tally);
	seq_putc(m, '\n');
	kfree(t);
	return 0;
}
DEFINE_SHOW_ATTRIBUTE(system);		/* system_fops */

static int probes_show(struct seq_file *m, void *v)
{
	seq_puts(m, ROWS_HEADER(PAGESTAT_PROBE_COLUMNS(ROWS_COLUMN)));
	pagestat_hooks_show(m);
	return 0;
}
DEFINE_SHOW_ATTRIBUTE(probes);		/* probes_fops */

static ssize_t reset_write(struct file *file, const char __user *ubuf,
			   size_t count, loff_t *pos)
{
	unsigned int one;
	int err;

	err = kstrtouint_from_user(ubuf, count, 10, &one);
	if (err)
		return err;
	if (one != 1)
		return -EINVAL;
	mutex_lock(&baseline_mutex);
	err = pagestat_totals_reset();
	if (!err) {
		pagestat_hooks_reset();
		disputed_at_reset = pagestat_latency_disputed();
	}
	mutex_unlock(&baseline_mutex);
	return err ?: count;
}

static const struct file_operations reset_fops = {
	.owner = THIS_MODULE,
	.open = nonseekable_open,
	.write = reset_write,
};

/* Under lockdown=integrity only files without a bit beyond 0444 can be read. */
static const struct {
	const char *name;
	umode_t mode;
	const struct file_operations *fops;
	const struct pagestat_table_type *table;
} debugfs_files[] = {
	{ "version",	0400, &version_fops },
	{ "processes",	0400, &pagestat_table_fops, &pagestat_table_processes },
	{ "children",	0400, &pagestat_table_fops, &pagestat_table_children },
	{ "threads",	0400, &pagestat_table_fops, &pagestat_table_threads },
	{ "exited",	0400, &pagestat_table_fops, &pagestat_table_exited },
	{ "latency",	0400, &pagestat_table_fops, &pagestat_table_latency },
	{ "system",	0400, &system_fops },
	{ "probes",	0400, &probes_fops },
	{ "reset",	0200, &reset_fops },
};

/**
 * pagestat_publish_init() - make the files; say so if the kernel is none that was tested
 *
 * Context: process context; sleeps.
 * Return: 0; -EPERM where debugfs was disallowed at boot; -EEXIST or -ENOMEM.
 */
int pagestat_publish_init(void)
{
	struct dentry *file;
	int i;

	debugfs_dir = debugfs_create_dir(PAGESTAT_DIR, NULL);
	if (IS_ERR(debugfs_dir)) {
		pr_err("cannot load: debugfs gives no directory \"%s\" (error %ld)%s\n",
		       PAGESTAT_DIR, PTR_ERR(debugfs_dir),
		       PTR_ERR(debugfs_dir) == -EPERM ? "; was the kernel booted with debugfs=off?" : "");
		return PTR_ERR(debugfs_dir);
	}
	for (i = 0; i < ARRAY_SIZE(debugfs_files); i++) {
		file = debugfs_create_file(debugfs_files[i].name, debugfs_files[i].mode,
					   debugfs_dir, (void *)debugfs_files[i].table,
					   debugfs_files[i].fops);
		if (IS_ERR(file)) {
			pr_err("cannot load: debugfs gives no file \"%s\" (error %ld)\n",
			       debugfs_files[i].name, PTR_ERR(file));
			pagestat_publish_exit();
			return PTR_ERR(file);
		}
	}
	if (!kernel_is_tested())
		pr_info("not tested on this kernel, %s: \"pagestat check\" says whether the numbers are right on it\n",
			init_utsname()->release);
	return 0;
}

/**
 * pagestat_publish_exit() - remove the files, when no read is running any more
 *
 * Context: process context; sleeps.
 */
void pagestat_publish_exit(void)
{
	debugfs_remove(debugfs_dir);
}
