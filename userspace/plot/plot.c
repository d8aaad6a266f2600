// SPDX-License-Identifier: GPL-2.0
/*
 * pagestat plot: a recording as a picture
 *
 * The recording is read twice: first to learn its length and which rows have the largest
 * sums, then to count.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/errors.h"
#include "base/gnuplot.h"
#include "base/sums.h"
#include "cli/choose.h"
#include "cli/command.h"
#include "cli/hint.h"
#include "cli/values.h"
#include "model/select.h"
#include "plot/lines.h"
#include "plot/picture.h"
#include "recording/read.h"
#include "recording/source.h"
#include "report/report.h"

static char muted[256];	/* the last message while messages are not printed */

static void mute_message(const char *message)
{
	snprintf(muted, sizeof(muted), "%s", message);
}

typedef int take_interval(struct plot_lines *lines, const struct sample *before,
			  const struct sample *now);

static int each_interval(struct source *source, struct plot_lines *lines, take_interval *take)
{
	struct sample before, now;
	bool end;
	int rc;

	rc = source_next(source, &before, &end);
	if (rc || end)
		return rc ? rc : source_check_end(source);
	for (;;) {
		rc = source_next(source, &now, &end);
		if (rc || end)
			break;
		rc = take(lines, &before, &now);
		sample_free(&before);
		before = now;
		if (rc)
			break;
	}
	sample_free(&before);
	return rc ? rc : source_check_end(source);
}

/* Without --by, the rows are those of the file: processes or threads. */
static int learn_rows(struct plot_request *request)
{
	struct recording recording;
	int rc;

	rc = recording_open(&recording, request->recording);
	if (!rc && !request->by_given && recording.threads)
		request->query.by = BY_THREAD;
	recording_close(&recording);
	return rc;
}

static int open_source(struct source *source, struct reader *reader,
		       const struct plot_request *request)
{
	const struct report report = {
		.period = { .interval_ns = EVERY_SAMPLE },
		.query = request->query,
		.form = request->form,
	};
	const struct sampling what = report_sampling(&report);

	return source_recorded(source, reader, request->recording, &what, EVERY_SAMPLE);
}

/* Notices about the file are only printed when it is read for the second time. */
static int survey_recording(struct plot_request *request, struct plot_lines *lines)
{
	struct source source = { 0 };
	struct reader reader;
	int rc;

	rc = open_source(&source, &reader, request);
	if (!rc) {
		errors_to(mute_message);
		rc = each_interval(&source, lines, plot_lines_survey);
		errors_to(NULL);
		if (rc)
			fprintf(stderr, "pagestat: %s\n", muted);
	}
	source_close(&source);
	return rc;
}

/* "processes 1, 310, commands web*, of user 1000, below /system.slice" */
static void describe_rows(char *to, size_t size, const struct plot_request *request)
{
	size_t len = 0;

#define SAY(...)	(len += len < size ? (size_t)snprintf(to + len, size - len, __VA_ARGS__) : 0)
	if (plot_of_machine(request)) {
		SAY("all processes");
		return;
	}
	for (size_t i = 0; i < request->query.pids.nr; i++)
		SAY("%s%llu", i ? ", " : "process ", (unsigned long long)request->query.pids.pid[i]);
	for (size_t i = 0; i < request->query.names.nr; i++)
		SAY("%s%s", i ? ", " : len ? ", command " : "command ", request->query.names.name[i]);
	if (!len)
		SAY("all processes");
	if (request->query.user.given)
		SAY(" of user %llu", (unsigned long long)request->query.user.uid);
	if (request->query.cgroup)
		SAY(" in %s", request->query.cgroup);
#undef SAY
}

static void set_captions(struct picture *picture, const struct plot_request *request,
			 const struct plot_lines *lines, const struct recording *recording)
{
	static const char *const by[] = { "process", "thread", "control group", "user", "command" };
	const struct chart *chart = &lines->chart;
	char whose[300], stamp[STAMP_MAX];

	describe_rows(whose, sizeof(whose), request);
	snprintf(picture->title, sizeof(picture->title), "%s%s%s: %s",
		 request->form.only ? request->form.only : request->by_given ? "outcomes of faults" : "faults by outcome",
		 request->by_given ? " by " : "", request->by_given ? by[request->query.by] : "", whose);
	snprintf(picture->origin, sizeof(picture->origin), "%s, Linux %s, %s, %.4g s, each point %.3g s",
		 recording->host, recording->kernel, clock_stamp(stamp, picture->wall_ns),
		 (double)(chart->to_ns[chart->nr_points - 1] - chart->from_ns[0]) / 1e9,
		 (double)(chart->to_ns[0] - chart->from_ns[0]) / 1e9);
}

