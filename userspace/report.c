// SPDX-License-Identifier: GPL-2.0
/*
 * A report in the form asked for
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "document.h"
#include "errors.h"
#include "report.h"
#include "table.h"
#include "trust.h"

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

/**
 * report_totals() - processes, since the module was loaded or they were born
 * @options: say which, and how
 * @reader: from reader_open()
 *
 * Return: EXIT_DONE, or another exit status after a message.
 */
int report_totals(const struct options *options, struct reader *reader)
{
	struct selection rows = { 0 };
	struct sample sample;
	struct json json;
	int rc, asked;

	rc = sample_take(&sample, reader, "processes");
	if (rc)
		return rc;

	rc = select_rows(&rows, options, sample.processes.process, sample.processes.nr);
	if (!rc && options->format == FORMAT_JSON) {
		document_begin(&json, stdout, reader, &sample.system);
		document_processes(&json, options, &rows);
		document_end(&json);
	} else if (!rc) {
		rc = table_processes(options, &rows);
	}
	if (!rc)
		rc = report_flush();

	asked = check_asked(options, &sample.processes);
	if (!rc && !asked && !rows.nr && options->format == FORMAT_TABLE)
		notice("nothing was counted yet; -a shows the processes all the same");
	note_absent(&sample.processes);
	note_losses(NULL, &sample.system);
	selection_free(&rows);
	sample_free(&sample);
	return rc ? rc : asked;
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
	uint64_t elapsed_ns = now->begin_ns - before->begin_ns;
	struct selection rows = { 0 };
	struct process *delta;
	char stamp[STAMP_MAX];
	struct json json;
	int rc;

	rc = interval_rows(&delta, before, now);
	if (rc || !delta)
		return rc;

	rc = select_rows(&rows, options, delta, now->processes.nr);
	if (!rc && options->format == FORMAT_JSON) {
		document_begin(&json, stdout, reader, &now->system);
		document_interval(&json, elapsed_ns);
		document_processes(&json, options, &rows);
		document_end(&json);
	} else if (!rc) {
		if (options->format == FORMAT_TABLE && options->headings)
			printf("%s, counts of the last %.3f s%s\n", time_stamp(stamp),
			       (double)elapsed_ns / 1e9, rows.nr ? "" : ": nothing happened");
		rc = table_processes(options, &rows);
		if (options->format == FORMAT_TABLE && options->headings)
			putchar('\n');
	}
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
	if (!rc && options->format == FORMAT_JSON) {
		document_begin(&json, stdout, reader, &system);
		document_system(&json, &system);
		document_end(&json);
	} else if (!rc) {
		rc = table_system(options, &system);
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
	if (options->format == FORMAT_JSON) {
		document_begin(&json, stdout, reader, NULL);
		document_probes(&json, &probes);
		document_end(&json);
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

	if (options->format == FORMAT_JSON) {
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

	if (options->format == FORMAT_JSON) {
		document_begin(&json, stdout, NULL, NULL);
		document_columns(&json);
		document_end(&json);
	} else {
		rc = table_columns(options);
	}
	return rc ? rc : report_flush();
}
