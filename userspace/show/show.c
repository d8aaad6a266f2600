// SPDX-License-Identifier: GPL-2.0
/*
 * pagestat without a command: the table of processes, and the reports of --system,
 * --probes and --columns
 */
#include <string.h>

#include "base/errors.h"
#include "cli/choose.h"
#include "cli/values.h"
#include "recording/source.h"
#include "report/watch.h"
#include "show/show.h"

/**
 * struct show_request - what was asked
 * @report: of processes
 * @columns: list the columns instead
 * @probes: show the hooks instead
 * @system: show the totals instead
 */
struct show_request {
	struct report report;
	bool columns;
	bool probes;
	bool system;
};

/**
 * show_check() - reject options that contradict each other, and complete the others
 * @report: as read from options
 *
 * Return: EXIT_DONE, or EXIT_USAGE after a message.
 */
int show_check(struct report *report)
{
	const struct query *query = &report->query;
	const struct column_use use = { .by = query->by, .exited = query->exited,
					.scale = query->scale };
	int rc;

	if (query->rest && query->limit == UINT64_MAX)
		return fail(EXIT_USAGE, "--rest: the sum of the rows that -n leaves out; give -n, too");
	if (query->exited && query->by == BY_THREAD)
		return fail(EXIT_USAGE, "--exited: the module remembers processes, not threads; leave out --by thread");
	if (query->exited && !report->period.interval_ns &&
	    (query->cgroup || query->by == BY_CGROUP))
		return fail(EXIT_USAGE, "--exited: the control group is only known of processes that end in an interval; give INTERVAL, or leave out --cgroup and --by cgroup");
	if (form_is_metrics(&report->form) && query->exited && query->by == BY_PROCESS)
		return fail(EXIT_USAGE, "--exited: there are no metrics of single processes that have ended, as pids are reused; sum them up, as by --by command");
	rc = check_one_object(&report->form, &report->period);
	if (!rc)
		rc = choose_columns(&report->form, use);
	return rc ? rc : choose_order(&report->query, &report->form.columns, use);
}

/* Is any option given that is only for the table of processes? */
static bool asks_for_rows(const struct report *report)
{
	const struct query *query = &report->query;

	return query->pids.pid || query->names.name || query->user.given || query->cgroup ||
	       query->since_ns || query->exited || query->all || query->by || query->rest ||
	       query->limit != UINT64_MAX || query->order.column != NR_COLUMNS ||
	       query->scale.rate || query->scale.share ||
	       report->form.only || report->period.interval_ns;
}

static int show_finish(void *arg, int argc, char **argv)
{
	struct show_request *request = arg;
	struct report *report = &request->report;
	int others = request->system + request->probes + request->columns;
	int rc;

	if (others > 1)
		return fail(EXIT_USAGE, "--system, --probes and --columns are different reports: ask for one");
	rc = value_period(&report->period, argc, argv);
	if (rc)
		return rc;
	if (others && asks_for_rows(report))
		return fail(EXIT_USAGE, "INTERVAL and the options for rows and columns are for the table of processes, not for --system, --probes or --columns");
	if (form_is_metrics(&report->form) && report->period.interval_ns)
		return fail(EXIT_USAGE, "metrics are totals, which are collected at intervals of the collector: leave out INTERVAL");
	if (form_is_metrics(&report->form) && (request->probes || request->columns))
		return fail(EXIT_USAGE, "--probes and --columns cannot be printed as metrics");
	return others ? EXIT_DONE : show_check(report);
}

static int show_start(void *arg)
{
	const struct show_request *request = arg;
	const struct report *report = &request->report;
	struct sampling what;
	struct reader reader;
	struct source source;
	int rc;

	if (request->columns)
		return report_columns(&report->form);
	rc = reader_open(&reader);
	if (rc)
		return rc;
	if (request->system)
		return report_system(&report->form, &reader);
	if (request->probes)
		return report_probes(&report->form, &reader);
	if (!report->period.interval_ns)
		return report_totals(report, &reader);
	what = report_sampling(report);
	source_live(&source, &reader, &what, report->period.interval_ns);
	return watch(report, &source);
}

static const char show_help[] =
"Usage: pagestat [OPTION]... [INTERVAL [COUNT]]  what page faults cost processes\n"
"       pagestat check|lab|latency|plot|record|replay|run|top ...  (--help)\n"
"\n"
"         run: what a command costs    check: are the numbers right?  top: live\n"
"         latency: how long faults take   record, replay, plot: look later\n"
"         lab: experiments that show paging at work, for classes\n"
"Rows:    -p PID,...  these processes     -C NAME  of that name (* ? [] match)\n"
"         -u USER  of that user           --cgroup PATH  in it, or below\n"
"         --since TIME  born since (90, 5m, 2h, 1d ago; 14:30; 2026-01-31)\n"
"         --exited  those that ended      -a, --all  also if all is zero\n"
"         --by process|thread|cgroup|user|command  what a row is about\n"
"         --sort COLUMN  their order (+: ascending, -: descending)\n"
"         -n N  the N most active  --rest  and the sum of the others\n"
"Columns: -o COLUMN,...  these (+COLUMN,...: these too; all; @stall: a set)\n"
"         --rate  by the second  --share  times, in percent of one CPU's\n"
"         --columns  what there is, in which units, and what it means\n"
"Others:  --system  totals of all, and what was lost  --probes  the hooks\n"
"Form:    --json  --jsonl  --csv          for programs; --jsonl: by the line\n"
"         --openmetrics  --textfile FILE  for Prometheus, and its node_exporter\n"
"         -r, --raw  --no-headings        for scripts\n"
"         -h, --help  -V, --version\n"
"Without INTERVAL (seconds): since the module was loaded or the process was born.\n"
"Root only.  pagestat(8) has the columns, the exit status and examples.\n";

static const struct option_field show_options[] = {
	SHOW_OPTIONS,
	OPTION_FIELD(SINCE, struct show_request, report.query.since_ns),
	OPTION_FIELD(COLUMNS, struct show_request, columns),
	OPTION_FIELD(PROBES, struct show_request, probes),
	OPTION_FIELD(SYSTEM, struct show_request, system),
};

const struct command show_command = {
	.help = show_help,
	COMMAND_OPTIONS(show_options),
	COMMAND_REQUEST(struct show_request, .report = REPORT_ALL),
	.finish = show_finish,
	.start = show_start,
};
