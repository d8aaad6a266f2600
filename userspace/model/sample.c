// SPDX-License-Identifier: GPL-2.0
/*
 * Samples of all rows, and the differences between two samples
 *
 * Rows are matched by pid and time of birth.  An interval with a reset is skipped.
 */
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/errors.h"
#include "model/owner.h"
#include "model/sample.h"

static void look_up(struct snapshot *snapshot, bool users, bool cgroups)
{
	owner_forget_cgroups();
	for (size_t i = 0; i < snapshot->nr; i++) {
		struct process *p = &snapshot->process[i];

		if (users)
			p->user = owner_user_name(p->value[COL_uid]);
		if (cgroups)
			p->cgroup = owner_cgroup(p->value[COL_pid], p->value[COL_cgroup_id]);
	}
}

/**
 * sample_take() - read the counters, and since when they count
 * @sample: to be freed with sample_free() if this succeeds
 * @what: is to be read
 *
 * "exited" is read after the live processes, so that one that ends meanwhile is in both
 * and not in none.  "system" is read last: sample_was_reset() depends on that.
 */
int sample_take(struct sample *sample, struct reader *reader,
		const struct sampling *what)
{
	int rc;

	*sample = (struct sample){ .begin_ns = clock_boot_ns() };
	rc = snapshot_read(&sample->processes, reader, what->file);
	if (!rc && what->exited && reader_has(reader, "exited"))
		rc = snapshot_read(&sample->exited, reader, "exited");
	if (!rc)
		rc = system_read(&sample->system, reader);
	if (rc) {
		sample_free(sample);
		return rc;
	}
	sample->end_ns = clock_boot_ns();
	sample->wall_ns = clock_wall_ns();
	/* An ended process is in no cgroup, and its pid may be used again. */
	look_up(&sample->processes, what->users,
		what->cgroups && strcmp(what->file, "exited") != 0);
	look_up(&sample->exited, what->users, false);
	return EXIT_DONE;
}

/**
 * sample_free() - free what sample_take() made, if anything
 */
void sample_free(struct sample *sample)
{
	snapshot_free(&sample->processes);
	snapshot_free(&sample->exited);
	*sample = (struct sample){ 0 };
}

/**
 * sample_was_reset() - may a reset have come between two samples?
 *
 * If the counters count for less time than has passed since @before was begun, they were
 * reset.  That finds every reset, even one between two files of a sample, and is wrong
 * only about a reset just before @before.  A smaller since_ns alone would miss a reset
 * that came longer ago than the reset before it had when @before was read.
 */
bool sample_was_reset(const struct sample *before, const struct sample *now)
{
	uint64_t since = now->system.value[SYS_since_ns];

	return since < before->system.value[SYS_since_ns] ||
	       since < now->end_ns - before->begin_ns;
}

/**
 * process_delta() - what a process did between two samples
 * @delta: gets the differences, unknown where one of the values is
 * @before: NULL if the process was born in between
 *
 * Return: false if a counter decreased; then @delta is not to be used.
 */
bool process_delta(struct process *delta, const struct process *before,
		   const struct process *now)
{
	*delta = *now;
	if (!before)
		return true;

	/* Values that are not counters are those of @now, like how it ended. */
	delta->known &= before->known | ((UINT64_C(1) << FIRST_COUNTER) - 1);
	for (unsigned int i = FIRST_COUNTER; i < NR_NUMBERS; i++) {
		if (!is_known(delta->known, i))
			continue;
		if (now->value[i] < before->value[i])
			return false;
		delta->value[i] -= before->value[i];
	}
	return true;
}

static bool add_row(struct process *rows, size_t *nr, const struct process *before,
		    const struct process *now)
{
	struct process *row = &rows[*nr];

	if (!process_delta(row, before, now)) {
		notice("process %llu: a counter went backwards: this interval is skipped",
		       (unsigned long long)now->value[COL_pid]);
		return false;
	}
	/* An ended process has the control group that it had while alive. */
	if (before && !row->cgroup)
		row->cgroup = before->cgroup;
	++*nr;
	return true;
}

/*
 * Processes that ended since @before: they were alive, or are in "exited" for the first
 * time.  One that ended while @before was taken may be in both; it was shown as alive.
 */
static bool add_ended(struct process *rows, size_t *nr, const struct sample *before,
		      const struct sample *now)
{
	size_t alive_at = 0, known_at = 0, still_at = 0, old = 0;

	for (size_t i = 0; i < now->exited.nr; i++) {
		const struct process *p = &now->exited.process[i];
		const struct process *alive = snapshot_same(&before->processes, &alive_at, p);
		bool known = snapshot_same(&before->exited, &known_at, p);

		old += known;
		if ((!alive && known) || snapshot_same(&now->processes, &still_at, p))
			continue;
		if (!add_row(rows, nr, alive, p))
			return false;
		rows[*nr - 1].ended = true;
	}
	if (before->exited.nr && now->exited.nr && !old)
		notice("more processes ended than the module keeps, so some are missing here; see its parameter max_exited");
	return true;
}

/**
 * sample_interval() - what every process did between two samples
 * @rows: gets a row for each process in @now, in that order, then for each that has
 *        ended, if the samples have "exited"; to be freed with free(); NULL if the
 *        interval is skipped because of a reset, after a notice
 * @before: the earlier sample
 * @now: the later one; must outlive @rows, as must @before
 */
int sample_interval(struct process **rows, size_t *nr, const struct sample *before,
		    const struct sample *now)
{
	const struct snapshot *current = &now->processes;
	struct process *delta;
	size_t at = 0;
	bool good = true;

	*rows = NULL;
	*nr = 0;
	if (sample_was_reset(before, now)) {
		notice("the counters were reset: this interval is skipped");
		return EXIT_DONE;
	}

	delta = calloc(current->nr + now->exited.nr + 1, sizeof(*delta));
	if (!delta)
		return fail_memory();

	for (size_t i = 0; i < current->nr && good; i++) {
		const struct process *p = &current->process[i];

		good = add_row(delta, nr, snapshot_same(&before->processes, &at, p), p);
	}
	if (good)
		good = add_ended(delta, nr, before, now);
	for (size_t i = 0; i < *nr; i++)
		delta[i].wall_ns = now->begin_ns - before->begin_ns;
	if (good)
		*rows = delta;
	else
		free(delta);
	return EXIT_DONE;
}
