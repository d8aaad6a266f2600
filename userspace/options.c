// SPDX-License-Identifier: GPL-2.0
/*
 * The command line
 */
#include <ctype.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "errors.h"
#include "options.h"
#include "since.h"
#include "values.h"

enum {
	OPT_BY = 256,
	OPT_CGROUP,
	OPT_CHILDREN,
	OPT_COLUMNS,
	OPT_CSV,
	OPT_EXITED,
	OPT_JSON,
	OPT_JSONL,
	OPT_LATENCY,
	OPT_NO_HEADINGS,
	OPT_OPENMETRICS,
	OPT_OUTPUT,
	OPT_PROBES,
	OPT_REST,
	OPT_SINCE,
	OPT_SORT,
	OPT_SYSTEM,
	OPT_TEXTFILE,
};

static const struct option table_options[] = {
	{ "all",	 no_argument,	    NULL, 'a' },
	{ "by",		 required_argument, NULL, OPT_BY },
	{ "cgroup",	 required_argument, NULL, OPT_CGROUP },
	{ "columns",	 no_argument,	    NULL, OPT_COLUMNS },
	{ "csv",	 no_argument,	    NULL, OPT_CSV },
	{ "exited",	 no_argument,	    NULL, OPT_EXITED },
	{ "help",	 no_argument,	    NULL, 'h' },
	{ "json",	 no_argument,	    NULL, OPT_JSON },
	{ "jsonl",	 no_argument,	    NULL, OPT_JSONL },
	{ "latency",	 no_argument,	    NULL, OPT_LATENCY },
	{ "no-headings", no_argument,	    NULL, OPT_NO_HEADINGS },
	{ "openmetrics", no_argument,	    NULL, OPT_OPENMETRICS },
	{ "probes",	 no_argument,	    NULL, OPT_PROBES },
	{ "raw",	 no_argument,	    NULL, 'r' },
	{ "rest",	 no_argument,	    NULL, OPT_REST },
	{ "since",	 required_argument, NULL, OPT_SINCE },
	{ "sort",	 required_argument, NULL, OPT_SORT },
	{ "system",	 no_argument,	    NULL, OPT_SYSTEM },
	{ "textfile",	 required_argument, NULL, OPT_TEXTFILE },
	{ "version",	 no_argument,	    NULL, 'V' },
	{ }
};

static const struct option run_options[] = {
	{ "children",	 no_argument,	    NULL, OPT_CHILDREN },
	{ "help",	 no_argument,	    NULL, 'h' },
	{ "json",	 no_argument,	    NULL, OPT_JSON },
	{ "output",	 required_argument, NULL, OPT_OUTPUT },
	{ "repeat",	 required_argument, NULL, 'r' },
	{ "version",	 no_argument,	    NULL, 'V' },
	{ }
};

static const struct option check_options[] = {
	{ "help",	 no_argument,	    NULL, 'h' },
	{ "json",	 no_argument,	    NULL, OPT_JSON },
	{ "no-headings", no_argument,	    NULL, OPT_NO_HEADINGS },
	{ "raw",	 no_argument,	    NULL, 'r' },
	{ "version",	 no_argument,	    NULL, 'V' },
	{ }
};

static const struct option latency_options[] = {
	{ "help",	 no_argument,	    NULL, 'h' },
	{ "json",	 no_argument,	    NULL, OPT_JSON },
	{ "jsonl",	 no_argument,	    NULL, OPT_JSONL },
	{ "no-headings", no_argument,	    NULL, OPT_NO_HEADINGS },
	{ "version",	 no_argument,	    NULL, 'V' },
	{ }
};

static const struct option record_options[] = {
	{ "by",		 required_argument, NULL, OPT_BY },
	{ "help",	 no_argument,	    NULL, 'h' },
	{ "output",	 required_argument, NULL, OPT_OUTPUT },
	{ "version",	 no_argument,	    NULL, 'V' },
	{ }
};

static const struct option replay_options[] = {
	{ "all",	 no_argument,	    NULL, 'a' },
	{ "by",		 required_argument, NULL, OPT_BY },
	{ "cgroup",	 required_argument, NULL, OPT_CGROUP },
	{ "csv",	 no_argument,	    NULL, OPT_CSV },
	{ "exited",	 no_argument,	    NULL, OPT_EXITED },
	{ "help",	 no_argument,	    NULL, 'h' },
	{ "json",	 no_argument,	    NULL, OPT_JSON },
	{ "jsonl",	 no_argument,	    NULL, OPT_JSONL },
	{ "no-headings", no_argument,	    NULL, OPT_NO_HEADINGS },
	{ "openmetrics", no_argument,	    NULL, OPT_OPENMETRICS },
	{ "raw",	 no_argument,	    NULL, 'r' },
	{ "rest",	 no_argument,	    NULL, OPT_REST },
	{ "since",	 required_argument, NULL, OPT_SINCE },
	{ "sort",	 required_argument, NULL, OPT_SORT },
	{ "textfile",	 required_argument, NULL, OPT_TEXTFILE },
	{ "version",	 no_argument,	    NULL, 'V' },
	{ }
};

