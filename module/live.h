/* SPDX-License-Identifier: GPL-2.0 */
/* live.h - the live processes, and what lives.c, read.c and reset.c share */
#ifndef PAGESTAT_LIVE_H
#define PAGESTAT_LIVE_H

#include <linux/mutex.h>

#include "caretaker.h"
#include "records.h"

/* Guarded by pagestat_records_lock. */
extern struct list_head pagestat_live;
extern struct pagestat_totals pagestat_sums;	/* of the ended; the live are added when read */

/* All that lived at the load have records, or were told that there is no room. */
extern bool pagestat_all_adopted;

/* Who walks the live processes; one at a time, see pagestat_live_walk(). */
extern struct mutex pagestat_walk_mutex;
extern unsigned int pagestat_walk_now;	/* the walk that marks processes; 0: none */
extern struct pagestat_tally pagestat_walk_missed; /* of those that ended before it came to them */

static inline void pagestat_tally_add(struct pagestat_tally *sum, const struct pagestat_tally *tally)
{
	int i;

	for (i = 0; i < PAGESTAT_NR; i++)
		sum->n[i] += tally->n[i];
}

/* A process that ends: had the walk that marks them still to come to it? */
static inline bool pagestat_live_walk_to_come(const struct pagestat_process *p)
{
	return pagestat_walk_now && p->walk != pagestat_walk_now;
}

int find_init(unsigned int most);
void find_exit(void);
void find_add(struct pagestat_thread *t);
void find_remove(struct pagestat_thread *t);

void pagestat_thread_read(const struct pagestat_thread *t, struct pagestat_tally *sum);
void pagestat_row_fill(struct pagestat_row *row, struct task_struct *task,
		       const struct pagestat_tally *tally);
void pagestat_process_fill(struct pagestat_row *row, const struct pagestat_process *p,
			   const struct pagestat_tally *tally);
void pagestat_live_walk(void (*visit)(struct pagestat_process *p, void *arg), void *arg);
void pagestat_live_walk_begin(void);
void pagestat_live_walk_end(void);
void pagestat_records_mend(void);
void pagestat_totals_since_reset(struct pagestat_totals *totals);
u64 pagestat_records_lost_hits(void);

#endif /* PAGESTAT_LIVE_H */
