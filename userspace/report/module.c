// SPDX-License-Identifier: GPL-2.0
/*
 * Reports without rows of processes: totals, hooks, results of checks, and columns
 */
#include <stdio.h>

#include "base/errors.h"
#include "base/textfile.h"
#include "model/doubt.h"
#include "report/csv.h"
#include "report/document.h"
#include "report/metrics.h"
#include "report/report.h"
#include "report/table.h"
#include "report/notices.h"

/**
 * report_system() - the totals of all processes, and what was lost
 */
int report_system(const struct form *form, struct reader *reader)
{
	struct textfile file;
	struct system system;
	struct json json;
	int rc;

	rc = system_read(&system, reader);
	if (rc)
		return rc;
	switch (form->format) {
	case FORMAT_TABLE:
	case FORMAT_RAW:
		rc = table_system(form, &system);
		break;
	case FORMAT_JSON:
	case FORMAT_JSONL:
		document_begin(&json, stdout, reader, &system);
		document_doubtful(&json, doubt_columns(NULL, &system));
		document_system(&json, &system);
		document_kernel(&json);
		document_end(&json);
		break;
	case FORMAT_CSV:
		csv_system(form, &system);
		break;
	case FORMAT_OPENMETRICS:
		metrics_system(stdout, form, &system);
		break;
	case FORMAT_TEXTFILE:
		rc = textfile_open(&file, form->textfile, 0666);
		if (rc)
			break;
		metrics_system(file.out, form, &system);
		rc = textfile_close(&file);
		break;
	case NR_FORMATS:
		break;
	}
	if (!rc)
		rc = report_flush();
	if (!rc)
		notices_losses(NULL, &system);
	return rc;
}

/**
 * report_probes() - the hooks in the kernel and their state
 */
int report_probes(const struct form *form, struct reader *reader)
{
	struct probes probes;
	struct json json;
	int rc;

	rc = probes_read(&probes, reader);
	if (rc)
		return rc;
	if (form_is_json(form)) {
		document_begin(&json, stdout, reader, NULL);
		document_probes(&json, &probes);
		document_end(&json);
	} else if (form->format == FORMAT_CSV) {
		rc = csv_probes(form, &probes);
	} else {
		rc = table_probes(form, &probes);
	}
	tsv_free(&probes.tsv);
	return rc ? rc : report_flush();
}

/**
 * report_findings() - the results of pagestat check
 */
int report_findings(const struct form *form, const struct reader *reader,
		    const struct findings *findings)
{
	struct json json;
	int rc = EXIT_DONE;

	if (form_is_json(form)) {
		document_begin(&json, stdout, reader, NULL);
		document_findings(&json, findings);
		document_end(&json);
	} else {
		rc = table_findings(form, findings);
	}
	if (!rc && form->format == FORMAT_TABLE && !form->no_headings)
		printf("\n%zu passed, %zu failed, %zu skipped\n",
		       findings_count(findings, VERDICT_PASS),
		       findings_count(findings, VERDICT_FAIL),
		       findings_count(findings, VERDICT_SKIP));
	return rc ? rc : report_flush();
}

/**
 * report_columns() - the meaning of the columns of processes; needs no module
 */
int report_columns(const struct form *form)
{
	struct json json;
	int rc = EXIT_DONE;

	if (form_is_json(form)) {
		document_begin(&json, stdout, NULL, NULL);
		document_columns(&json);
		document_end(&json);
	} else if (form->format == FORMAT_CSV) {
		csv_columns(form);
	} else {
		rc = table_columns(form);
	}
	return rc ? rc : report_flush();
}
