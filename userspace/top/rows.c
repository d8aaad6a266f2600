// SPDX-License-Identifier: GPL-2.0
/*
 * The rows of the live table: from totals, or from the growth between two samples
 */
#include <stdlib.h>
#include <string.h>

#include "base/errors.h"
#include "base/intern.h"
#include "base/sums.h"
#include "model/doubt.h"
#include "model/owner.h"
#include "model/scale.h"
#include "top/top.h"

/*
 * Looking a cgroup up by pid is slow, as on modules without the column cgroup_id: each
 * refresh does so for one process in this many.
 */
#define CGROUP_TURNS	32

/* Sets users and cgroups of the rows of @now; cgroups may be taken from @before. */
static void look_up_owners(struct top *top, struct sample *now, const struct sample *before)
{
	bool users = top_needs_column(top, COL_user) || top->query.by == BY_USER || *top->filter == '@';
	bool cgroups = top_needs_column(top, COL_cgroup) || top->query.by == BY_CGROUP ||
		       top->query.cgroup || *top->filter == '/';
	size_t at = 0;

	owner_forget_cgroups();
	for (size_t i = 0; i < now->processes.nr; i++) {
		struct process *p = &now->processes.process[i];
		const struct process *old = before && cgroups ?
			snapshot_same(&before->processes, &at, p) : NULL;

		if (users && !p->user)
			p->user = owner_user_name(p->value[COL_uid]);
		if (!cgroups || p->cgroup)
			continue;
		if (old && old->cgroup && !p->value[COL_cgroup_id] &&
		    (i + top->refreshes) % CGROUP_TURNS)
			p->cgroup = old->cgroup;
		else
			p->cgroup = owner_cgroup(p->value[COL_pid], p->value[COL_cgroup_id]);
	}
	for (size_t i = 0; i < now->exited.nr && users; i++) {
		struct process *p = &now->exited.process[i];

		p->user = owner_user_name(p->value[COL_uid]);
	}
}

static bool first_is_before(const struct series *s)
{
	return s->first.processes.process == s->before.processes.process;
}

/* Makes the last sample the one from which COUNTS_SINCE counts. */
void top_count_from_now(struct top *top)
{
	struct series *s = top_series(top);

	if (s->nr < 2)
		return;
	if (!first_is_before(s))
		sample_free(&s->first);
	sample_free(&s->before);
	s->first = (struct sample){ 0 };
	s->nr = 1;
}

static void keep_names(const struct snapshot *snapshot)
{
	for (size_t i = 0; i < snapshot->nr; i++)
		if (snapshot->process[i].cgroup)
			intern(snapshot->process[i].cgroup);
}

/* Frees the names of control groups that no sample has any more. */
static void sweep_names(const struct top *top)
{
	for (int i = 0; i < 2; i++) {
		const struct series *s = &top->series[i];

		if (s->nr == 2) {
			keep_names(&s->first.processes);
			keep_names(&s->before.processes);
		}
		if (s->nr)
			keep_names(&s->now.processes);
	}
	intern_sweep();
}

/* Takes a sample. */
int top_refresh(struct top *top)
{
	bool threads = top->query.by == BY_THREAD;
	const struct sampling what = {
		.file = threads ? "threads" : "processes",
		.exited = !threads,
	};
	struct series *s = top_series(top);
	struct sample now;
	int rc;

	rc = sample_take(&now, top->reader, &what);
	if (rc)
		return rc;
	meminfo_read(&top->memory);
	if (s->nr && sample_was_reset(&s->now, &now)) {
		top_count_from_now(top);
		sample_free(&s->now);
		s->nr = 0;
		strcpy(top->message, "the counters were reset");
	}
	if (s->nr) {
		history_add(&top->history, &s->now.system, &now.system,
			    now.begin_ns - s->now.begin_ns);
		if (s->nr == 2 && !first_is_before(s))
			sample_free(&s->before);
		s->before = s->now;
		if (s->nr == 1)
			s->first = s->before;
		s->nr = 2;
	} else {
		s->nr = 1;
	}
	s->now = now;
	top->refreshes++;
	sweep_names(top);
	return EXIT_DONE;
}