static const struct option top_options[] = {
	{ "all",	 no_argument,	    NULL, 'a' },
	{ "by",		 required_argument, NULL, OPT_BY },
	{ "cgroup",	 required_argument, NULL, OPT_CGROUP },
	{ "help",	 no_argument,	    NULL, 'h' },
	{ "sort",	 required_argument, NULL, OPT_SORT },
	{ "version",	 no_argument,	    NULL, 'V' },
	{ }
};

/* What the first argument may be, and then takes; the first one here is none. */
static const struct {
	const char *name;
	enum mode mode;
	const char *letters;
	const struct option *options;
} commands[] = {
	{ NULL,	   MODE_PROCESSES, ":aC:hn:o:p:ru:V", table_options },
	{ "run",   MODE_RUN,	   "+:ho:r:V",	    run_options },
	{ "check", MODE_CHECK,	   ":hrV",	    check_options },
	{ "latency", MODE_LATENCY, ":C:hp:V",	    latency_options },
	{ "record", MODE_RECORD,   ":ho:V",	    record_options },
	{ "replay", MODE_REPLAY,   ":aC:hn:o:p:ru:V", replay_options },
	{ "top",   MODE_TOP,	   ":aC:ho:p:u:V",  top_options },
};

#define NR_COMMANDS	(sizeof(commands) / sizeof(*commands))

static int bad_option(char **argv, int opt)
{
	const char *arg = argv[optind - 1];

	if (opt == ':')
		return fail(EXIT_USAGE, "option %s needs a value. " SEE_HELP, arg);
	if (isdigit(optopt))
		return fail(EXIT_USAGE, "option -%c: there is none, and an interval is not negative; give seconds from %g up. " SEE_HELP,
			    optopt, INTERVAL_MIN);
	if (optopt > 0 && optopt < 256)
		return fail(EXIT_USAGE, "there is no option -%c here. " SEE_HELP, optopt);
	return fail(EXIT_USAGE, "option %s: not one of pagestat's, not clear, or given a value it does not take. " SEE_HELP,
		    arg);
}

static int take_option(struct options *options, int opt, char **argv)
{
	switch (opt) {
	case 'a':
		options->all = true;
		return EXIT_DONE;
	case 'C':
		return value_comm(options, optarg);
	case 'h':
		options->topic = options->mode;
		options->mode = MODE_HELP;
		return EXIT_DONE;
	case 'n':
		return value_number("-n", optarg, &options->limit);
	case 'o':
		if (options->mode == MODE_RECORD)
			options->output = optarg;
		else
			options->only = optarg;
		return EXIT_DONE;
	case 'p':
		return value_pids(options, optarg);
	case 'r':
		if (options->mode == MODE_RUN)
			return value_number("-r", optarg, &options->repeats);
		return value_format(options, FORMAT_RAW);
	case 'u':
		return value_user(options, optarg);
	case 'V':
		options->mode = MODE_VERSION;
		return EXIT_DONE;
	case OPT_BY:
		return value_by(options, optarg);
	case OPT_CGROUP:
		return value_cgroup(options, optarg);
	case OPT_CHILDREN:
		options->children = true;
		return EXIT_DONE;
	case OPT_COLUMNS:
		return value_mode(options, MODE_COLUMNS);
	case OPT_CSV:
		return value_format(options, FORMAT_CSV);
	case OPT_EXITED:
		options->exited = true;
		return EXIT_DONE;
	case OPT_JSON:
		return value_format(options, FORMAT_JSON);
	case OPT_JSONL:
		return value_format(options, FORMAT_JSONL);
	case OPT_LATENCY:
		return value_mode(options, MODE_LATENCY);
	case OPT_NO_HEADINGS:
		options->headings = false;
		return EXIT_DONE;
	case OPT_OPENMETRICS:
		return value_format(options, FORMAT_OPENMETRICS);
	case OPT_OUTPUT:
		options->output = optarg;
		return EXIT_DONE;
	case OPT_PROBES:
		return value_mode(options, MODE_PROBES);
	case OPT_REST:
		options->rest = true;
		return EXIT_DONE;
	case OPT_SINCE:
		if (options->mode == MODE_REPLAY) {
			options->since = optarg;
			return EXIT_DONE;
		}
		return since_parse(optarg, &options->since_ns);
	case OPT_SORT:
		return value_sort(options, optarg);
	case OPT_SYSTEM:
		return value_mode(options, MODE_SYSTEM);
	case OPT_TEXTFILE:
		options->output = optarg;
		return value_format(options, FORMAT_TEXTFILE);
	default:
		return bad_option(argv, opt);
	}
}

