/* SPDX-License-Identifier: GPL-2.0 */
/* live.h - the live processes, and what lives.c, read.c and reset.c share */
#ifndef PAGESTAT_LIVE_H
#define PAGESTAT_LIVE_H

#include <linux/mutex.h>

#include "caretaker.h"
#include "records.h"

/* Guarded by records_lock. */
extern struct list_head live;
extern struct totals sums;	/* of the ended; the live are added when read */

/* All that lived at the load have records, or were told that there is no room. */
extern bool all_adopted;

/* Who walks the live processes; one at a time, see live_walk(). */
extern struct mutex walk_mutex;
extern unsigned int walk_now;	/* the walk that marks processes; 0: none */
extern struct tally walk_missed; /* of those that ended before it came to them */

static inline void tally_add(struct tally *sum, const struct tally *tally)
{
	int i;

	for (i = 0; i < PAGESTAT_NR; i++)
		sum->n[i] += tally->n[i];
}

/* A process that ends: had the walk that marks them still to come to it? */
static inline bool live_walk_to_come(const struct process *p)
{
	return walk_now && p->walk != walk_now;
}

int find_init(unsigned int most);
void find_exit(void);
void find_add(struct thread *t);
void find_remove(struct thread *t);

void thread_read(const struct thread *t, struct tally *sum);
void row_fill(struct row *row, struct task_struct *task,
	      const struct tally *tally);
void process_fill(struct row *row, const struct process *p,
		  const struct tally *tally);
void live_walk(void (*visit)(struct process *p, void *arg), void *arg);
void live_walk_begin(void);
void live_walk_end(void);
void records_mend(void);
void totals_since_reset(struct totals *totals);
u64 records_lost_hits(void);

#endif /* PAGESTAT_LIVE_H */
