// SPDX-License-Identifier: GPL-2.0
/*
 * What happened between two samples
 *
 * A difference is printed only if it is known to be one: rows are matched by
 * pid and time of birth, and an interval with a reset in it has no differences.
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
 * sample_take() - read the counters and since when they count
 * @sample: gets them; to be freed with sample_free() if this succeeds
 * @reader: from reader_open()
 * @what: is to be read
 *
 * "exited" is read after the live ones, so that a process that ends meanwhile is in
 * both and not in none.  "system" is read last: sample_was_reset() depends on that.
 *
 * Return: EXIT_DONE, or another exit status after a message.
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
	/* Who has ended has no cgroup, and its pid may be another's by now. */
	look_up(&sample->processes, what->users,
		what->cgroups && strcmp(what->file, "exited") != 0);
	look_up(&sample->exited, what->users, false);
	return EXIT_DONE;
}

/**
 * sample_free() - give back what sample_take() made
 * @sample: taken, or all zero
 */
void sample_free(struct sample *sample)
{
	snapshot_free(&sample->processes);
	snapshot_free(&sample->exited);
	*sample = (struct sample){ 0 };
}

/**
 * sample_was_reset() - were the counters set back between two samples?
 * @before: the earlier sample
 * @now: the later one
 *
 * They were if they count for a shorter time than has passed since @before was
 * begun.  That misses no reset, not even one between two files of a sample, and
 * errs only when one came just before @before.  A since_ns that became smaller
 * would miss every reset that is longer ago than the one before it was.
 *
 * Return: whether they were, or may have been.
 */
bool sample_was_reset(const struct sample *before, const struct sample *now)
{
	uint64_t since = now->system.value[SYS_since_ns];

	return since < before->system.value[SYS_since_ns] ||
	       since < now->end_ns - before->begin_ns;
}

/**
 * process_delta() - what a process did between two samples
 * @delta: gets the differences; unknown where either side is
 * @before: its earlier row, NULL if it was born since
 * @now: its later row
 *
 * Return: false if a counter went backwards; then @delta is not to be used.
 */
bool process_delta(struct process *delta, const struct process *before,
		   const struct process *now)
{
	*delta = *now;
	if (!before)
		return true;

	/* What tells the row is now's: how it ended, above all. */
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
	/* Of one that has ended, what was known when it lived. */
	if (before && !row->cgroup)
		row->cgroup = before->cgroup;
	++*nr;
	return true;
}

/*
 * Who has ended since: who was alive, or is in "exited" for the first time.  One
 * that ended while @before was taken may have been in both; it was shown as alive.
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
		notice("more processes ended than the module remembers, so some are missing here; its parameter max_exited says how many");
	return true;
}

/**
 * sample_interval() - what every process did between two samples
 * @rows: gets a row for every process that is in @now, in that order, then one for
 *        each that has ended, if the samples have those; to be freed with free();
 *        NULL if the interval is to be skipped, because a reset was in it (said on
 *        stderr)
 * @nr: gets how many
 * @before: the earlier sample
 * @now: the later one; must outlive @rows, as must @before
 *
 * Return: EXIT_DONE, or EXIT_SYSTEM after a message.
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
	if (good)
		*rows = delta;
	else
		free(delta);
	return EXIT_DONE;
}
