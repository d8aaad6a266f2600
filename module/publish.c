// SPDX-License-Identifier: GPL-2.0
/*
 * publish.c - the files in debugfs, as uapi/pagestat.h promises them
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

#include "exited.h"
#include "hooks.h"
#include "publish.h"
#include "record.h"
#include "switches.h"

static struct dentry *dir;

/* Numbers and the baseline that is taken off them change together. */
static DEFINE_MUTEX(baseline_mutex);

/* Header lines come from the interface's lists; the first tab is left out. */
#define COLUMN(name)			"\t" #name
#define COUNTER(name, unit, text)	"\t" #name
#define HEADER(columns)			(&(columns "\n")[1])

static void show_tally(struct seq_file *m, const struct tally *tally)
{
	int i;

	for (i = 0; i < PAGESTAT_NR; i++) {
		if (hooks_know(i))
			seq_put_decimal_ull(m, "\t", tally->n[i]);
		else
			seq_puts(m, "\t-");
	}
}

/* A name may hold any byte but NUL; none may end the column or the row. */
static void show_comm(struct seq_file *m, const char *comm)
{
	for (; *comm; comm++) {
		unsigned char c = *comm;

		if (c < 0x20 || c == 0x7f || c == '\\')
			seq_printf(m, "\\%03o", c);
		else
			seq_putc(m, c);
	}
}

/**
 * struct table - a snapshot, for as long as its file is open
 * @whose: what it shows
 * @nr:    how many rows
 * @rows:  the rows
 */
struct table {
	enum whose whose;
	size_t nr;
	struct row *rows;
};

/* Position 0 is the header, a row's is its index + 1. */
static void *table_start(struct seq_file *m, loff_t *pos)
{
	struct table *table = m->private;

	if (*pos == 0)
		return SEQ_START_TOKEN;
	return *pos <= table->nr ? &table->rows[*pos - 1] : NULL;
}

static void *table_next(struct seq_file *m, void *v, loff_t *pos)
{
	++*pos;
	return table_start(m, pos);
}

static void table_stop(struct seq_file *m, void *v)
{
}

static const char *table_header(enum whose whose)
{
	switch (whose) {
	case THREADS:
		return HEADER(PAGESTAT_THREAD_COLUMNS(COLUMN)
			      PAGESTAT_COUNTERS(COUNTER) "\tcomm");
	case EXITED:
		return HEADER(PAGESTAT_EXITED_COLUMNS(COLUMN)
			      PAGESTAT_COUNTERS(COUNTER) "\tcomm");
	default:
		return HEADER(PAGESTAT_PROCESS_COLUMNS(COLUMN)
			      PAGESTAT_COUNTERS(COUNTER) "\tcomm");
	}
}

static int table_show(struct seq_file *m, void *v)
{
	const struct table *table = m->private;
	const struct row *row = v;
	const char *tab = "";

	if (v == SEQ_START_TOKEN) {
		seq_puts(m, table_header(table->whose));
		return 0;
	}
#define VALUE(name)							\
	seq_put_decimal_ull(m, tab, row->name);				\
	tab = "\t";
	switch (table->whose) {
	case THREADS:
		PAGESTAT_THREAD_COLUMNS(VALUE)
		break;
	case EXITED:
		PAGESTAT_EXITED_COLUMNS(VALUE)
		break;
	default:
		PAGESTAT_PROCESS_COLUMNS(VALUE)
	}
#undef VALUE
	show_tally(m, &row->tally);
	seq_putc(m, '\t');
	show_comm(m, row->comm);
	seq_putc(m, '\n');
	return 0;
}

static const struct seq_operations table_seq_ops = {
	.start = table_start,
	.next = table_next,
	.stop = table_stop,
	.show = table_show,
};

/* The inode knows which table it is, see publish_init(). */
static int table_open(struct inode *inode, struct file *file)
{
	struct table *table;

	table = __seq_open_private(file, &table_seq_ops, sizeof(*table));
	if (!table)
		return -ENOMEM;
	table->whose = (uintptr_t)inode->i_private;
	if (table->whose == EXITED)
		table->rows = exited_rows(&table->nr);
	else
		table->rows = records_rows(table->whose, &table->nr);
	if (!table->rows) {
		seq_release_private(inode, file);
		return -ENOMEM;
	}
	return 0;
}

