/* SPDX-License-Identifier: GPL-2.0 */
/* rows.h - rows of tab-separated columns, as files */
#ifndef PAGESTAT_SHOW_H
#define PAGESTAT_SHOW_H

struct seq_file;
struct table_type;
struct tally;

/* Header lines come from the interface's lists; the first tab is left out. */
#define COLUMN(name)			"\t" #name
#define COUNTER(name, unit, text)	"\t" #name
#define HEADER(columns)			(&(columns "\n")[1])

void show_tally(struct seq_file *m, const struct tally *tally);

extern const struct table_type table_processes;
extern const struct table_type table_children;
extern const struct table_type table_threads;
extern const struct table_type table_exited;
extern const struct table_type table_latency;

extern const struct file_operations table_fops;

#endif /* PAGESTAT_SHOW_H */
