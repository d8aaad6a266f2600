/* SPDX-License-Identifier: GPL-2.0 */
/* histograms.h - how long faults took, per thread, process and kind */
#ifndef PAGESTAT_HISTOGRAMS_H
#define PAGESTAT_HISTOGRAMS_H

#include <linux/llist.h>
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
 * @era:  how many resets there had been when the first fault was added; after another
 *        reset they count as empty
 * @free: in a list of those to be freed, or to be given to a thread
 */
struct pagestat_histograms {
	struct pagestat_histogram of[PAGESTAT_NR_KINDS];
	unsigned int era;
	struct llist_node free;
};

extern unsigned int pagestat_histograms_era;

void pagestat_histograms_add(struct pagestat_thread *t, enum pagestat_kind kind, bool major,
			     u64 ns);

int pagestat_histograms_give(void);
void pagestat_histograms_take(void);
int pagestat_histograms_prepare(void *record);
void pagestat_histograms_free(struct pagestat_histograms *latency);

void pagestat_histograms_thread_end(struct pagestat_thread *t);
void pagestat_histograms_process_end(struct pagestat_process *p);
void pagestat_histograms_reset(void);

void pagestat_histograms_read_process(const struct pagestat_process *p,
				      struct pagestat_histograms *sum);
void pagestat_histograms_read_thread(const struct pagestat_thread *t,
				     struct pagestat_histograms *sum);
void pagestat_histograms_ended_begin(struct pagestat_histograms *ended);
void pagestat_histograms_ended_end(struct pagestat_histograms *ended);

int pagestat_histograms_init(void);
void pagestat_histograms_exit(void);

#endif /* PAGESTAT_HISTOGRAMS_H */
