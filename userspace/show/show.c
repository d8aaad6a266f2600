// SPDX-License-Identifier: GPL-2.0
/*
 * What pagestat prints without a command: the table of processes, and what else
 * is asked for by an option
 */
#include "base/errors.h"
#include "latency/latency.h"
#include "model/reader.h"
#include "recording/source.h"
#include "report/report.h"
#include "report/watch.h"
#include "show/show.h"

/**
 * reports() - print the report that is asked for
 * @options: say which
 *
 * Return: EXIT_DONE, or another exit status after a message.
 */
int reports(struct options *options)
{
	struct reader reader;
	struct source source;
	int rc;

	if (options->mode == MODE_COLUMNS)
		return report_columns(options);
	if (options->mode == MODE_LATENCY)
		return latency(options);

	rc = reader_open(&reader);
	if (rc)
		return rc;
	if (options->mode == MODE_SYSTEM)
		return report_system(options, &reader);
	if (options->mode == MODE_PROBES)
		return report_probes(options, &reader);
	if (!options->interval_ns)
		return report_totals(options, &reader);
	source_live(&source, &reader, options);
	return watch(options, &source);
}
