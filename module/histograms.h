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

struct pagestat_process;
struct pagestat_thread;

/**
 * struct pagestat_histogram - the faults of one kind, see "latency" in the interface
 * @minor:  how many were minor
 * @major:  how many were major
 * @sum_ns: how long they took together
 * @max_ns: how long the longest took
 * @bucket: how many took how long
 */
struct pagestat_histogram {
	u64 minor;
	u64 major;
	u64 sum_ns;
	u64 max_ns;
	u64 bucket[PAGESTAT_BUCKETS];
};

/**
 * struct pagestat_histograms - those of one thread, or of the ended threads of a process
 * @of:   a histogram a kind
 * @era:  pagestat_histograms_era when the first fault was added; of another era they are
 *        taken for empty
 * @free: in a list of those to be freed
 */
struct pagestat_histograms {
	struct pagestat_histogram of[PAGESTAT_NR_KINDS];
	unsigned int era;
	struct llist_node free;
};

/**
 * struct pagestat_latency_row - a row of "latency"
 */
struct pagestat_latency_row {
	pid_t pid;
	u64 start_ns;
	enum pagestat_kind kind;
	struct pagestat_histogram histogram;
	char comm[TASK_COMM_LEN];
};

extern unsigned int pagestat_histograms_era;

/* Which bucket a time belongs to. */
static inline unsigned int pagestat_histogram_bucket(u64 ns)
{
	return min_t(unsigned int, fls64(ns / PAGESTAT_BUCKET_NS),
		     PAGESTAT_BUCKETS - 1);
}

int pagestat_histograms_init(void);
void pagestat_histograms_exit(void);

int pagestat_histograms_give(void);
void pagestat_histograms_take(void);

struct pagestat_histograms *pagestat_histograms_alloc(void);
void pagestat_histograms_free(struct pagestat_histograms *histograms);
void pagestat_histograms_add(struct pagestat_thread *t, enum pagestat_kind kind, bool major,
			     u64 ns);
void pagestat_histograms_thread_end(struct pagestat_thread *t);
void pagestat_histograms_process_end(struct pagestat_process *p);
void pagestat_histograms_reset(void);
void pagestat_histograms_forget(void);

struct pagestat_latency_row *pagestat_histograms_rows(size_t *count);

#endif /* PAGESTAT_HISTOGRAMS_H */
