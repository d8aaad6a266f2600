// SPDX-License-Identifier: GPL-2.0
/*
 * pagestat replay: what was recorded, shown as it would have been then
 *
 * All but the samples is what reports of the module are made by.
 */
#include <stdlib.h>

#include "base/errors.h"
#include "recording/source.h"
#include "report/report.h"
#include "report/trust.h"
#include "report/watch.h"
#include "show/replay.h"

/* The totals that there were in the end, for who collects nothing else. */
static int last_totals(const struct options *options, struct source *source)
{
	struct sample last = { 0 }, sample;
	bool end, any = false;
	int rc;

	for (;;) {
		rc = source_next(source, &sample, &end);
		if (rc || end)
			break;
		sample_free(&last);
		last = sample;
		any = true;
	}
	if (options->exited) {
		struct snapshot live = last.processes;

		last.processes = last.exited;
		last.exited = live;
	}
	if (!rc && any)
		rc = report_sample(options, source->reader, &last);
	sample_free(&last);
	return rc;
}

/**
 * replay() - show a recording
 * @options: say which, and how
 *
 * Return: EXIT_DONE, or another exit status after a message.
 */
int replay(struct options *options)
{
	struct reader *reader = calloc(1, sizeof(*reader));
	struct source source = { 0 };
	int rc, closed;

	if (!reader)
		return fail_memory();
	rc = source_recorded(&source, reader, options);
	if (!rc)
		rc = options_for_metrics(options) ? last_totals(options, &source) :
						    watch(options, &source);
	if (!rc && !options_for_metrics(options))
		rc = source_check_end(&source);
	closed = source_close(&source);
	free(reader);
	return rc ? rc : closed;
}
