// SPDX-License-Identifier: GPL-2.0
/*
 * A report every interval
 */
#include <stdlib.h>

#include "base/errors.h"
#include "base/stop.h"
#include "model/select.h"
#include "report/report.h"
#include "report/notices.h"
#include "report/watch.h"

/* How many of the -p processes are left; prints which ended since @before. */
static size_t still_there(const struct pid_list *pids,
			  const struct sample *before, const struct sample *now)
{
	size_t left = 0;

	for (size_t i = 0; i < pids->nr; i++) {
		uint64_t pid = pids->pid[i];

		if (snapshot_find(&now->processes, pid))
			left++;
		else if (snapshot_find(&before->processes, pid))
			notice("process %llu has ended", (unsigned long long)pid);
	}
	return left;
}

/* Sets @seen for -p processes in a sample.  Return: how many were in none so far. */
static size_t note_seen(const struct pid_list *pids, const struct sample *sample,
			bool *seen)
{
	size_t missing = 0;

	for (size_t i = 0; i < pids->nr; i++) {
		seen[i] = seen[i] || snapshot_find(&sample->processes, pids->pid[i]) ||
			  snapshot_find(&sample->exited, pids->pid[i]);
		missing += !seen[i];
	}
	return missing;
}

static int check_seen(const struct pid_list *pids, const bool *seen)
{
	int rc = EXIT_DONE;

	for (size_t i = 0; i < pids->nr; i++)
		if (!seen[i])
			rc = fail(EXIT_NO_PROCESS, "-p %llu: no such process in the recording",
				  (unsigned long long)pids->pid[i]);
	return rc;
}

/**
 * watch() - a report every interval
 *
 * Ends after the last interval, on SIGINT or SIGTERM, at the end of a recording, or when
 * none of the processes of -p is left.  In a recording they may be born later, or live only
 * between two samples.
 */
int watch(const struct report *report, struct source *source)
{
	const struct pid_list *pids = &report->query.pids;
	const bool recorded = source->recording;
	struct sample before, now;
	int rc, asked = EXIT_DONE;
	bool end, *seen;
	size_t missing;

	rc = source_next(source, &before, &end);
	if (rc || end)
		return rc;
	notices_absent(&before.processes);
	seen = calloc(pids->nr + 1, sizeof(*seen));
	if (!seen) {
		rc = fail_memory();
		goto out;
	}
	note_seen(pids, &before, seen);
	if (pids->pid && !recorded)
		asked = select_check_named(&report->query, &before.processes);
	if (asked && !still_there(pids, &before, &before))
		goto out;

	report_begin(report);
	stop_by_signals();
	for (uint64_t n = 0; n < report->period.count && !rc; n++) {
		rc = source_next(source, &now, &end);
		if (rc || end)
			break;
		rc = report_interval(report, source->reader, &before, &now);
		if (stop_asked())
			rc = EXIT_DONE;
		missing = note_seen(pids, &now, seen);
		if (pids->pid && !still_there(pids, &before, &now) &&
		    !(recorded && missing))
			n = report->period.count - 1;
		sample_free(&before);
		before = now;
	}
	if (!rc && recorded)
		asked = check_seen(pids, seen);
out:
	free(seen);
	sample_free(&before);
	return rc ? rc : asked;
}
