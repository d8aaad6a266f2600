/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Tables of processes, of the module or of a recording
 */
#ifndef PAGESTAT_SHOW_SHOW_H
#define PAGESTAT_SHOW_SHOW_H

#include "cli/command.h"
#include "report/report.h"

/* The options that both have, of a request whose first field is its struct report. */
#define SHOW_OPTIONS							       \
	OPTION_FIELD(PIDS, struct report, query.pids),			       \
	OPTION_FIELD(COMM, struct report, query.names),			       \
	OPTION_FIELD(USER, struct report, query.user),			       \
	OPTION_FIELD(CGROUP, struct report, query.cgroup),		       \
	OPTION_FIELD(EXITED, struct report, query.exited),		       \
	OPTION_FIELD(ALL, struct report, query.all),			       \
	OPTION_FIELD(BY, struct report, query.by),			       \
	OPTION_FIELD(SORT, struct report, query.order),			       \
	OPTION_FIELD(LIMIT, struct report, query.limit),		       \
	OPTION_FIELD(REST, struct report, query.rest),			       \
	OPTION_FIELD(ONLY, struct report, form.only),			       \
	OPTION_FIELD(RAW, struct report, form),				       \
	OPTION_FIELD(NO_HEADINGS, struct report, form),			       \
	OPTION_FIELD(JSON, struct report, form),			       \
	OPTION_FIELD(JSONL, struct report, form),			       \
	OPTION_FIELD(CSV, struct report, form),				       \
	OPTION_FIELD(OPENMETRICS, struct report, form),			       \
	OPTION_FIELD(TEXTFILE, struct report, form)

/**
 * struct replay_request - what pagestat replay was asked
 * @report: of processes
 * @recording: the file
 * @since: as the user named it; read only when it is known when the recording began
 */
struct replay_request {
	struct report report;
	const char *recording;
	const char *since;
};

void show_begin(void *report);
int show_finish(struct report *report);
void show_end(void *report);

#endif /* PAGESTAT_SHOW_SHOW_H */
