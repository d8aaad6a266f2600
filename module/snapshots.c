// SPDX-License-Identifier: GPL-2.0
/*
 * snapshots.c - all live processes or threads at one time, as rows
 *
 * Births and deaths wait for some 64 processes to be read at most.
 */
#include <linux/mm.h>
#include <linux/mutex.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "histograms.h"
#include "lives.h"
#include "read.h"
#include "snapshots.h"

/* The rows so far; @count goes on where there is no room for more. */
struct snapshot {
	enum pagestat_rows_of of;
	struct pagestat_row *rows;
	size_t room;
	size_t count;
};

static struct pagestat_row *snapshot_next_row(struct snapshot *s)
{
	return s->count++ < s->room ? &s->rows[s->count - 1] : NULL;
}

static void snapshot_add(struct pagestat_process *p, void *arg)
{
	struct snapshot *s = arg;
	struct pagestat_tally tally = { 0 };
	struct pagestat_thread *t;
	struct pagestat_row *row;

	if (s->of == ROWS_OF_THREADS) {
		list_for_each_entry(t, &p->threads, node) {
			row = snapshot_next_row(s);
			if (row)
				pagestat_thread_fill(row, t);
		}
		return;
	}
	row = snapshot_next_row(s);
	if (!row)
		return;
	if (s->of == ROWS_OF_PROCESSES)
		pagestat_process_read(p, &tally);
	pagestat_process_fill(row, p, s->of == ROWS_OF_PROCESSES ? &tally : &p->children);
}

/**
 * pagestat_snapshot() - all live processes or threads
 * @of:    the processes' own counters, their ended children's, or the threads'
 * @count: set to the number of rows
 *
 * Context: process context; sleeps.
 * Return: the rows, to be freed by kvfree(), or NULL for want of memory.
 */
struct pagestat_row *pagestat_snapshot(enum pagestat_rows_of of, size_t *count)
{
	struct snapshot s = { .of = of };

	mutex_lock(&pagestat_walk_mutex);
	pagestat_lives_mend();
	do {
		/* Some more, for those that are born meanwhile. */
		s.room = max_t(size_t, s.count, of == ROWS_OF_THREADS ?
			       READ_ONCE(pagestat_sums.threads) :
			       READ_ONCE(pagestat_sums.processes));
		s.room += s.room / 8 + 64;
		s.count = 0;
		kvfree(s.rows);
		s.rows = kvmalloc_array(s.room, sizeof(*s.rows), GFP_KERNEL);
		if (s.rows)
			pagestat_live_walk(snapshot_add, &s);
	} while (s.rows && s.count > s.room);
	mutex_unlock(&pagestat_walk_mutex);

	*count = s.count;
	return s.rows;
}

struct latency_snapshot {
	struct pagestat_latency_row *rows;
	size_t room;
	size_t count;
};

/* A row, if there is room and something to show; no @leader: of ended processes. */
static void latency_row_add(struct latency_snapshot *s, const struct pagestat_histogram *h,
			    enum pagestat_kind kind, const struct pagestat_row *leader)
{
	struct pagestat_latency_row *row;

	if (!h->minor && !h->major)
		return;
	if (s->count++ >= s->room)
		return;
	row = &s->rows[s->count - 1];
	memset(row, 0, sizeof(*row));
	row->kind = kind;
	row->histogram = *h;
	if (!leader) {
		strscpy(row->comm, "(ended)", sizeof(row->comm));
		return;
	}
	row->pid = leader->pid;
	row->start_ns = leader->start_ns;
	memcpy(row->comm, leader->comm, sizeof(row->comm));
}

static void latency_snapshot_add(struct pagestat_process *p, void *arg)
{
	struct latency_snapshot *s = arg;
	struct pagestat_row leader;
	int kind;

	pagestat_process_fill(&leader, p, &p->ended);
	for (kind = 0; kind < PAGESTAT_NR_KINDS; kind++) {
		struct pagestat_histogram sum;

		pagestat_histogram_read(p, kind, &sum);
		latency_row_add(s, &sum, kind, &leader);
	}
	p->walk = pagestat_walk_now;
}

/* All rows, as many as there is room for: the live, then the sum of the ended. */
static void latency_snapshot_take(struct latency_snapshot *s, struct pagestat_histograms *ended)
{
	int kind;

	raw_spin_lock(&pagestat_records_lock);
	pagestat_live_walk_begin();
	pagestat_histograms_ended_begin(ended);
	raw_spin_unlock(&pagestat_records_lock);

	pagestat_live_walk(latency_snapshot_add, s);

	raw_spin_lock(&pagestat_records_lock);
	pagestat_histograms_ended_end(ended);
	for (kind = 0; kind < PAGESTAT_NR_KINDS; kind++)
		latency_row_add(s, &ended->of[kind], kind, NULL);
	pagestat_live_walk_end();
	raw_spin_unlock(&pagestat_records_lock);
}

/**
 * pagestat_latency_snapshot() - all histograms
 * @count: set to the number of rows
 *
 * Context: process context; sleeps.
 * Return: the rows, to be freed by kvfree(), or NULL for want of memory.
 */
struct pagestat_latency_row *pagestat_latency_snapshot(size_t *count)
{
	struct pagestat_histograms *ended = kmalloc(sizeof(*ended), GFP_KERNEL);
	struct latency_snapshot s = { 0 };

	if (!ended)
		return NULL;
	mutex_lock(&pagestat_walk_mutex);
	pagestat_lives_mend();
	do {
		/* Few processes have faults of more than a few kinds. */
		s.room = max_t(size_t, s.count, 2 * READ_ONCE(pagestat_sums.processes));
		s.room += s.room / 8 + 64;
		s.count = 0;
		kvfree(s.rows);
		s.rows = kvmalloc_array(s.room, sizeof(*s.rows), GFP_KERNEL);
		if (s.rows)
			latency_snapshot_take(&s, ended);
	} while (s.rows && s.count > s.room);
	mutex_unlock(&pagestat_walk_mutex);
	kfree(ended);

	*count = s.count;
	return s.rows;
}
