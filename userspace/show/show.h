/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Tables of processes: those of the module (show), those of a recording (replay)
 */
#ifndef PAGESTAT_SHOW_SHOW_H
#define PAGESTAT_SHOW_SHOW_H

#include "cli/command.h"
#include "report/report.h"

/* The options of both; their requests begin with a struct report. */
#define SHOW_OPTIONS							       \
	OPTIONS_FOR_ROWS(struct report),				       \
	OPTION_FIELD(EXITED, struct report, query.exited),		       \
	OPTION_FIELD(ALL, struct report, query.all),			       \
	OPTION_FIELD(SORT, struct report, query.order),			       \
	OPTION_FIELD(LIMIT, struct report, query.limit),		       \
	OPTION_FIELD(REST, struct report, query.rest),			       \
	OPTION_FIELD(RATE, struct report, query.scale.rate),		       \
	OPTION_FIELD(SHARE, struct report, query.scale.share),	       \
	OPTION_FIELD(ONLY, struct report, form.only),			       \
	OPTION_FIELD(RAW, struct report, form),				       \
	OPTION_FIELD(NO_HEADINGS, struct report, form),			       \
	OPTION_FIELD(JSON, struct report, form),			       \
	OPTION_FIELD(JSONL, struct report, form),			       \
	OPTION_FIELD(CSV, struct report, form),				       \
	OPTION_FIELD(OPENMETRICS, struct report, form),			       \
	OPTION_FIELD(TEXTFILE, struct report, form)

/* All processes, in every interval. */
#define REPORT_ALL { .period.count = UINT64_MAX, .query = QUERY_ALL }

/**
 * struct replay_request - what pagestat replay was asked
 * @report: of processes
 * @recording: the file
 * @since: as given; what it means depends on when the recording began
 */
struct replay_request {
	struct report report;
	const char *recording;
	const char *since;
};

int show_check(struct report *report);

#endif /* PAGESTAT_SHOW_SHOW_H */
