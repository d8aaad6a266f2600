// SPDX-License-Identifier: GPL-2.0
/*
 * snapshots.c - all live processes or threads, as rows
 */
#include <linux/mm.h>
#include <linux/mutex.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "adopt.h"
#include "buffer.h"
#include "histograms.h"
#include "read.h"
#include "snapshots.h"
#include "walk.h"

/* Of the rows of a process's threads, but the first: as that has it. */
#define AS_BEFORE	U64_MAX

/**
 * struct snapshot - the rows so far
 * @walk:   that takes it
 * @of:     what the rows are of
 * @buffer: the rows; their number goes on where there is no room for more
 * @row:    of the process that the walk has come to, or of its first thread; NULL
 * @cgroup: whose control group the process is in
 * @cgroup_known: its cgroup_id is that of the whole process
 */
struct snapshot {
	struct pagestat_walk walk;
	enum pagestat_rows_of of;
	struct pagestat_buffer buffer;
	struct pagestat_row *row;
	struct pagestat_row cgroup;
	bool cgroup_known;
};

static struct snapshot *snapshot_of(struct pagestat_walk *walk)
{
	return container_of(walk, struct snapshot, walk);
}

static struct pagestat_row *snapshot_next_row(struct pagestat_buffer *buffer)
{
	struct pagestat_row *rows = buffer->rows;

	return buffer->nr++ < buffer->room ? &rows[buffer->nr - 1] : NULL;
}

static void snapshot_process(struct pagestat_walk *walk, struct pagestat_process *p)
{
	struct snapshot *s = snapshot_of(walk);

	s->row = NULL;
	walk->sum = NULL;
	s->cgroup_known = pagestat_process_fill(&s->cgroup, p);
	if (s->of == ROWS_OF_THREADS)
		return;
	s->row = snapshot_next_row(&s->buffer);
	if (!s->row)
		return;
	*s->row = s->cgroup;
	if (s->of == ROWS_OF_CHILDREN) {
		s->row->tally = p->children;
		return;
	}
	pagestat_process_read(p, &s->row->tally);
	walk->sum = &s->row->tally;
}

static void snapshot_thread(struct pagestat_walk *walk, struct pagestat_thread *t)
{
	struct snapshot *s = snapshot_of(walk);
	struct pagestat_tally tally = { 0 };
	struct pagestat_row *row;

	if (!s->cgroup_known)
		s->cgroup_known = pagestat_row_cgroup(&s->cgroup, t->task);
	if (walk->sum)
		pagestat_thread_read(t, walk->sum);
	if (s->of != ROWS_OF_THREADS)
		return;
	row = snapshot_next_row(&s->buffer);
	if (!row)
		return;
	pagestat_thread_read(t, &tally);
	pagestat_row_fill(row, t->task, &tally);
	row->cgroup_id = AS_BEFORE;
	if (!s->row)
		s->row = row;
}

static void snapshot_left(struct pagestat_walk *walk)
{
	struct snapshot *s = snapshot_of(walk);

	if (!s->row)
		return;
	s->row->cgroup_id = s->cgroup.cgroup_id;
	pagestat_tally_derive(&s->row->tally);
}

static void share_cgroups(struct pagestat_buffer *buffer)
{
	struct pagestat_row *rows = buffer->rows;
	size_t i;

	for (i = 1; i < buffer->nr; i++)
		if (rows[i].cgroup_id == AS_BEFORE)
			rows[i].cgroup_id = rows[i - 1].cgroup_id;
}

/* Memory is allocated before: for who may have little, that takes long. */
static void walk_now(struct pagestat_walk *walk)
{
	mutex_lock(&pagestat_walk_mutex);
	pagestat_mend();
	pagestat_walk(walk);
	mutex_unlock(&pagestat_walk_mutex);
}

/**
 * pagestat_snapshot() - all live processes or threads
 * @of:     the processes' own counters, their ended children's, or the threads'
 * @buffer: gets the rows; to be freed
 *
 * Context: process context; sleeps.
 * Return: 0, -ENOMEM or -ENOBUFS.
 */