/* Sets @grown of the rows from the growth since the last refresh. */
static void set_grown(struct process *row, size_t nr, const struct process *delta)
{
	for (size_t i = 0; i < nr; i++) {
		row[i].grown = 0;
		for (unsigned int c = FIRST_COUNTER; c < NR_NUMBERS; c++)
			if (is_known(delta[i].known, c) && delta[i].value[c])
				row[i].grown |= UINT64_C(1) << c;
	}
}

/* Makes all rows for top->counts, none if that needs another sample. */
static int make_rows(struct top *top, size_t *nr)
{
	struct series *s = top_series(top);
	const struct snapshot *all = &s->now.processes;
	struct process *delta = NULL;
	size_t nr_delta = 0;
	int rc = EXIT_DONE;

	*nr = 0;
	top->elapsed_ns = 0;
	if (s->nr == 2)
		rc = sample_interval(&delta, &nr_delta, &s->before, &s->now);
	if (rc)
		return rc;
	if (top->counts == COUNTS_TOTAL) {
		*nr = all->nr;
		top->row = calloc(all->nr + 1, sizeof(*top->row));
		if (!top->row)
			rc = fail_memory();
		else
			memcpy(top->row, all->process, all->nr * sizeof(*top->row));
		if (!rc)
			scale_lives(top->row, all->nr, &s->now);
	} else if (s->nr == 2 && top->counts == COUNTS_SINCE) {
		rc = sample_interval(&top->row, nr, &s->first, &s->now);
		top->elapsed_ns = s->now.begin_ns - s->first.begin_ns;
	} else if (s->nr == 2) {
		top->row = delta;
		*nr = nr_delta;
		top->elapsed_ns = s->now.begin_ns - s->before.begin_ns;
	}
	if (delta && top->row && top->row != delta)
		set_grown(top->row, all->nr, delta);
	if (top->row != delta)
		free(delta);
	return rc;
}

/* The totals from which the rows count, or NULL. */
static const struct system *counted_from(struct top *top)
{
	struct series *s = top_series(top);

	if (top->counts == COUNTS_TOTAL)
		return NULL;
	return s->nr < 2 ? &s->now.system :
	       top->counts == COUNTS_SINCE ? &s->first.system : &s->before.system;
}

/* Makes the rows of the table from the samples. */
int top_view(struct top *top)
{
	struct series *s = top_series(top);
	size_t nr;
	int rc;

	selection_free(&top->shown);
	free(top->row);
	top->row = NULL;
	if (!s->nr) {
		rc = top_refresh(top);
		if (rc)
			return rc;
	}
	/* Recordings have users and cgroups. */
	if (!top->player && s->nr == 2)
		look_up_owners(top, &s->before, NULL);
	if (!top->player)
		look_up_owners(top, &s->now, s->nr == 2 ? &s->before : NULL);
	rc = make_rows(top, &nr);
	top->query.filter = top->filter;
	top->query.counters = column_list_counters(&top->columns);
	if (!rc)
		rc = select_rows(&top->shown, &top->query, top->row, top->row ? nr : 0);
	if (sums_too_large())
		strcpy(top->message, SUMS_TOO_LARGE);
	top->shown.doubted = doubt_columns(counted_from(top), &s->now.system);
	if (top->first_row >= top->shown.nr)
		top->first_row = top->shown.nr ? top->shown.nr - 1 : 0;
	return rc;
}

void top_free(struct top *top)
{
	selection_free(&top->shown);
	free(top->row);
	for (int i = 0; i < 2; i++) {
		struct series *s = &top->series[i];

		if (s->nr == 2 && !first_is_before(s))
			sample_free(&s->first);
		if (s->nr == 2)
			sample_free(&s->before);
		if (s->nr)
			sample_free(&s->now);
	}
}
