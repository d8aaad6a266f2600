// SPDX-License-Identifier: GPL-2.0
/*
 * A report in the form asked for
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/errors.h"
#include "base/textfile.h"
#include "report/csv.h"
#include "report/document.h"
#include "report/metrics.h"
#include "report/report.h"
#include "report/table.h"
#include "report/trust.h"

/**
 * report_flush() - make sure that what was printed arrived
 *
 * Return: EXIT_DONE, or EXIT_OUTPUT after a message.
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

static bool needs(const struct options *options, enum column_id column)
{
	return options->sort == column || column_listed(&options->columns, column);
}

/**
 * report_sampling() - what a report of processes is made from
 * @options: say which report
 *
 * Return: that.
 */
struct sampling report_sampling(const struct options *options)
{
	return (struct sampling){
		.file = options->by == BY_THREAD ? "threads" :
			options->exited && !options->interval_ns ? "exited" : "processes",
		/* What has ended was counted by process, and for each of its threads. */
		.exited = options->interval_ns && options->by != BY_THREAD,
		.users = needs(options, COL_user) || options->by == BY_USER,
		.cgroups = needs(options, COL_cgroup) || options->by == BY_CGROUP ||
			   options->cgroup ||
			   (options_for_metrics(options) && options->by <= BY_THREAD),
	};
}

static bool for_json(const struct options *options)
{
	return options->format == FORMAT_JSON || options->format == FORMAT_JSONL;
}

/* What happened at some time, as a table that says so. */
static int print_table(const struct options *options, const struct selection *rows,
		       uint64_t elapsed_ns, uint64_t wall_ns)
{
	bool stamped = elapsed_ns && options->format == FORMAT_TABLE && options->headings;
	char stamp[STAMP_MAX];
	int rc;

	if (stamped)
		printf("%s, counts of the last %.3f s%s\n", time_stamp(stamp, wall_ns),
		       (double)elapsed_ns / 1e9, rows->nr ? "" : ": nothing happened");
	rc = table_processes(options, rows);
	if (stamped)
		putchar('\n');
	return rc;
}

static int print_textfile(const struct options *options, const struct selection *rows,
			  const struct system *system)
{
	struct textfile file;
	int rc;

	rc = textfile_open(&file, options->output);
	if (rc)
		return rc;
	if (rows)
		metrics_processes(file.out, options, rows);
	else
		metrics_system(file.out, options, system);
	return textfile_close(&file);
}

/* Processes: their totals, or if @elapsed_ns is not 0 what they did until @sample. */
static int print_processes(const struct options *options, const struct reader *reader,
			   const struct selection *rows, const struct sample *sample,
			   uint64_t elapsed_ns)
{
	struct json json;

	switch (options->format) {
	case FORMAT_TABLE:
	case FORMAT_RAW:
		return print_table(options, rows, elapsed_ns, sample->wall_ns);
	case FORMAT_JSON:
	case FORMAT_JSONL:
		document_begin(&json, stdout, reader, &sample->system);
		if (elapsed_ns)
			document_interval(&json, elapsed_ns, sample->wall_ns);
		document_rows(&json, "processes", &options->columns, rows);
		document_end(&json);
		return EXIT_DONE;
	case FORMAT_CSV:
		csv_processes(options, rows, elapsed_ns, sample->wall_ns);
		return EXIT_DONE;
	case FORMAT_OPENMETRICS:
		metrics_processes(stdout, options, rows);
		return EXIT_DONE;
	case FORMAT_TEXTFILE:
		return print_textfile(options, rows, NULL);
	}
	return EXIT_DONE;
}

/**
 * report_begin() - print what comes once, above all reports of processes
 * @options: say how
 */
void report_begin(const struct options *options)
{
	if (options->format == FORMAT_CSV)
		csv_headings(options);
}

/**
 * report_sample() - processes, since the module was loaded or they were born
 * @options: say which, and how
 * @reader: where the sample comes from
 * @sample: the state they were in
 *
 * Return: EXIT_DONE, or another exit status after a message.
 */
int report_sample(const struct options *options, const struct reader *reader,
		  const struct sample *sample)
{
	struct selection rows = { 0 };
	int rc, asked;

	report_begin(options);
	rc = select_rows(&rows, options, sample->processes.process, sample->processes.nr);
	if (!rc)
		rc = print_processes(options, reader, &rows, sample, 0);
	if (!rc)
		rc = report_flush();

	asked = check_asked(options, &sample->processes);
	if (!rc && !asked && !rows.nr && options->format == FORMAT_TABLE)
		notice("nothing was counted yet, or not by these; -a shows them all the same");
	note_absent(&sample->processes);
	note_losses(NULL, &sample->system);
	selection_free(&rows);
	return rc ? rc : asked;
}

