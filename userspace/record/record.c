// SPDX-License-Identifier: GPL-2.0
/*
 * pagestat record: write samples into a file, for pagestat replay, plot and top
 *
 * All columns of all processes are recorded; replay, plot and top choose from them.
 */
#include <inttypes.h>

#include "base/errors.h"
#include "base/intern.h"
#include "base/stop.h"
#include "cli/command.h"
#include "cli/values.h"
#include "recording/source.h"
#include "recording/write.h"
#include "report/notices.h"

#define SECOND	UINT64_C(1000000000)

/**
 * struct record_request - what pagestat record was asked
 * @by: processes or threads
 * @period: how often, how many times
 * @output: the file
 */
struct record_request {
	enum by by;
	struct period period;
	const char *output;
};

static int take_samples(const struct period *period, struct source *source,
			struct recording_writer *recorder)
{
	struct sample sample;
	bool end = false;
	int rc = EXIT_DONE;

	/* COUNT intervals have one sample more. */
	for (uint64_t n = 0; !rc && (period->count == UINT64_MAX || n <= period->count); n++) {
		rc = source_next(source, &sample, &end);
		if (rc || end)
			break;
		if (n == 0) {
			notices_absent(&sample.processes);
			rc = recording_writer_begin(recorder, &source->what, &sample,
						    source->reader->abi, period->interval_ns);
		}
		if (!rc)
			rc = recording_writer_add(recorder, &sample);
		sample_free(&sample);
		/* The recorder keeps the names of this sample, to compare them with the next. */
		intern_sweep();
	}
	return rc;
}

static int record_finish(void *arg, int argc, char **argv)
{
	struct record_request *request = arg;
	int rc = value_period(&request->period, argc, argv);

	if (rc)
		return rc;
	if (!request->output)
		return fail(EXIT_USAGE, "record: no file given; name one by -o FILE");
	if (request->by > BY_THREAD)
		return fail(EXIT_USAGE, "record --by: process or thread; pagestat replay and plot sum them up otherwise");
	return EXIT_DONE;
}

static int record_start(void *arg)
{
	const struct record_request *request = arg;
	const struct sampling what = {
		.file = request->by == BY_THREAD ? "threads" : "processes",
		.exited = request->by != BY_THREAD,
		.users = true,
		.cgroups = true,
	};
	struct recording_writer recorder;
	struct reader reader;
	struct source source;
	int rc, closed;

	rc = reader_open(&reader);
	if (rc)
		return rc;
	source_live(&source, &reader, &what, request->period.interval_ns);
	rc = recording_writer_open(&recorder, request->output);
	if (rc)
		return rc;
	stop_by_signals();
	rc = take_samples(&request->period, &source, &recorder);
	closed = recording_writer_close(&recorder);
	notice("%s: %" PRIu64 " samples, %" PRIu64 " bytes", recorder.path,
	       recorder.samples, recorder.size);
	return rc ? rc : closed;
}

static const char record_help[] =
"Usage: pagestat record -o FILE [--by process|thread] [INTERVAL [COUNT]]\n"
"\n"
"Writes what is counted for all processes into FILE, every INTERVAL seconds (1):\n"
"until Ctrl-C, or COUNT intervals.  pagestat replay, plot and top show it.\n"
"\n"
"  -o, --output FILE  a new file\n"
"  --by process|thread  what is recorded\n"
"  -h, --help  -V, --version\n"
"\n"
"Root only.  More: pagestat-record(8).\n";

static const struct option_field record_options[] = {
	OPTION_FIELD(FILE, struct record_request, output),
	OPTION_FIELD(BY, struct record_request, by),
};

const struct command record_command = {
	.name = "record",
	.help = record_help,
	COMMAND_OPTIONS(record_options),
	COMMAND_REQUEST(struct record_request,
			.period = { .interval_ns = SECOND, .count = UINT64_MAX }),
	.finish = record_finish,
	.start = record_start,
};