/* INTERVAL [COUNT], for the table of processes; the command, for run. */
static int take_operands(struct options *options, int argc, char **argv)
{
	int rc = EXIT_DONE;

	if (options->mode == MODE_RUN) {
		options->command = argv;
		if (!argc)
			return fail(EXIT_USAGE, "run: no command. Try: pagestat run -- ls");
		return EXIT_DONE;
	}

	if (options->mode == MODE_REPLAY) {
		if (!argc)
			return fail(EXIT_USAGE, "replay: of which file? pagestat record makes them. " SEE_HELP);
		options->recording = *argv++;
		argc--;
		/* No sample is nearer to another: all are shown. */
		options->interval_ns = 1;
	}
	if (options->mode == MODE_RECORD)
		options->interval_ns = UINT64_C(1000000000);

	if (options->mode == MODE_CHECK && argc)
		return fail(EXIT_USAGE, "\"%s\": check takes no argument. " SEE_HELP, argv[0]);
	if (options->mode == MODE_LATENCY && argc && value_turn(options, argv[0])) {
		if (argc == 1 && !options->pid && !options->comm &&
		    options->format == FORMAT_TABLE)
			return EXIT_DONE;
		return fail(EXIT_USAGE, "latency %s: takes no options and nothing after it. " SEE_HELP,
			    argv[0]);
	}
	if (argc > 2)
		return fail(EXIT_USAGE, "\"%s\": one argument too many. " SEE_HELP, argv[2]);
	for (size_t i = 1; i < NR_COMMANDS && argc > 0; i++)
		if (options->mode == MODE_PROCESSES && strcmp(argv[0], commands[i].name) == 0)
			return fail(EXIT_USAGE, "%s comes first: pagestat %s [OPTION]...",
				    argv[0], argv[0]);
	if (argc > 0)
		rc = value_interval(options, argv[0]);
	if (argc > 1 && !rc)
		rc = value_number("count", argv[1], &options->count);
	return rc;
}

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
	if (options->mode == MODE_RUN || options->mode == MODE_CHECK)
		return EXIT_DONE;
	if (options->mode == MODE_RECORD) {
		if (!options->output)
			return fail(EXIT_USAGE, "record: into which file? Give it by -o FILE");
		if (options->by > BY_THREAD)
			return fail(EXIT_USAGE, "record --by: process or thread; they are summed up when they are shown");
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
		.bill = options->mode == MODE_RUN,
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
 * options_parse() - read the command line
 * @options: gets what it asks for; to be freed with options_free() in any case
 * @argc: as of main()
 * @argv: as of main()
 *
 * Return: EXIT_DONE, or EXIT_USAGE or EXIT_SYSTEM after a message.
 */
int options_parse(struct options *options, int argc, char **argv)
{
	size_t command = 0;
	int opt, rc;

	for (size_t i = 1; i < NR_COMMANDS && argc > 1; i++)
		if (strcmp(argv[1], commands[i].name) == 0)
			command = i;

	*options = (struct options){
		.mode = commands[command].mode,
		.headings = true,
		.sort = NR_COLUMNS,
		.second = NR_COLUMNS,
		.limit = UINT64_MAX,
		.count = UINT64_MAX,
		.repeats = 1,
	};

	/* What follows CMD is CMD's: "+" ends the options at the first operand. */
	optind = command ? 2 : 1;
	opterr = 0;
	while ((opt = getopt_long(argc, argv, commands[command].letters,
				  commands[command].options, NULL)) != -1) {
		rc = take_option(options, opt, argv);
		if (rc)
			return rc;
		if (options->mode == MODE_HELP || options->mode == MODE_VERSION)
			return EXIT_DONE;
	}

	rc = take_operands(options, argc - optind, argv + optind);
	if (!rc)
		rc = check_combination(options);
	if (!rc)
		rc = choose_columns(options);
	return rc;
}

/**
 * options_free() - give back what options_parse() made
 * @options: parsed, or all zero
 */
void options_free(struct options *options)
{
	free(options->pid);
	free(options->comm);
	*options = (struct options){ 0 };
}
