// SPDX-License-Identifier: GPL-2.0
/*
 * rows.c - rows of tab-separated columns, as files
 *
 * A file is a snapshot, taken when it is opened and kept until it is closed.
 */
#include <linux/debugfs.h>
#include <linux/fs.h>
#include <linux/mm.h>
#include <linux/seq_file.h>

#include "buffer.h"
#include "exited.h"
#include "hooks.h"
#include "read.h"
#include "rows.h"
#include "snapshots.h"

/**
 * struct pagestat_table_type - what kind of rows a file has
 * @take:   take a snapshot; an error
 * @header: print the header line
 * @show:   print a row
 */
struct pagestat_table_type {
	int (*take)(struct pagestat_buffer *buffer);
	void (*header)(struct seq_file *m);
	void (*show)(struct seq_file *m, const void *row);
};

/* The digits of a number, and its tab. */
#define NUMBER_MAX	21

static char *put_number(char *at, u64 n)
{
	char digits[NUMBER_MAX], *begin = digits + sizeof(digits);

	/* Most numbers are. */
	if (n < 10) {
		*at++ = '0' + n;
		return at;
	}
	for (; n; n /= 10)
		*--begin = '0' + n % 10;
	while (begin < digits + sizeof(digits))
		*at++ = *begin++;
	return at;
}

/**
 * pagestat_show_tally() - print the counters, each after a tab
 * @m:     the file
 * @tally: the counters
 *
 * There may be hundreds of thousands, so they are written right into the buffer that
 * seq_file would put them into one by one.
 *
 * Context: process context.
 */
void pagestat_show_tally(struct seq_file *m, const struct pagestat_tally *tally)
{
	const u64 known = pagestat_hooks_known();
	char *begin, *at;
	int i;

	if (seq_get_buf(m, &begin) < PAGESTAT_NR * NUMBER_MAX) {
		/* Too little room: seq_file calls again with a larger buffer. */
		seq_commit(m, -1);
		return;
	}
	at = begin;
	for (i = 0; i < PAGESTAT_NR; i++) {
		*at++ = '\t';
		if (known & BIT_ULL(i))
			at = put_number(at, tally->n[i]);
		else
			*at++ = '-';
	}
	seq_commit(m, at - begin);
}

/*
 * A name may have any byte but NUL; none may end the column or the row.  Bytes from 0x80 to
 * 0x9f are control characters, too, to terminals that do not expect UTF-8.
 */
static void show_comm(struct seq_file *m, const char *comm)
{
	for (; *comm; comm++) {
		unsigned char c = *comm;

		if (c < 0x20 || (c >= 0x7f && c < 0xa0) || c == '\\')
			seq_printf(m, "\\%03o", c);
		else
			seq_putc(m, c);
	}
}

static int take_processes(struct pagestat_buffer *buffer)
{
	return pagestat_snapshot(ROWS_OF_PROCESSES, buffer);
}

static int take_children(struct pagestat_buffer *buffer)
{
	return pagestat_snapshot(ROWS_OF_CHILDREN, buffer);
}

static int take_threads(struct pagestat_buffer *buffer)
{
	return pagestat_snapshot(ROWS_OF_THREADS, buffer);
}

#define HEADER_OF(columns)						\
	ROWS_HEADER(columns(ROWS_COLUMN) PAGESTAT_COUNTERS(ROWS_COUNTER) "\tcomm")

static void header_processes(struct seq_file *m)
{
	seq_puts(m, HEADER_OF(PAGESTAT_PROCESS_COLUMNS));
}

static void header_threads(struct seq_file *m)
{
	seq_puts(m, HEADER_OF(PAGESTAT_THREAD_COLUMNS));
}

static void header_exited(struct seq_file *m)
{
	seq_puts(m, HEADER_OF(PAGESTAT_EXITED_COLUMNS));
}

static void header_latency(struct seq_file *m)
{
	int i;

	seq_puts(m, &(PAGESTAT_LATENCY_COLUMNS(ROWS_COLUMN))[1]);
	seq_puts(m, "\tns_0");
	for (i = 0; i < PAGESTAT_BUCKETS - 1; i++)
		seq_printf(m, "\tns_%llu", (u64)PAGESTAT_BUCKET_NS << i);
	seq_puts(m, "\tcomm\n");
}

