// SPDX-License-Identifier: GPL-2.0
/*
 * A report every interval
 */
#include "base/errors.h"
#include "base/intern.h"
#include "base/stop.h"
#include "model/asked.h"
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

/* Reports of intervals, until there is no more to report. */
static int report_intervals(const struct report *report, struct source *source,
			    struct sample *before, struct asked *asked)
{
	const struct pid_list *pids = &report->query.pids;
	struct sample now;
	int rc = EXIT_DONE;
	bool end;

	for (uint64_t n = 0; n < report->period.count && !rc; n++) {
		rc = source_next(source, &now, &end);
		if (rc || end)
			break;
		rc = report_interval(report, source->reader, before, &now);
		/* While it was printed; the writing may have been interrupted. */
		if (stop_asked() && !source->ended) {
			rc = EXIT_DONE;
			end = true;
		}
		asked_note(asked, &now.processes);
		asked_note(asked, &now.exited);
		if (pids->pid && !still_there(pids, before, &now) &&
		    !(source->recording && asked_missing_pids(asked)))
			n = report->period.count - 1;
		sample_free(before);
		*before = now;
		/* Those of this sample stay; a recording uses names of any before it. */
		if (!source->recording)
			intern_sweep();
		if (end)
			break;
	}
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
	struct asked asked;
	struct sample before;
	int rc, missing = EXIT_DONE;
	bool end;

	rc = source_next(source, &before, &end);
	if (rc || end)
		return rc;
	notices_absent(&before.processes);
	rc = asked_open(&asked, &report->query, recorded ? " in the recording" : "");
	if (!rc)
		asked_note(&asked, &before.processes);
	/* What is not there may come; but not a process of -p, as it would be another one. */
	if (!rc && !recorded)
		missing = asked_check(&asked);
	if (!rc && !(missing && pids->pid && !still_there(pids, &before, &before))) {
		report_begin(report);
		stop_by_signals();
		rc = report_intervals(report, source, &before, &asked);
		if (!rc)
			missing = asked_check(&asked);
	}
	asked_close(&asked);
	sample_free(&before);
	return rc ? rc : missing;
}