int pagestat_snapshot(enum pagestat_rows_of of, struct pagestat_buffer *buffer)
{
	struct snapshot s = {
		.walk = {
			.process = snapshot_process,
			.thread = snapshot_thread,
			.left = snapshot_left,
			.cost = 1,
		},
		.of = of,
	};
	size_t room;
	int err;

	do {
		/* Some more, for those that are born meanwhile. */
		room = max_t(size_t, s.buffer.nr, of == ROWS_OF_THREADS ?
			     READ_ONCE(pagestat_sums.threads) :
			     READ_ONCE(pagestat_sums.processes));
		room += room / 8 + 64;
		err = pagestat_buffer_alloc(&s.buffer, room, sizeof(struct pagestat_row));
		if (!err)
			walk_now(&s.walk);
	} while (!err && s.buffer.nr > s.buffer.room);
	if (!err)
		share_cgroups(&s.buffer);
	*buffer = s.buffer;
	return err;
}

/**
 * struct latency_snapshot - the rows of histograms so far
 * @walk:   that takes it
 * @buffer: the rows; their number goes on where there is no room for more
 * @leader: the process that the walk has come to
 * @sum:    its histograms
 * @ended:  those of processes that have ended
 */
struct latency_snapshot {
	struct pagestat_walk walk;
	struct pagestat_buffer buffer;
	struct pagestat_row leader;
	struct pagestat_histograms sum;
	struct pagestat_histograms ended;
};

static struct latency_snapshot *latency_snapshot_of(struct pagestat_walk *walk)
{
	return container_of(walk, struct latency_snapshot, walk);
}

/* The rows that have something to show, as far as there is room. */
static void latency_rows_add(struct latency_snapshot *s, const struct pagestat_histograms *sum,
			     const struct pagestat_row *leader)
{
	struct pagestat_latency_row *rows = s->buffer.rows, *row;
	int kind;

	for (kind = 0; kind < PAGESTAT_NR_KINDS; kind++) {
		const struct pagestat_histogram *h = &sum->of[kind];

		if ((!h->minor && !h->major) || s->buffer.nr++ >= s->buffer.room)
			continue;
		row = &rows[s->buffer.nr - 1];
		memset(row, 0, sizeof(*row));
		row->kind = kind;
		row->histogram = *h;
		row->pid = leader->pid;
		row->start_ns = leader->start_ns;
		memcpy(row->comm, leader->comm, sizeof(row->comm));
	}
}

static void latency_begin(struct pagestat_walk *walk)
{
	pagestat_histograms_ended_begin(&latency_snapshot_of(walk)->ended);
}

static void latency_process(struct pagestat_walk *walk, struct pagestat_process *p)
{
	struct latency_snapshot *s = latency_snapshot_of(walk);

	pagestat_process_fill(&s->leader, p);
	pagestat_histograms_read_process(p, &s->sum);
}

static void latency_thread(struct pagestat_walk *walk, struct pagestat_thread *t)
{
	pagestat_histograms_read_thread(t, &latency_snapshot_of(walk)->sum);
}

static void latency_left(struct pagestat_walk *walk)
{
	struct latency_snapshot *s = latency_snapshot_of(walk);

	latency_rows_add(s, &s->sum, &s->leader);
}

static void latency_finish(struct pagestat_walk *walk)
{
	static const struct pagestat_row none = { .comm = "(ended)" };
	struct latency_snapshot *s = latency_snapshot_of(walk);

	pagestat_histograms_ended_end(&s->ended);
	latency_rows_add(s, &s->ended, &none);
}

/**
 * pagestat_latency_snapshot() - all histograms
 * @buffer: gets the rows, the sum of the ended last; to be freed
 *
 * Context: process context; sleeps.
 * Return: 0, -ENOMEM or -ENOBUFS.
 */
int pagestat_latency_snapshot(struct pagestat_buffer *buffer)
{
	struct latency_snapshot *s = kzalloc(sizeof(*s), GFP_KERNEL);
	size_t room;
	int err;

	if (!s)
		return -ENOMEM;
	s->walk = (struct pagestat_walk){
		.begin = latency_begin,
		.process = latency_process,
		.thread = latency_thread,
		.left = latency_left,
		.finish = latency_finish,
		.cost = 16,
		.latency = &s->sum,
	};
	do {
		/* Few processes have faults of more than a few kinds. */
		room = max_t(size_t, s->buffer.nr, 2 * READ_ONCE(pagestat_sums.processes));
		room += room / 8 + 64;
		err = pagestat_buffer_alloc(&s->buffer, room,
					    sizeof(struct pagestat_latency_row));
		if (!err)
			walk_now(&s->walk);
	} while (!err && s->buffer.nr > s->buffer.room);
	*buffer = s->buffer;
	kfree(s);
	return err;
}