/* The end of all rows with counters. */
static void show_counted(struct seq_file *m, const struct pagestat_row *row)
{
	pagestat_show_tally(m, &row->tally);
	seq_putc(m, '\t');
	show_comm(m, row->comm);
	seq_putc(m, '\n');
}

#define VALUE(name)							\
	seq_put_decimal_ull(m, tab, row->name);				\
	tab = "\t";

static void show_process(struct seq_file *m, const void *v)
{
	const struct pagestat_row *row = v;
	const char *tab = "";

	PAGESTAT_PROCESS_COLUMNS(VALUE)
	show_counted(m, row);
}

static void show_thread(struct seq_file *m, const void *v)
{
	const struct pagestat_row *row = v;
	const char *tab = "";

	PAGESTAT_THREAD_COLUMNS(VALUE)
	show_counted(m, row);
}

static void show_exited(struct seq_file *m, const void *v)
{
	const struct pagestat_row *row = v;
	const char *tab = "";

	PAGESTAT_EXITED_COLUMNS(VALUE)
	show_counted(m, row);
}
#undef VALUE

static void show_latency(struct seq_file *m, const void *v)
{
	static const char * const kinds[] = {
#define NAME(name, text) #name,
		PAGESTAT_KINDS(NAME)
#undef NAME
	};
	const struct pagestat_latency_row *row = v;
	const struct pagestat_histogram *h = &row->histogram;
	int i;

	seq_printf(m, "%d\t%llu\t%s\t%llu\t%llu\t%llu\t%llu", row->pid,
		   row->start_ns, kinds[row->kind], h->minor, h->major,
		   h->sum_ns, h->max_ns);
	for (i = 0; i < PAGESTAT_BUCKETS; i++)
		seq_put_decimal_ull(m, "\t", h->bucket[i]);
	seq_putc(m, '\t');
	show_comm(m, row->comm);
	seq_putc(m, '\n');
}

const struct pagestat_table_type pagestat_table_processes = {
	take_processes, header_processes, show_process
};

const struct pagestat_table_type pagestat_table_children = {
	take_children, header_processes, show_process
};

const struct pagestat_table_type pagestat_table_threads = {
	take_threads, header_threads, show_thread
};

const struct pagestat_table_type pagestat_table_exited = {
	pagestat_exited_rows, header_exited, show_exited
};

const struct pagestat_table_type pagestat_table_latency = {
	pagestat_latency_snapshot, header_latency, show_latency
};

/**
 * struct open_table - a snapshot, for as long as its file is open
 * @type:   what kind of rows
 * @buffer: the rows
 */
struct open_table {
	const struct pagestat_table_type *type;
	struct pagestat_buffer buffer;
};

/* Position 0 is the header, a row's is its index + 1. */
static void *table_start(struct seq_file *m, loff_t *pos)
{
	const struct pagestat_buffer *buffer = &((struct open_table *)m->private)->buffer;

	if (*pos == 0)
		return SEQ_START_TOKEN;
	return *pos <= buffer->nr ? buffer->rows + (*pos - 1) * buffer->size : NULL;
}

static void *table_next(struct seq_file *m, void *v, loff_t *pos)
{
	++*pos;
	return table_start(m, pos);
}

static void table_stop(struct seq_file *m, void *v)
{
}

static int table_show(struct seq_file *m, void *v)
{
	const struct open_table *table = m->private;

	if (v == SEQ_START_TOKEN)
		table->type->header(m);
	else
		table->type->show(m, v);
	return 0;
}

static const struct seq_operations table_seq_ops = {
	.start = table_start,
	.next = table_next,
	.stop = table_stop,
	.show = table_show,
};

/* pagestat_publish_init() has put the type into the inode. */
static int table_open(struct inode *inode, struct file *file)
{
	struct open_table *table;
	int err;

	table = __seq_open_private(file, &table_seq_ops, sizeof(*table));
	if (!table)
		return -ENOMEM;
	table->type = inode->i_private;
	err = table->type->take(&table->buffer);
	if (err)
		seq_release_private(inode, file);
	return err;
}

static int table_release(struct inode *inode, struct file *file)
{
	struct open_table *table = ((struct seq_file *)file->private_data)->private;

	pagestat_buffer_free(&table->buffer);
	return seq_release_private(inode, file);
}

const struct file_operations pagestat_table_fops = {
	.owner = THIS_MODULE,
	.open = table_open,
	.read = seq_read,
	.llseek = seq_lseek,
	.release = table_release,
};