static int table_release(struct inode *inode, struct file *file)
{
	struct table *table = ((struct seq_file *)file->private_data)->private;

	kvfree(table->rows);
	return seq_release_private(inode, file);
}

static const struct file_operations table_fops = {
	.owner = THIS_MODULE,
	.open = table_open,
	.read = seq_read,
	.llseek = seq_lseek,
	.release = table_release,
};

static int version_show(struct seq_file *m, void *v)
{
	seq_printf(m, "%d\n", PAGESTAT_ABI);
	return 0;
}
DEFINE_SHOW_ATTRIBUTE(version);

static int system_show(struct seq_file *m, void *v)
{
	struct totals *t = kmalloc(sizeof(*t), GFP_KERNEL);
	const char *tab = "";

	if (!t)
		return -ENOMEM;
	mutex_lock(&baseline_mutex);
	records_totals(t);
	hooks_losses(&t->missed, &t->stray);
	mutex_unlock(&baseline_mutex);
	t->page_size = PAGE_SIZE;
	t->silenced = switches_silent();

	seq_puts(m, HEADER(PAGESTAT_SYSTEM_COLUMNS(COLUMN)
			   PAGESTAT_COUNTERS(COUNTER)));
#define VALUE(name)							\
	seq_put_decimal_ull(m, tab, t->name);				\
	tab = "\t";
	PAGESTAT_SYSTEM_COLUMNS(VALUE)
#undef VALUE
	show_tally(m, &t->tally);
	seq_putc(m, '\n');
	kfree(t);
	return 0;
}
DEFINE_SHOW_ATTRIBUTE(system);

static int probes_show(struct seq_file *m, void *v)
{
	seq_puts(m, HEADER(PAGESTAT_PROBE_COLUMNS(COLUMN)));
	hooks_show(m);
	return 0;
}
DEFINE_SHOW_ATTRIBUTE(probes);

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
	err = records_reset();
	if (!err)
		hooks_reset();
	mutex_unlock(&baseline_mutex);
	return err ?: count;
}

static const struct file_operations reset_fops = {
	.owner = THIS_MODULE,
	.open = nonseekable_open,
	.write = reset_write,
};

/* No bit beyond 0444: lockdown=integrity lets such files be read. */
static const struct {
	const char *name;
	umode_t mode;
	const struct file_operations *fops;
	enum whose whose;
} files[] = {
	{ "version",	0400, &version_fops },
	{ "processes",	0400, &table_fops, OWN },
	{ "children",	0400, &table_fops, CHILDREN },
	{ "threads",	0400, &table_fops, THREADS },
	{ "exited",	0400, &table_fops, EXITED },
	{ "system",	0400, &system_fops },
	{ "probes",	0400, &probes_fops },
	{ "reset",	0200, &reset_fops },
};

/**
 * publish_init() - make the files
 *
 * Context: process context; sleeps.
 * Return: 0; -EPERM where debugfs was disallowed at boot; -EEXIST or -ENOMEM.
 */
int publish_init(void)
{
	struct dentry *file;
	int i;

	dir = debugfs_create_dir(PAGESTAT_DIR, NULL);
	if (IS_ERR(dir)) {
		pr_err("cannot load: debugfs gives no directory \"%s\" (error %ld)%s\n",
		       PAGESTAT_DIR, PTR_ERR(dir),
		       PTR_ERR(dir) == -EPERM ? "; was the kernel booted with debugfs=off?" : "");
		return PTR_ERR(dir);
	}
	for (i = 0; i < ARRAY_SIZE(files); i++) {
		file = debugfs_create_file(files[i].name, files[i].mode, dir,
					   (void *)files[i].whose, files[i].fops);
		if (IS_ERR(file)) {
			publish_exit();
			return PTR_ERR(file);
		}
	}
	return 0;
}

/**
 * publish_exit() - remove the files, when all readers have left them
 *
 * Context: process context; sleeps.
 */
void publish_exit(void)
{
	debugfs_remove(dir);
}
