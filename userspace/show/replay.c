// SPDX-License-Identifier: GPL-2.0
/*
 * pagestat replay: a recording, shown as pagestat INTERVAL would have shown it
 *
 * The samples come from the file; the reports are those of the module's files.
 */
#include <stdlib.h>

#include "base/errors.h"
#include "cli/hint.h"
#include "cli/values.h"
#include "recording/source.h"
#include "report/report.h"
#include "report/notices.h"
#include "report/watch.h"
#include "show/show.h"

/* The totals of the last sample, as metrics are totals. */
static int report_last_totals(const struct report *report, struct source *source)
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
	if (report->query.exited) {
		struct snapshot live = last.processes;

		last.processes = last.exited;
		last.exited = live;
	}
	if (!rc && any)
		rc = report_sample(report, source->reader, &last);
	sample_free(&last);
	return rc;
}

static int replay_finish(void *arg, int argc, char **argv)
{
	struct replay_request *request = arg;
	int rc;

	if (!argc)
		return usage_error("replay: no file given; pagestat record makes them");
	request->recording = argv[0];
	request->report.period.interval_ns = EVERY_SAMPLE;
	rc = value_period(&request->report.period, argc - 1, argv + 1);
	return rc ? rc : show_check(&request->report);
}

static int replay_start(void *arg)
{
	struct replay_request *request = arg;
	struct report *report = &request->report;
	const struct sampling what = report_sampling(report);
	bool metrics = form_is_metrics(&report->form);
	struct reader *reader = calloc(1, sizeof(*reader));
	struct source source = { 0 };
	int rc = EXIT_DONE, closed;

	if (!reader)
		return fail_memory();
	if (request->since)
		rc = source_since(request->recording, request->since, &report->query.since_ns);
	if (!rc)
		rc = source_recorded(&source, reader, request->recording, &what,
				     report->period.interval_ns);
	if (!rc)
		report->form.hidden = recording_hidden(source.recording);
	if (!rc)
		rc = metrics ? report_last_totals(report, &source) : watch(report, &source);
	if (!rc && !metrics)
		rc = source_check_end(&source);
	closed = source_close(&source);
	free(reader);
	return rc ? rc : closed;
}

static const char replay_help[] =
"Usage: pagestat replay [OPTION]... FILE [INTERVAL [COUNT]]\n"
"\n"
"Prints what pagestat INTERVAL would have printed when FILE was recorded: by\n"
"default about every interval in it.\n"
"\n"
"Rows:    -p PID,...  these processes     -C NAME  of that name (* ? [] match)\n"
"         -u USER  of that user           --cgroup PATH  in it, or below\n"
"         --since TIME  born since (5m: before FILE begins; 14:30; 2026-01-31)\n"
"         --exited  those that ended      -a, --all  also if all is zero\n"
"         --by process|thread|cgroup|user|command  what a row is about\n"
"         --sort COLUMN  by it (+: ascending, -: descending)\n"
"         -n N  the N most active  --rest  and the sum of the others\n"
"Columns: -o COLUMN,...  these (+COLUMN,...: these too; all; @stall: a set)\n"
"         --rate  by the second  --share  times, in percent of one CPU's\n"
"Form:    --json  --jsonl  --csv          for programs; --jsonl: by the line\n"
"         --openmetrics  --textfile FILE  the totals at the end, for Prometheus\n"
"         -r, --raw  --no-headings        for scripts\n"
"         -h, --help  -V, --version\n"
"\n"
"More: pagestat-replay(8).\n";

static const struct option_field replay_options[] = {
	SHOW_OPTIONS,
	OPTION_FIELD(SINCE_RECORDED, struct replay_request, since),
};

const struct command replay_command = {
	.name = "replay",
	.help = replay_help,
	COMMAND_OPTIONS(replay_options),
	COMMAND_REQUEST(struct replay_request, .report = REPORT_ALL),
	.finish = replay_finish,
	.start = replay_start,
};
