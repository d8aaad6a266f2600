/* SPDX-License-Identifier: GPL-2.0 */
/* read.h - a record read while it is being written */
#ifndef PAGESTAT_READ_H
#define PAGESTAT_READ_H

#include <linux/sched.h>
#include <linux/types.h>

#include "records.h"

/**
 * struct pagestat_row - one process or thread, as published; see the columns
 */
struct pagestat_row {
	pid_t pid;
	pid_t tid;
	pid_t ppid;
	uid_t uid;
	int exit_code;
	u64 start_ns;
	u64 end_ns;
	u64 cgroup_id;
	struct pagestat_tally tally;
	char comm[TASK_COMM_LEN];
};

void pagestat_tally_derive(struct pagestat_tally *tally);
void pagestat_thread_read(const struct pagestat_thread *t, struct pagestat_tally *sum);
void pagestat_process_read(const struct pagestat_process *p, struct pagestat_tally *sum);
void pagestat_row_fill(struct pagestat_row *row, struct task_struct *task,
		       const struct pagestat_tally *tally);
bool pagestat_process_fill(struct pagestat_row *row, const struct pagestat_process *p);
bool pagestat_row_cgroup(struct pagestat_row *row, struct task_struct *task);

#endif /* PAGESTAT_READ_H */
