// SPDX-License-Identifier: GPL-2.0
/*
 * pagestat plot: a recording as a picture
 *
 * The recording is read twice: first to learn how long it is and who did most in
 * it, then to count.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/errors.h"
#include "base/gnuplot.h"
#include "plot/lines.h"
#include "plot/picture.h"
#include "plot/plot.h"
#include "recording/read.h"
#include "recording/source.h"

static char muted[256];	/* what was said last while nothing was to be said */

static void keep(const char *message)
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

/* The rows are those that the file has, if nothing is said of them. */
static int learn_rows(struct options *options)
{
	struct recording recording;
	int rc;

	rc = recording_open(&recording, options->recording);
	if (!rc && !options->by_given && recording.threads)
		options->by = BY_THREAD;
	recording_close(&recording);
	return rc;
}

/* What is said of the file is said when it is read for the second time. */
static int survey(struct options *options, struct plot_lines *lines)
{
	struct source source = { 0 };
	struct reader reader;
	int rc;

	rc = source_recorded(&source, &reader, options);
	if (!rc) {
		messages_to(keep);
		rc = each_interval(&source, lines, plot_lines_survey);
		messages_to(NULL);
		if (rc)
			fprintf(stderr, "pagestat: %s\n", muted);
	}
	source_close(&source);
	return rc;
}

/* "processes 1, 310, commands web*, of user 1000, below /system.slice" */
static void describe(char *to, size_t size, const struct options *options)
{
	size_t len = 0;

#define SAY(...)	(len += len < size ? (size_t)snprintf(to + len, size - len, __VA_ARGS__) : 0)
	if (plot_of_machine(options)) {
		SAY("all processes");
		return;
	}
	for (size_t i = 0; i < options->nr_pids; i++)
		SAY("%s%llu", i ? ", " : "process ", (unsigned long long)options->pid[i]);
	for (size_t i = 0; i < options->nr_comms; i++)
		SAY("%s%s", i ? ", " : len ? ", command " : "command ", options->comm[i]);
	if (!len)
		SAY("all processes");
	if (options->by_uid)
		SAY(" of user %llu", (unsigned long long)options->uid);
	if (options->cgroup)
		SAY(" in %s", options->cgroup);
#undef SAY
}

static void caption(struct picture *picture, const struct options *options,
		    const struct plot_lines *lines, const struct recording *recording)
{
	static const char *const by[] = { "process", "thread", "control group", "user", "command" };
	const struct chart *chart = &lines->chart;
	char whose[300], stamp[STAMP_MAX];

	describe(whose, sizeof(whose), options);
	snprintf(picture->title, sizeof(picture->title), "%s%s%s: %s",
		 options->only ? options->only : options->by_given ? "faults" : "faults by outcome",
		 options->by_given ? " by " : "", options->by_given ? by[options->by] : "", whose);
	snprintf(picture->origin, sizeof(picture->origin), "%s, Linux %s, %s, %.4g s, each point %.3g s",
		 recording->host, recording->kernel, time_stamp(stamp, picture->wall_ns),
		 (double)(chart->to_ns[chart->nr_points - 1] - chart->from_ns[0]) / 1e9,
		 (double)(chart->to_ns[0] - chart->from_ns[0]) / 1e9);
}

static int draw(const struct options *options, const struct plot_lines *lines,
		const struct recording *recording)
{
	struct picture picture = {
		.stacked = lines->stacked,
		.wall_ns = lines->wall_ns,
		.page_size = lines->page_size,
	};
	struct gnuplot gnuplot;
	int rc;

	caption(&picture, options, lines, recording);
	rc = gnuplot_open(&gnuplot, options->output);
	if (rc)
		return rc;
	picture_draw(gnuplot.in, &picture, &lines->chart);
	return gnuplot_close(&gnuplot);
}

/**
 * plot() - draw a recording
 * @options: say which, and what of it
 *
 * Return: EXIT_DONE, or another exit status after a message.
 */
int plot(struct options *options)
{
	struct plot_lines lines = { 0 };
	struct source source = { 0 };
	struct reader reader;
	int rc, closed;

	rc = gnuplot_check(options->output);
	if (!rc)
		rc = learn_rows(options);
	if (!rc)
		rc = plot_lines_begin(&lines, options);
	if (!rc)
		rc = survey(options, &lines);
	if (!rc)
		rc = plot_lines_choose(&lines, options->limit);
	if (!rc)
		rc = source_recorded(&source, &reader, options);
	if (!rc)
		rc = each_interval(&source, &lines, plot_lines_count);
	if (!rc)
		rc = draw(options, &lines, source.recording);
	closed = source_close(&source);
	plot_lines_end(&lines);
	return rc ? rc : closed;
}
