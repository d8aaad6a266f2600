// SPDX-License-Identifier: GPL-2.0
/*
 * What happened between two samples
 *
 * A difference is printed only if it is known to be one: rows are matched by
 * pid and time of birth, and an interval with a reset in it has no differences.
 */
#include <stdlib.h>
#include <time.h>

#include "errors.h"
#include "interval.h"

/**
 * now_ns() - the time, on the clock that the module goes by
 *
 * Return: CLOCK_BOOTTIME in nanoseconds.
 */
uint64_t now_ns(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_BOOTTIME, &ts);
	return (uint64_t)ts.tv_sec * UINT64_C(1000000000) + (uint64_t)ts.tv_nsec;
}

/**
 * time_stamp() - the date and time of now, for people and programs
 * @stamp: gets it
 *
 * Return: @stamp, as 2025-01-31T23:59:59+0100.
 */
const char *time_stamp(char stamp[STAMP_MAX])
{
	time_t now = time(NULL);
	struct tm tm;

	strftime(stamp, STAMP_MAX, "%Y-%m-%dT%H:%M:%S%z", localtime_r(&now, &tm));
	return stamp;
}

/**
 * sample_take() - read the counters and since when they count
 * @sample: gets them; to be freed with sample_free() if this succeeds
 * @reader: from reader_open()
 * @file: "processes" or "children"
 *
 * "system" is read last: was_reset() depends on that.
 *
 * Return: EXIT_DONE, or another exit status after a message.
 */
int sample_take(struct sample *sample, struct reader *reader, const char *file)
{
	int rc;

	sample->begin_ns = now_ns();
	rc = snapshot_read(&sample->processes, reader, file);
	if (rc)
		return rc;
	rc = system_read(&sample->system, reader);
	if (rc)
		snapshot_free(&sample->processes);
	sample->end_ns = now_ns();
	return rc;
}

/**
 * sample_free() - give back what sample_take() made
 * @sample: taken, or all zero
 */
void sample_free(struct sample *sample)
{
	snapshot_free(&sample->processes);
	*sample = (struct sample){ 0 };
}

/**
 * was_reset() - were the counters set back between two samples?
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
bool was_reset(const struct sample *before, const struct sample *now)
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

	delta->known &= before->known;
	for (unsigned int i = FIRST_COUNTER; i < NR_NUMBERS; i++) {
		if (!is_known(delta->known, i))
			continue;
		if (now->value[i] < before->value[i])
			return false;
		delta->value[i] -= before->value[i];
	}
	return true;
}

/**
 * interval_rows() - what every process did between two samples
 * @rows: gets a row for every process that is in @now, in that order; to be
 *        freed with free(); NULL if the interval is to be skipped, because a
 *        reset was in it (said on stderr)
 * @before: the earlier sample
 * @now: the later one; must outlive @rows
 *
 * Return: EXIT_DONE, or EXIT_SYSTEM after a message.
 */
int interval_rows(struct process **rows, const struct sample *before,
		  const struct sample *now)
{
	const struct process *old = before->processes.process;
	const struct process *old_end = old + before->processes.nr;
	const struct snapshot *current = &now->processes;
	struct process *delta;

	*rows = NULL;
	if (was_reset(before, now)) {
		notice("the counters were reset: this interval is skipped");
		return EXIT_DONE;
	}

	delta = calloc(current->nr + 1, sizeof(*delta));
	if (!delta)
		return fail_memory();

	for (size_t i = 0; i < current->nr; i++) {
		const struct process *p = &current->process[i];
		int order = 1;

		while (old < old_end && (order = same_process(old, p)) < 0)
			old++;
		if (process_delta(&delta[i], order ? NULL : old, p))
			continue;

		notice("process %llu: a counter went backwards: this interval is skipped",
		     (unsigned long long)p->value[COL_pid]);
		free(delta);
		return EXIT_DONE;
	}
	*rows = delta;
	return EXIT_DONE;
}
