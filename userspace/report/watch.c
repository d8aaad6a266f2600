// SPDX-License-Identifier: GPL-2.0
/*
 * A report every interval
 */
#include <stdlib.h>

#include "base/errors.h"
#include "base/stop.h"
#include "model/select.h"
#include "report/report.h"
#include "report/trust.h"
#include "report/watch.h"

/* The -p processes that are left; says which of them ended since @before. */
static size_t still_there(const struct options *options,
			  const struct sample *before, const struct sample *now)
{
	size_t left = 0;

	for (size_t i = 0; i < options->nr_pids; i++) {
		uint64_t pid = options->pid[i];

		if (snapshot_find(&now->processes, pid))
			left++;
		else if (snapshot_find(&before->processes, pid))
			notice("process %llu has ended", (unsigned long long)pid);
	}
	return left;
}

/* Notes which of the -p processes are in a sample.  How many never were? */
static size_t note_seen(const struct options *options, const struct sample *sample,
			bool *seen)
{
	size_t missing = 0;

	for (size_t i = 0; i < options->nr_pids; i++) {
		seen[i] = seen[i] || snapshot_find(&sample->processes, options->pid[i]) ||
			  snapshot_find(&sample->exited, options->pid[i]);
		missing += !seen[i];
	}
	return missing;
}

/* In all of a recording. */
static int check_seen(const struct options *options, const bool *seen)
{
	int rc = EXIT_DONE;

	for (size_t i = 0; i < options->nr_pids; i++)
		if (!seen[i])
			rc = fail(EXIT_NO_PROCESS, "-p %llu: no such process in the recording",
				  (unsigned long long)options->pid[i]);
	return rc;
}

/**
 * watch() - report what happens, an interval after the other
 * @options: say which processes, and how long
 * @source: gives the samples
 *
 * Ends after the last interval, on SIGINT or SIGTERM, at the end of a recording, or
 * when none of the processes of -p is left.  In a recording they may come later, or
 * have lived between two samples.
 *
 * Return: EXIT_DONE, or another exit status after a message.
 */
int watch(const struct options *options, struct source *source)
{
	const bool recorded = source->recording;
	struct sample before, now;
	int rc, asked = EXIT_DONE;
	bool end, *seen;
	size_t missing;

	rc = source_next(source, &before, &end);
	if (rc || end)
		return rc;
	note_absent(&before.processes);
	seen = calloc(options->nr_pids + 1, sizeof(*seen));
	if (!seen) {
		rc = fail_memory();
		goto out;
	}
	note_seen(options, &before, seen);
	if (options->pid && !recorded)
		asked = check_asked(options, &before.processes);
	if (asked && !still_there(options, &before, &before))
		goto out;

	report_begin(options);
	stop_by_signals();
	for (uint64_t n = 0; n < options->count && !rc; n++) {
		rc = source_next(source, &now, &end);
		if (rc || end)
			break;
		rc = report_interval(options, source->reader, &before, &now);
		if (stop_asked())
			rc = EXIT_DONE;
		missing = note_seen(options, &now, seen);
		if (options->pid && !still_there(options, &before, &now) &&
		    !(recorded && missing))
			n = options->count - 1;
		sample_free(&before);
		before = now;
	}
	if (!rc && recorded)
		asked = check_seen(options, seen);
out:
	free(seen);
	sample_free(&before);
	return rc ? rc : asked;
}
