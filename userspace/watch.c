// SPDX-License-Identifier: GPL-2.0
/*
 * A report every interval
 */
#include "errors.h"
#include "report.h"
#include "select.h"
#include "stop.h"
#include "trust.h"
#include "watch.h"

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

/**
 * watch() - report what happens, an interval after the other
 * @options: say which processes, and how long
 * @source: gives the samples
 *
 * Ends after the last interval, on SIGINT or SIGTERM, at the end of a recording, or
 * when none of the processes of -p is left.
 *
 * Return: EXIT_DONE, or another exit status after a message.
 */
int watch(const struct options *options, struct source *source)
{
	struct sample before, now;
	int rc, asked;
	bool end;

	rc = source_next(source, &before, &end);
	if (rc || end)
		return rc;
	note_absent(&before.processes);
	asked = options->pid ? check_asked(options, &before.processes) : EXIT_DONE;
	if (asked && !still_there(options, &before, &before)) {
		sample_free(&before);
		return asked;
	}

	report_begin(options);
	stop_by_signals();
	for (uint64_t n = 0; n < options->count && !rc; n++) {
		rc = source_next(source, &now, &end);
		if (rc || end)
			break;
		rc = report_interval(options, source->reader, &before, &now);
		if (stop_asked())
			rc = EXIT_DONE;
		if (options->pid && !still_there(options, &before, &now))
			n = options->count - 1;
		sample_free(&before);
		before = now;
	}
	sample_free(&before);
	return rc ? rc : asked;
}
