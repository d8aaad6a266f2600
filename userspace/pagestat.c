// SPDX-License-Identifier: GPL-2.0
/*
 * pagestat - what page faults cost each process
 */
#include <locale.h>
#include <signal.h>
#include <stdio.h>

#include "base/errors.h"
#include "base/gettext.h"
#include "cli/commands.h"
#include "lab/language.h"
#include "report/report.h"
#include "uapi/pagestat.h"

static int dispatch(struct options *options)
{
	/*
	 * A reader that closed the pipe had enough: that ends us as it ends any
	 * filter, also where SIGPIPE was ignored by who started us.  The command
	 * of run is to have it as it was.
	 */
	if (options->mode != MODE_RUN)
		signal(SIGPIPE, SIG_DFL);

	switch (options->mode) {
	case MODE_HELP:
		fputs(_(options->asked->help), stdout);
		return report_flush();
	case MODE_VERSION:
		printf("pagestat %s, interface version %d\n", PAGESTAT_VERSION, PAGESTAT_ABI);
		return report_flush();
	default:
		return options->asked->start(options);
	}
}

int main(int argc, char **argv)
{
	struct options options;
	int rc;

	/* The characters of the user's terminal, but not the user's decimal comma. */
	setlocale(LC_CTYPE, "");

	rc = options_parse(&options, argc, argv);
	/* What is for classes is in their language; the rest, for programs as well, in ours. */
	if (options.asked->mode == MODE_LAB)
		language_begin();
	if (!rc)
		rc = dispatch(&options);
	else if (options.mode == MODE_RUN)
		rc = EXIT_NO_BILL;
	options_free(&options);
	return rc;
}