static int draw_picture(const struct plot_request *request, const struct plot_lines *lines,
			const struct recording *recording)
{
	struct picture picture = {
		.stacked = lines->stacked,
		.wall_ns = lines->wall_ns,
		.page_size = lines->page_size,
	};
	struct gnuplot gnuplot;
	int rc;

	set_captions(&picture, request, lines, recording);
	rc = gnuplot_open(&gnuplot, request->output, 0666 & ~recording_hidden(recording));
	if (rc)
		return rc;
	picture_draw(gnuplot.in, &picture, &lines->chart);
	return gnuplot_close(&gnuplot);
}

static int plot_finish(void *arg, int argc, char **argv)
{
	struct plot_request *request = arg;
	struct query *query = &request->query;
	struct column_use use = { .bill = true };

	if (!argc)
		return usage_error("plot: no file given; pagestat record makes them");
	request->recording = argv[0];
	if (argc > 1)
		return usage_error("\"%s\": plot takes one file, and no interval",
			    argv[1]);
	request->by_given = query->by != NR_BY;
	if (!request->by_given)
		query->by = BY_PROCESS;
	if (!request->output)
		return fail(EXIT_USAGE, "plot: no picture given; name one by -o FILE.svg or -o FILE.png");
	if (query->limit != UINT64_MAX && !request->by_given)
		return fail(EXIT_USAGE, "plot -n: how many of the rows of --by; give --by, too");
	if (query->scale.share && !request->form.only)
		return fail(EXIT_USAGE, "plot --share: of times, which a stack of faults has none of; give --lines, too");
	use.by = query->by;
	return choose_columns(&request->form, use) ?: choose_order(query, &request->form.columns, use);
}

static int plot_start(void *arg)
{
	struct plot_request *request = arg;
	struct plot_lines lines = { 0 };
	struct source source = { 0 };
	struct reader reader;
	int rc, closed;

	rc = gnuplot_check(request->output);
	if (!rc)
		rc = learn_rows(request);
	if (!rc)
		rc = plot_lines_begin(&lines, request);
	if (!rc)
		rc = survey_recording(request, &lines);
	if (!rc)
		rc = plot_lines_choose(&lines, request->query.limit);
	if (!rc)
		rc = open_source(&source, &reader, request);
	if (!rc)
		rc = each_interval(&source, &lines, plot_lines_count);
	if (!rc)
		rc = draw_picture(request, &lines, source.recording);
	if (!rc && sums_too_large())
		notice(SUMS_TOO_LARGE);
	closed = source_close(&source);
	plot_lines_end(&lines);
	return rc ? rc : closed;
}

static const char plot_help[] =
"Usage: pagestat plot -o PICTURE [OPTION]... FILE\n"
"\n"
"Draws FILE, which pagestat record wrote: the outcomes of faults over time.\n"
"\n"
"  -o, --output FILE  the picture: FILE.svg or FILE.png\n"
"  --lines COLUMN,...  draw these columns as lines, not a stack of outcomes\n"
"  --share           of --lines: times in percent of the time of one CPU\n"
"  --by process|thread|cgroup|user|command  draw each of those with most faults\n"
"  -n N              how many of them (8); a stack has the sum of the others, too\n"
"  -p PID,...        only these processes\n"
"  -C NAME           only those of that name (* ? [] match); may be repeated\n"
"  -u USER           only those of that user\n"
"  --cgroup PATH     only those in that control group or below\n"
"  -h, --help  -V, --version\n"
"\n"
"Needs gnuplot.  More: pagestat-plot(8).\n";

static const struct option_field plot_options[] = {
	OPTIONS_FOR_ROWS(struct plot_request),
	OPTION_FIELD(LIMIT, struct plot_request, query.limit),
	OPTION_FIELD(LINES, struct plot_request, form.only),
	OPTION_FIELD(SHARE, struct plot_request, query.scale.share),
	OPTION_FIELD(FILE, struct plot_request, output),
};

const struct command plot_command = {
	.name = "plot",
	.help = plot_help,
	COMMAND_OPTIONS(plot_options),
	/* QUERY_ALL, but --by may be left out. */
	COMMAND_REQUEST(struct plot_request, .query = { .by = NR_BY, .limit = UINT64_MAX,
			.order = { NR_COLUMNS, .second = NR_COLUMNS } }),
	.finish = plot_finish,
	.start = plot_start,
};
