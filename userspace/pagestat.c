// SPDX-License-Identifier: GPL-2.0
/*
 * pagestat - what page faults cost each process
 */
#include <locale.h>
#include <signal.h>
#include <stdio.h>

#include "check.h"
#include "errors.h"
#include "latency.h"
#include "options.h"
#include "reader.h"
#include "record.h"
#include "replay.h"
#include "report.h"
#include "run.h"
#include "top.h"
#include "uapi/pagestat.h"
#include "watch.h"

static int print_version(void)
{
	printf("pagestat %s, interface version %d\n", PAGESTAT_VERSION, PAGESTAT_ABI);
	return report_flush();
}

static int dispatch(struct options *options)
{
	struct reader reader;
	struct source source;
	int rc;

	/*
	 * A reader that closed the pipe had enough: that ends us as it ends any
	 * filter, also where SIGPIPE was ignored by who started us.  The command
	 * of run is to have it as it was.
	 */
	if (options->mode != MODE_RUN)
		signal(SIGPIPE, SIG_DFL);

	switch (options->mode) {
	case MODE_HELP:
		print_help(options->topic);
		return report_flush();
	case MODE_VERSION:
		return print_version();
	case MODE_COLUMNS:
		return report_columns(options);
	case MODE_RUN:
		return run(options);
	case MODE_REPLAY:
		return replay(options);
	default:
		break;
	}

	rc = reader_open(&reader);
	if (rc)
		return rc;
	if (options->mode == MODE_CHECK)
		return check(options, &reader);
	if (options->mode == MODE_TOP)
		return top(options, &reader);
	if (options->mode == MODE_LATENCY)
		return latency(options, &reader);
	if (options->mode == MODE_SYSTEM)
		return report_system(options, &reader);
	if (options->mode == MODE_PROBES)
		return report_probes(options, &reader);
	if (options->mode == MODE_RECORD)
		return record(options, &reader);
	if (options->interval_ns) {
		source_live(&source, &reader, options);
		return watch(options, &source);
	}
	return report_totals(options, &reader);
}

int main(int argc, char **argv)
{
	struct options options;
	int rc;

	/* The characters of the user's terminal, but not the user's decimal comma. */
	setlocale(LC_CTYPE, "");

	rc = options_parse(&options, argc, argv);
	if (!rc)
		rc = dispatch(&options);
	else if (options.mode == MODE_RUN)
		rc = EXIT_NO_BILL;
	options_free(&options);
	return rc;
}