/**
 * report_totals() - report_sample() of now
 * @options: say which, and how
 * @reader: from reader_open()
 *
 * Return: EXIT_DONE, or another exit status after a message.
 */
int report_totals(const struct options *options, struct reader *reader)
{
	const struct sampling what = report_sampling(options);
	struct sample sample;
	int rc;

	rc = sample_take(&sample, reader, &what);
	if (rc)
		return rc;
	rc = report_sample(options, reader, &sample);
	sample_free(&sample);
	return rc;
}

/**
 * report_interval() - processes, what they did between two samples
 * @options: say which, and how
 * @reader: where the samples come from
 * @before: the earlier sample
 * @now: the later one
 *
 * Return: EXIT_DONE, or another exit status after a message.
 */
int report_interval(const struct options *options, const struct reader *reader,
		    const struct sample *before, const struct sample *now)
{
	struct selection rows = { 0 };
	struct process *delta;
	size_t nr;
	int rc;

	rc = interval_rows(&delta, &nr, before, now);
	if (rc || !delta)
		return rc;

	rc = select_rows(&rows, options, delta, nr);
	if (!rc)
		rc = print_processes(options, reader, &rows, now,
				     now->begin_ns - before->begin_ns);
	if (!rc)
		rc = report_flush();
	note_losses(&before->system, &now->system);
	selection_free(&rows);
	free(delta);
	return rc;
}

/**
 * report_system() - the totals of all processes, and what was lost
 * @options: say how
 * @reader: from reader_open()
 *
 * Return: EXIT_DONE, or another exit status after a message.
 */
int report_system(const struct options *options, struct reader *reader)
{
	struct system system;
	struct json json;
	int rc;

	rc = system_read(&system, reader);
	if (rc)
		return rc;
	switch (options->format) {
	case FORMAT_TABLE:
	case FORMAT_RAW:
		rc = table_system(options, &system);
		break;
	case FORMAT_JSON:
	case FORMAT_JSONL:
		document_begin(&json, stdout, reader, &system);
		document_system(&json, &system);
		document_end(&json);
		break;
	case FORMAT_CSV:
		csv_system(options, &system);
		break;
	case FORMAT_OPENMETRICS:
		metrics_system(stdout, options, &system);
		break;
	case FORMAT_TEXTFILE:
		rc = print_textfile(options, NULL, &system);
		break;
	}
	if (!rc)
		rc = report_flush();
	if (!rc)
		note_losses(NULL, &system);
	return rc;
}

/**
 * report_probes() - the hooks in the kernel and their state
 * @options: say how
 * @reader: from reader_open()
 *
 * Return: EXIT_DONE, or another exit status after a message.
 */
int report_probes(const struct options *options, struct reader *reader)
{
	struct probes probes;
	struct json json;
	int rc;

	rc = probes_read(&probes, reader);
	if (rc)
		return rc;
	if (for_json(options)) {
		document_begin(&json, stdout, reader, NULL);
		document_probes(&json, &probes);
		document_end(&json);
	} else if (options->format == FORMAT_CSV) {
		csv_probes(options, &probes);
	} else {
		rc = table_probes(options, &probes);
	}
	tsv_free(&probes.tsv);
	return rc ? rc : report_flush();
}

/**
 * report_findings() - what pagestat check found
 * @options: say how
 * @reader: from reader_open()
 * @findings: what it found
 *
 * Return: EXIT_DONE, or another exit status after a message.
 */
int report_findings(const struct options *options, const struct reader *reader,
		    const struct findings *findings)
{
	struct json json;
	int rc = EXIT_DONE;

	if (for_json(options)) {
		document_begin(&json, stdout, reader, NULL);
		document_findings(&json, findings);
		document_end(&json);
	} else {
		rc = table_findings(options, findings);
	}
	if (!rc && options->format == FORMAT_TABLE && options->headings)
		printf("\n%zu passed, %zu failed, %zu skipped\n",
		       findings_count(findings, VERDICT_PASS),
		       findings_count(findings, VERDICT_FAIL),
		       findings_count(findings, VERDICT_SKIP));
	return rc ? rc : report_flush();
}

/**
 * report_columns() - what the columns of the processes mean; needs no module
 * @options: say how
 *
 * Return: EXIT_DONE, or another exit status after a message.
 */
int report_columns(const struct options *options)
{
	struct json json;
	int rc = EXIT_DONE;

	if (for_json(options)) {
		document_begin(&json, stdout, NULL, NULL);
		document_columns(&json);
		document_end(&json);
	} else if (options->format == FORMAT_CSV) {
		csv_columns(options);
	} else {
		rc = table_columns(options);
	}
	return rc ? rc : report_flush();
}
