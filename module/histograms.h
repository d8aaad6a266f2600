/* SPDX-License-Identifier: GPL-2.0 */
/* histograms.h - how long faults took, per thread, process and kind */
#ifndef PAGESTAT_HISTOGRAMS_H
#define PAGESTAT_HISTOGRAMS_H

#include <linux/bitops.h>
#include <linux/llist.h>
#include <linux/minmax.h>
#include <linux/sched.h>
#include <linux/types.h>

#include "uapi/pagestat.h"

struct process;
struct thread;

/**
 * struct histogram - the faults of one kind, see "latency" in the interface
 * @minor:  how many were minor
 * @major:  how many were major
 * @sum_ns: how long they took together
 * @max_ns: how long the longest took
 * @bucket: how many took how long
 */
struct histogram {
	u64 minor;
	u64 major;
	u64 sum_ns;
	u64 max_ns;
	u64 bucket[PAGESTAT_BUCKETS];
};

/**
 * struct histograms - those of one thread, or of the ended threads of a process
 * @of:   a histogram a kind
 * @era:  histograms_era when the first fault was added; of another era they are
 *        taken for empty
 * @free: in a list of those to be freed
 */
struct histograms {
	struct histogram of[PAGESTAT_NR_KINDS];
	unsigned int era;
	struct llist_node free;
};

/**
 * struct latency_row - a row of "latency"
 */
struct latency_row {
	pid_t pid;
	u64 start_ns;
	enum pagestat_kind kind;
	struct histogram histogram;
	char comm[TASK_COMM_LEN];
};

extern unsigned int histograms_era;

/* Which bucket a time belongs to. */
static inline unsigned int histogram_bucket(u64 ns)
{
	return min_t(unsigned int, fls64(ns / PAGESTAT_BUCKET_NS),
		     PAGESTAT_BUCKETS - 1);
}

int histograms_init(void);
void histograms_exit(void);

int histograms_give(void);
void histograms_take(void);

struct histograms *histograms_alloc(void);
void histograms_free(struct histograms *histograms);
void histograms_add(struct thread *t, enum pagestat_kind kind, bool major,
		    u64 ns);
void histograms_thread_end(struct thread *t);
void histograms_process_end(struct process *p);
void histograms_reset(void);
void histograms_forget(void);

struct latency_row *histograms_rows(size_t *count);

#endif /* PAGESTAT_HISTOGRAMS_H */
