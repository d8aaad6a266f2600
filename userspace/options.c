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
#include "tsv.h"

#define SEE_HELP	"See pagestat --help"
#define INTERVAL_MIN	0.1
#define INTERVAL_MAX	1000000.0

enum { OPT_COLUMNS = 256, OPT_SORT, OPT_JSON, OPT_NO_HEADINGS, OPT_SYSTEM, OPT_PROBES, OPT_OUTPUT };

static const struct option table_options[] = {
	{ "all",	 no_argument,	    NULL, 'a' },
	{ "columns",	 no_argument,	    NULL, OPT_COLUMNS },
	{ "help",	 no_argument,	    NULL, 'h' },
	{ "json",	 no_argument,	    NULL, OPT_JSON },
	{ "no-headings", no_argument,	    NULL, OPT_NO_HEADINGS },
	{ "probes",	 no_argument,	    NULL, OPT_PROBES },
	{ "raw",	 no_argument,	    NULL, 'r' },
	{ "sort",	 required_argument, NULL, OPT_SORT },
	{ "system",	 no_argument,	    NULL, OPT_SYSTEM },
	{ "version",	 no_argument,	    NULL, 'V' },
	{ }
};

static const struct option run_options[] = {
	{ "help",	 no_argument,	    NULL, 'h' },
	{ "json",	 no_argument,	    NULL, OPT_JSON },
	{ "output",	 required_argument, NULL, OPT_OUTPUT },
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

/* What the first argument may be, and then takes; the first one here is none. */
static const struct {
	const char *name;
	enum mode mode;
	const char *letters;
	const struct option *options;
} commands[] = {
	{ NULL,	   MODE_PROCESSES, ":aC:hn:o:p:rV", table_options },
	{ "run",   MODE_RUN,	   "+:ho:V",	    run_options },
	{ "check", MODE_CHECK,	   ":hrV",	    check_options },
};

#define NR_COMMANDS	(sizeof(commands) / sizeof(*commands))

static const char help[] =
"Usage: pagestat [OPTION]... [INTERVAL [COUNT]]\n"
"       pagestat run [-o COLUMN,...] [--json] [--output FILE] [--] CMD [ARG]...\n"
"       pagestat check [--json]\n"
"\n"
"Shows what page faults cost each process: faults, pages copied on write, pages\n"
"brought back from swap.  Without INTERVAL: since the module was loaded or the\n"
"process was born.  With it: what happened in each interval, until interrupted\n"
"or COUNT times.  run: what CMD and its children cost, printed when CMD ends.\n"
"check: are the numbers right on this machine?\n"
"\n"
"Which rows:\n"
"  -p PID,...          these processes\n"
"  -C NAME             processes of that name (* ? [] match); may be repeated\n"
"  -a, --all           those with nothing but zeroes too\n"
"  -n N                the first N\n"
"      --sort [+-]COLUMN  counters: largest first, others: smallest first;\n"
"                      + smallest first, - largest first\n"
"Which columns:\n"
"  -o COLUMN,...       these; +COLUMN,... adds to the usual ones; all\n"
"      --columns       list the columns, their units and meanings\n"
"Other reports:\n"
"      --system        the totals of all processes, and what was lost\n"
"      --probes        the hooks in the kernel and their state\n"
"Form:\n"
"      --json          one JSON object a line and report, all columns unless -o\n"
"  -r, --raw           columns separated by one blank\n"
"      --no-headings   no headings and no time stamps\n"
"  -h, --help\n"
"  -V, --version\n"
"\n"
"Root only.  pagestat(8) has the columns, the exit status and examples.\n";

/**
 * print_help() - print the usage, one screen
 */
void print_help(void)
{
	fputs(help, stdout);
}

/* Appends what -p names. */
static int add_pids(struct options *options, char *arg)
{
	for (char *pid = strsep(&arg, ","); pid; pid = strsep(&arg, ",")) {
		uint64_t *more, value;

		if (parse_u64(pid, &value) || value == 0 || value > INT32_MAX)
			return fail(EXIT_USAGE, "-p \"%s\": not a process ID; give one or more, separated by commas",
				    pid);
		more = reallocarray(options->pid, options->nr_pids + 1, sizeof(*more));
		if (!more)
			return fail_memory();
		options->pid = more;
		options->pid[options->nr_pids++] = value;
	}
	return EXIT_DONE;
}

static int add_comm(struct options *options, const char *name)
{
	const char **more;

	more = reallocarray(options->comm, options->nr_comms + 1, sizeof(*more));
	if (!more)
		return fail_memory();
	options->comm = more;
	options->comm[options->nr_comms++] = name;
	return EXIT_DONE;
}

static int parse_sort(struct options *options, const char *arg)
{
	bool given = *arg == '+' || *arg == '-';
	int column = column_find(arg + given, strlen(arg + given));

	if (column < 0)
		return fail(EXIT_USAGE, "--sort: no column is called \"%s\"; pagestat --columns lists them",
			    arg + given);
	options->sort = (enum column_id)column;
	options->descending = given ? *arg == '-' : process_columns[column].counter;
	return EXIT_DONE;
}

static int parse_number(const char *what, const char *arg, uint64_t *value)
{
	if (parse_u64(arg, value) || *value == 0)
		return fail(EXIT_USAGE, "%s \"%s\": not a whole number above 0", what, arg);
	return EXIT_DONE;
}

/* Seconds; strtod() alone would take "nan", "1e99" and " 1" too. */
static int parse_interval(struct options *options, const char *arg)
{
	double seconds = strtod(arg, NULL);

	if (arg[strspn(arg, "0123456789.")] || !strpbrk(arg, "0123456789") ||
	    strchr(arg, '.') != strrchr(arg, '.'))
		return fail(EXIT_USAGE, "interval \"%s\": not a number of seconds; give one from %g to %.0f. " SEE_HELP,
			    arg, INTERVAL_MIN, INTERVAL_MAX);
	if (!(seconds >= INTERVAL_MIN && seconds <= INTERVAL_MAX))
		return fail(EXIT_USAGE, "interval \"%s\": out of range; give seconds from %g to %.0f",
			    arg, INTERVAL_MIN, INTERVAL_MAX);
	options->interval_ns = (uint64_t)(seconds * 1e9);
	return EXIT_DONE;
}

static int set_mode(struct options *options, enum mode mode)
{
	if (options->mode != MODE_PROCESSES && options->mode != mode)
		return fail(EXIT_USAGE, "--system, --probes and --columns are three reports: ask for one");
	options->mode = mode;
	return EXIT_DONE;
}

static int set_format(struct options *options, enum format format)
{
	if (options->format != FORMAT_TABLE && options->format != format)
		return fail(EXIT_USAGE, "--json and --raw exclude each other");
	options->format = format;
	return EXIT_DONE;
}

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
		return add_comm(options, optarg);
	case 'h':
		options->mode = MODE_HELP;
		return EXIT_DONE;
	case 'n':
		return parse_number("-n", optarg, &options->limit);
	case 'o':
		return column_list_parse(&options->columns, optarg,
					 options->mode == MODE_RUN);
	case 'p':
		return add_pids(options, optarg);
	case 'r':
		return set_format(options, FORMAT_RAW);
	case 'V':
		options->mode = MODE_VERSION;
		return EXIT_DONE;
	case OPT_COLUMNS:
		return set_mode(options, MODE_COLUMNS);
	case OPT_JSON:
		return set_format(options, FORMAT_JSON);
	case OPT_NO_HEADINGS:
		options->headings = false;
		return EXIT_DONE;
	case OPT_OUTPUT:
		options->output = optarg;
		return EXIT_DONE;
	case OPT_PROBES:
		return set_mode(options, MODE_PROBES);
	case OPT_SORT:
		return parse_sort(options, optarg);
	case OPT_SYSTEM:
		return set_mode(options, MODE_SYSTEM);
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

	if (options->mode == MODE_CHECK && argc)
		return fail(EXIT_USAGE, "\"%s\": check takes no argument. " SEE_HELP, argv[0]);
	if (argc > 2)
		return fail(EXIT_USAGE, "\"%s\": one argument too many. " SEE_HELP, argv[2]);
	for (size_t i = 1; i < NR_COMMANDS && argc > 0; i++)
		if (strcmp(argv[0], commands[i].name) == 0)
			return fail(EXIT_USAGE, "%s comes first: pagestat %s [OPTION]...",
				    argv[0], argv[0]);
	if (argc > 0)
		rc = parse_interval(options, argv[0]);
	if (argc > 1 && !rc)
		rc = parse_number("count", argv[1], &options->count);
	return rc;
}

static int check_combination(const struct options *options)
{
	if (options->mode == MODE_PROCESSES || options->mode == MODE_RUN ||
	    options->mode == MODE_CHECK)
		return EXIT_DONE;
	if (options->pid || options->comm || options->columns.nr || options->all ||
	    options->limit != UINT64_MAX || options->interval_ns ||
	    options->sort != COL_pid || options->descending)
		return fail(EXIT_USAGE, "-a, -C, -n, -o, -p, --sort and INTERVAL are for the table of processes, not for --system, --probes or --columns");
	return EXIT_DONE;
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
	bool run;

	for (size_t i = 1; i < NR_COMMANDS && argc > 1; i++)
		if (strcmp(argv[1], commands[i].name) == 0)
			command = i;
	run = commands[command].mode == MODE_RUN;

	*options = (struct options){
		.mode = commands[command].mode,
		.headings = true,
		.sort = COL_pid,
		.limit = UINT64_MAX,
		.count = UINT64_MAX,
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
	if (!rc && !options->columns.nr) {
		/* A screen has 80 columns; a program picks by name. */
		if (options->format == FORMAT_JSON)
			column_list_all(&options->columns, run);
		else
			column_list_usual(&options->columns, run);
	}
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
