// SPDX-License-Identifier: GPL-2.0
/*
 * pagestat record: samples into a file, for pagestat replay and plot
 *
 * All processes are recorded, with all that is known of them: what is wanted is
 * chosen when they are shown.
 */
#include <inttypes.h>

#include "base/errors.h"
#include "base/stop.h"
#include "record/record.h"
#include "recording/source.h"
#include "recording/write.h"
#include "report/trust.h"

static int take_samples(const struct options *options, struct source *source,
			struct recorder *recorder)
{
	struct sample sample;
	bool end = false;
	int rc = EXIT_DONE;

	/* COUNT intervals have one sample more. */
	for (uint64_t n = 0; !rc && (options->count == UINT64_MAX || n <= options->count); n++) {
		rc = source_next(source, &sample, &end);
		if (rc || end)
			break;
		if (n == 0) {
			note_absent(&sample.processes);
			rc = recorder_begin(recorder, &source->what, &sample,
					    source->reader->abi, options->interval_ns);
		}
		if (!rc)
			rc = recorder_add(recorder, &sample);
		sample_free(&sample);
	}
	return rc;
}

/**
 * record() - write samples into a file until there are enough, or SIGINT, SIGTERM
 * @options: say which file, how often, how long
 *
 * Return: EXIT_DONE, or another exit status after a message.
 */
int record(struct options *options)
{
	struct recorder recorder;
	struct reader reader;
	struct source source;
	int rc, closed;

	rc = reader_open(&reader);
	if (rc)
		return rc;
	source_live(&source, &reader, options);
	source.what.users = true;
	source.what.cgroups = true;
	rc = recorder_open(&recorder, options->output);
	if (rc)
		return rc;
	stop_by_signals();
	rc = take_samples(options, &source, &recorder);
	closed = recorder_close(&recorder);
	notice("%s: %" PRIu64 " samples, %" PRIu64 " bytes", options->output,
	       recorder.samples, recorder.size);
	return rc ? rc : closed;
}
