// SPDX-License-Identifier: GPL-2.0
/*
 * A report of processes: sampled, selected, and printed in the form asked for
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/errors.h"
#include "base/textfile.h"
#include "model/scale.h"
#include "model/asked.h"
#include "model/doubt.h"
#include "report/csv.h"
#include "report/document.h"
#include "report/metrics.h"
#include "report/report.h"
#include "report/table.h"
#include "report/notices.h"

/**
 * report_flush() - was all that was printed written?
 */
int report_flush(void)
{
	errno = 0;
	if (fflush(stdout) == 0 && !ferror(stdout))
		return EXIT_DONE;
	if (errno == EINTR)	/* by the signal that ends watch() */
		return EXIT_OUTPUT;
	return fail(EXIT_OUTPUT, "the report could not be written to standard output: %s",
		    errno ? strerror(errno) : "an earlier write failed");
}

static bool needs(const struct report *report, enum column_id column)
{
	return report->query.order.column == column ||
	       column_listed(&report->form.columns, column);
}

/**
 * report_sampling() - what has to be sampled for a report of processes
 */
struct sampling report_sampling(const struct report *report)
{
	const struct query *query = &report->query;
	bool intervals = report->period.interval_ns;

	return (struct sampling){
		.file = query->by == BY_THREAD ? "threads" :
			query->exited && !intervals ? "exited" : "processes",
		/* The module keeps no threads that have ended. */
		.exited = intervals && query->by != BY_THREAD,
		.users = needs(report, COL_user) || query->by == BY_USER,
		.cgroups = needs(report, COL_cgroup) || query->by == BY_CGROUP || query->cgroup ||
			   (form_is_metrics(&report->form) && query->by <= BY_THREAD),
	};
}

/* A table; that of an interval says when it was. */
static int print_table(const struct form *form, const struct selection *rows,
		       uint64_t elapsed_ns, uint64_t wall_ns)
{
	bool stamped = elapsed_ns && form->format == FORMAT_TABLE && !form->no_headings;
	char stamp[STAMP_MAX];
	int rc;

	if (stamped)
		printf("%s, counts of the last %.3f s%s\n", clock_stamp(stamp, wall_ns),
		       (double)elapsed_ns / 1e9, rows->nr ? "" : ": nothing happened");
	rc = table_processes(form, rows);
	if (stamped)
		putchar('\n');
	return rc;
}

static int print_textfile(const struct report *report, const struct selection *rows)
{
	struct textfile file;
	int rc;

	rc = textfile_open(&file, report->form.textfile, 0666 & ~report->form.hidden);
	if (rc)
		return rc;
	rc = metrics_processes(file.out, &report->form, &report->query, rows);
	if (!rc)
		return textfile_close(&file);
	textfile_drop(&file);
	return rc;
}

/* Totals, or if @elapsed_ns is not 0 differences up to @sample. */
static int print_processes(const struct report *report, const struct reader *reader,
			   const struct selection *rows, const struct sample *sample,
			   uint64_t elapsed_ns)
{
	const struct form *form = &report->form;
	struct json json;

	switch (form->format) {
	case FORMAT_TABLE:
	case FORMAT_RAW:
		return print_table(form, rows, elapsed_ns, sample->wall_ns);
	case FORMAT_JSON:
	case FORMAT_JSONL:
		document_begin(&json, stdout, reader, &sample->system);
		document_doubtful(&json, rows->doubted);
		if (elapsed_ns)
			document_interval(&json, elapsed_ns, sample->wall_ns);
		document_rows(&json, "processes", &form->columns, rows);
		document_end(&json);
		return EXIT_DONE;
	case FORMAT_CSV:
		return csv_processes(form, rows, elapsed_ns, sample->wall_ns);
	case FORMAT_OPENMETRICS:
		return metrics_processes(stdout, form, &report->query, rows);
	case FORMAT_TEXTFILE:
		return print_textfile(report, rows);
	case NR_FORMATS:
		break;
	}
	return EXIT_DONE;
}

/**
 * report_begin() - print what comes once, above all reports of processes
 */
void report_begin(const struct report *report)
{
	if (report->form.format == FORMAT_CSV)
		csv_headings(&report->form, report->period.interval_ns);
}

/**
 * report_sample() - processes, since the module was loaded or they were born
 */
int report_sample(const struct report *report, const struct reader *reader,
		  struct sample *sample)
{
	struct selection rows = { 0 };
	int rc, asked;

	scale_lives(sample->processes.process, sample->processes.nr, sample);
	report_begin(report);
	rc = select_rows(&rows, &report->query, sample->processes.process, sample->processes.nr);
	rows.doubted = doubt_columns(NULL, &sample->system);
	if (!rc)
		rc = print_processes(report, reader, &rows, sample, 0);
	if (!rc)
		rc = report_flush();

	asked = asked_check_now(&report->query, &sample->processes);
	if (!rc && !asked && !rows.nr && report->form.format == FORMAT_TABLE)
		notice("nothing was counted yet, or not by these; -a shows them with zeroes");
	notices_absent(&sample->processes);
	notices_losses(NULL, &sample->system);
	selection_free(&rows);
	return rc ? rc : asked;
}

/**
 * report_totals() - report_sample() of now
 */
int report_totals(const struct report *report, struct reader *reader)
{
	const struct sampling what = report_sampling(report);
	struct sample sample;
	int rc;

	rc = sample_take(&sample, reader, &what);
	if (rc)
		return rc;
	rc = report_sample(report, reader, &sample);
	sample_free(&sample);
	return rc;
}

/**
 * report_interval() - processes, what they did between two samples
 */
int report_interval(const struct report *report, const struct reader *reader,
		    const struct sample *before, const struct sample *now)
{
	struct selection rows = { 0 };
	struct process *delta;
	size_t nr;
	int rc;

	rc = sample_interval(&delta, &nr, before, now);
	if (rc || !delta)
		return rc;

	rc = select_rows(&rows, &report->query, delta, nr);
	rows.doubted = doubt_columns(&before->system, &now->system);
	if (!rc)
		rc = print_processes(report, reader, &rows, now,
				     now->begin_ns - before->begin_ns);
	if (!rc)
		rc = report_flush();
	notices_losses(&before->system, &now->system);
	selection_free(&rows);
	free(delta);
	return rc;
}
