// SPDX-License-Identifier: GPL-2.0
/*
 * Which options go together, and the columns they come to
 */
#include <stdio.h>

#include "base/errors.h"
#include "cli/option_rules.h"

/**
 * options_for_metrics() - is it Prometheus that is to read the report?
 * @options: parsed
 *
 * Return: whether it is.
 */
bool options_for_metrics(const struct options *options)
{
	return options->format == FORMAT_OPENMETRICS || options->format == FORMAT_TEXTFILE;
}

static bool for_table_only(const struct options *options)
{
	return options->only || options->all || options->by_uid || options->cgroup ||
	       options->since_ns || options->exited || options->by ||
	       options->rest || options->limit != UINT64_MAX || options->sort != NR_COLUMNS;
}

static int check_combination(const struct options *options)
{
	bool table = options->mode == MODE_PROCESSES ||
		     options->mode == MODE_REPLAY || options->mode == MODE_TOP;
	bool latency = options->mode == MODE_LATENCY;

	if (options->children && options->repeats > 1 && options->format != FORMAT_JSON)
		return fail(EXIT_USAGE, "--children of many runs are told with --json only");
	if (options->interactive && options->format == FORMAT_JSON)
		return fail(EXIT_USAGE, "--interactive is for people, --json for programs: one of them");
	if (options->mode == MODE_LAB &&
	    !!options->string + !!options->seed + options->record + !!options->pid > 1)
		return fail(EXIT_USAGE, "--string, --seed, --record and -p each give a reference string: one of them");
	if (options->mode == MODE_LAB && (options->nr_pids > 1 || options->frames > UINT32_MAX))
		return fail(EXIT_USAGE, "lab: -p takes one process, and --frames no more than %u",
			    UINT32_MAX);
	if (options->mode == MODE_RUN || options->mode == MODE_CHECK || options->mode == MODE_LAB)
		return EXIT_DONE;
	if (options->mode == MODE_RECORD) {
		if (!options->output)
			return fail(EXIT_USAGE, "record: into which file? Give it by -o FILE");
		if (options->by > BY_THREAD)
			return fail(EXIT_USAGE, "record --by: process or thread; they are summed up when they are shown");
		return EXIT_DONE;
	}
	if (options->mode == MODE_PLOT) {
		if (!options->output)
			return fail(EXIT_USAGE, "plot: into which file? Give it by -o FILE.svg or -o FILE.png");
		if (options->limit != UINT64_MAX && !options->by_given)
			return fail(EXIT_USAGE, "plot -n: of those of --by, the first; not without it");
		return EXIT_DONE;
	}
	if (latency && (for_table_only(options) || (options->format != FORMAT_TABLE &&
						    options->format != FORMAT_JSON &&
						    options->format != FORMAT_JSONL)))
		return fail(EXIT_USAGE, "latency takes -p, -C, --json, --jsonl, --no-headings, INTERVAL and COUNT only");
	if (!table && !latency &&
	    (for_table_only(options) || options->pid || options->comm || options->interval_ns))
		return fail(EXIT_USAGE, "INTERVAL and what chooses rows or columns are for the table of processes, not for --system, --probes or --columns");
	if (options->rest && options->limit == UINT64_MAX)
		return fail(EXIT_USAGE, "--rest sums up what -n leaves out: not without -n");
	if (options->exited && options->by == BY_THREAD)
		return fail(EXIT_USAGE, "--exited knows processes, not threads: not with --by thread");
	if (options->exited && !options->interval_ns &&
	    (options->cgroup || options->by == BY_CGROUP))
		return fail(EXIT_USAGE, "the control group of what has ended is not known any more, but for --exited with INTERVAL");
	if (options->format == FORMAT_JSON && options->interval_ns && options->count > 1)
		return fail(EXIT_USAGE, "--json is one object; for INTERVAL there is --jsonl, an object an interval");
	if (options_for_metrics(options) && options->interval_ns && options->mode != MODE_REPLAY)
		return fail(EXIT_USAGE, "metrics are totals, and who collects them comes again: without INTERVAL");
	if (options_for_metrics(options) && !table && options->mode != MODE_SYSTEM)
		return fail(EXIT_USAGE, "--probes and --columns are no metrics");
	if (options_for_metrics(options) && options->exited && options->by == BY_PROCESS)
		return fail(EXIT_USAGE, "what has ended is no metric, as its pid may be another's by now: --by command, for one");
	return EXIT_DONE;
}

/* Those asked for, else the usual ones: a screen has 80 columns, a program picks. */
static int choose_columns(struct options *options)
{
	static const enum column_id keys[NR_BY] = {
		[BY_PROCESS] = COL_pid, [BY_THREAD] = COL_pid, [BY_CGROUP] = COL_cgroup,
		[BY_USER] = COL_uid, [BY_COMMAND] = COL_comm,
	};
	const struct column_use use = {
		.by = options->by,
		.exited = options->exited,
		.bill = options->mode == MODE_RUN || options->mode == MODE_PLOT,
	};
	int rc = EXIT_DONE;

	if (options->only)
		rc = column_list_parse(&options->columns, options->only, use);
	else if (options->format == FORMAT_TABLE || options->format == FORMAT_RAW)
		column_list_usual(&options->columns, use);
	else
		column_list_all(&options->columns, use);
	if (rc)
		return rc;

	if (options->mode == MODE_TOP && !options->interval_ns)
		options->interval_ns = UINT64_C(1000000000);
	if (options->mode == MODE_TOP && options->sort == NR_COLUMNS) {
		options->sort = COL_minor;
		options->descending = true;
	}
	if (options->second != NR_COLUMNS && !column_in(options->second, use))
		return fail(EXIT_USAGE, "--sort: the rows of this report have no %s",
			    process_columns[options->second].name);
	if (options->sort == NR_COLUMNS)
		options->sort = keys[options->by];
	else if (!column_in(options->sort, use))
		rc = fail(EXIT_USAGE, "--sort: the rows of this report have no %s",
			  process_columns[options->sort].name);
	return rc;
}

/**
 * options_check() - see whether they go together, and choose the columns
 * @options: as the command line has them; get what it left open
 *
 * Return: EXIT_DONE, or EXIT_USAGE after a message.
 */
int options_check(struct options *options)
{
	int rc = check_combination(options);

	return rc ? rc : choose_columns(options);
}
