/* SPDX-License-Identifier: GPL-2.0 */
/* rows.h - rows of tab-separated columns, as files */
#ifndef PAGESTAT_ROWS_H
#define PAGESTAT_ROWS_H

struct seq_file;
struct pagestat_table_type;
struct pagestat_tally;

/* Header lines are made from the lists in uapi/pagestat.h, without the first tab. */
#define ROWS_COLUMN(name)			"\t" #name
#define ROWS_COUNTER(name, unit, text)	"\t" #name
#define ROWS_HEADER(columns)			(&(columns "\n")[1])

void pagestat_show_tally(struct seq_file *m, const struct pagestat_tally *tally);

extern const struct pagestat_table_type pagestat_table_processes;
extern const struct pagestat_table_type pagestat_table_children;
extern const struct pagestat_table_type pagestat_table_threads;
extern const struct pagestat_table_type pagestat_table_exited;
extern const struct pagestat_table_type pagestat_table_latency;

extern const struct file_operations pagestat_table_fops;

#endif /* PAGESTAT_ROWS_H */
