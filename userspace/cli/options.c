// SPDX-License-Identifier: GPL-2.0
/*
 * The command line
 */
#include <ctype.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/errors.h"
#include "cli/commands.h"
#include "cli/option_rules.h"
#include "cli/option_values.h"
#include "model/since.h"

/* A long option to getopt_long(); letters are below. */
#define LONG	256

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

static int take_option(struct options *options, enum option_id option, char *value)
{
	switch (option) {
	case OPT_ALL:
		options->all = true;
		return EXIT_DONE;
	case OPT_BREAK:
		options->broken = true;
		return EXIT_DONE;
	case OPT_BY:
		return value_by(options, value);
	case OPT_CGROUP:
		return value_cgroup(options, value);
	case OPT_CHILDREN:
		options->children = true;
		return EXIT_DONE;
	case OPT_COLUMNS:
		return value_mode(options, MODE_COLUMNS);
	case OPT_COMM:
		return value_comm(options, value);
	case OPT_CSV:
		return value_format(options, FORMAT_CSV);
	case OPT_EXITED:
		options->exited = true;
		return EXIT_DONE;
	case OPT_FILE:
	case OPT_OUTPUT:
		options->output = value;
		return EXIT_DONE;
	case OPT_FRAMES:
		return value_number("--frames", value, &options->frames);
	case OPT_HELP:
		options->mode = MODE_HELP;
		return EXIT_DONE;
	case OPT_INTERACTIVE:
		options->interactive = true;
		return EXIT_DONE;
	case OPT_JSON:
		return value_format(options, FORMAT_JSON);
	case OPT_JSONL:
		return value_format(options, FORMAT_JSONL);
	case OPT_LATENCY:
		return value_mode(options, MODE_LATENCY);
	case OPT_LIMIT:
		return value_number("-n", value, &options->limit);
	case OPT_NO_HEADINGS:
		options->headings = false;
		return EXIT_DONE;
	case OPT_LINES:
	case OPT_ONLY:
		options->only = value;
		return EXIT_DONE;
	case OPT_OPENMETRICS:
		return value_format(options, FORMAT_OPENMETRICS);
	case OPT_PIDS:
		return value_pids(options, value);
	case OPT_PLOT:
		options->picture = value;
		return EXIT_DONE;
	case OPT_PROBES:
		return value_mode(options, MODE_PROBES);
	case OPT_RAW:
		return value_format(options, FORMAT_RAW);
	case OPT_RECORD:
		options->record = true;
		return EXIT_DONE;
	case OPT_REPEAT:
		return value_number("-r", value, &options->repeats);
	case OPT_REPLAY:
		options->recording = value;
		return EXIT_DONE;
	case OPT_REST:
		options->rest = true;
		return EXIT_DONE;
	case OPT_SEED:
		return value_number("--seed", value, &options->seed);
	case OPT_SINCE:
		if (options->mode != MODE_REPLAY)
			return since_parse(value, &options->since_ns);
		options->since = value;
		return EXIT_DONE;
	case OPT_SIZE:
		return value_size(options, value);
	case OPT_SORT:
		return value_sort(options, value);
	case OPT_STRING:
		options->string = value;
		return EXIT_DONE;
	case OPT_SYSTEM:
		return value_mode(options, MODE_SYSTEM);
	case OPT_TEXTFILE:
		options->output = value;
		return value_format(options, FORMAT_TEXTFILE);
	case OPT_THP:
		return value_thp(options, value);
	case OPT_USER:
		return value_user(options, value);
	case OPT_VERSION:
		options->mode = MODE_VERSION;
		return EXIT_DONE;
	case NR_OPTIONS:
		break;
	}
	return EXIT_USAGE;
}

static bool takes(const struct command *command, int option)
{
	return command->takes >> option & 1;
}

/* What getopt_long() wants to know. */
static void list_options(const struct command *command, struct option *longs, char *letters)
{
	/* What follows the first operand may be another program's: "+". */
	letters = stpcpy(letters, command->ends_options ? "+:" : ":");
	for (int i = 0; i < NR_OPTIONS; i++) {
		const struct option_spec *spec = &option_specs[i];

		if (!takes(command, i))
			continue;
		if (spec->name)
			*longs++ = (struct option){
				.name = spec->name,
				.has_arg = spec->value ? required_argument : no_argument,
				.val = LONG + i,
			};
		if (spec->letter)
			*letters++ = spec->letter;
		if (spec->letter && spec->value)
			*letters++ = ':';
	}
	*longs = (struct option){ 0 };
	*letters = '\0';
}

/* Return: what getopt_long() found, NR_OPTIONS if that is none. */
static enum option_id which_option(const struct command *command, int found)
{
	int i = 0;

	if (found >= LONG)
		return (enum option_id)(found - LONG);
	while (i < NR_OPTIONS && !(takes(command, i) && option_specs[i].letter == found))
		i++;
	return (enum option_id)i;
}

static int take_options(struct options *options, int argc, char **argv)
{
	const struct command *command = options->asked;
	struct option longs[NR_OPTIONS + 1];
	char letters[2 * NR_OPTIONS + 3];
	int found, rc = EXIT_DONE;

	list_options(command, longs, letters);
	optind = command->name ? 2 : 1;
	opterr = 0;
	while (!rc && (found = getopt_long(argc, argv, letters, longs, NULL)) != -1) {
		enum option_id option = which_option(command, found);

		rc = option == NR_OPTIONS ? bad_option(argv, found) :
					    take_option(options, option, optarg);
		if (options->mode == MODE_HELP || options->mode == MODE_VERSION)
			break;
	}
	return rc;
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

	if (options->mode == MODE_LAB) {
		if (argc > 1)
			return fail(EXIT_USAGE, "\"%s\": one experiment at a time. " SEE_HELP, argv[1]);
		options->experiment = argc ? argv[0] : NULL;
		return EXIT_DONE;
	}
	if (options->mode == MODE_REPLAY || options->mode == MODE_PLOT) {
		if (!argc)
			return fail(EXIT_USAGE, "%s: of which file? pagestat record makes them. " SEE_HELP,
				    options->asked->name);
		options->recording = *argv++;
		argc--;
		/* No sample is nearer to another: all are shown. */
		options->interval_ns = 1;
	}
	if (options->mode == MODE_RECORD)
		options->interval_ns = UINT64_C(1000000000);

	if (options->mode == MODE_CHECK && argc)
		return fail(EXIT_USAGE, "\"%s\": check takes no argument. " SEE_HELP, argv[0]);
	if (options->mode == MODE_PLOT && argc)
		return fail(EXIT_USAGE, "\"%s\": plot takes one file, and no interval. " SEE_HELP,
			    argv[0]);
	if (options->mode == MODE_LATENCY && argc && value_turn(options, argv[0])) {
		if (argc == 1 && !options->pid && !options->comm &&
		    options->format == FORMAT_TABLE)
			return EXIT_DONE;
		return fail(EXIT_USAGE, "latency %s: takes no options and nothing after it. " SEE_HELP,
			    argv[0]);
	}
	if (options->mode == MODE_TOP && options->recording && argc)
		return fail(EXIT_USAGE, "\"%s\": what was recorded has its own intervals; + and - change how fast it is played",
			    argv[0]);
	if (argc > 2)
		return fail(EXIT_USAGE, "\"%s\": one argument too many. " SEE_HELP, argv[2]);
	if (argc > 0 && options->mode == MODE_PROCESSES && command_find(argv[0]))
		return fail(EXIT_USAGE, "%s comes first: pagestat %s [OPTION]...",
			    argv[0], argv[0]);
	if (argc > 0)
		rc = value_interval(options, argv[0]);
	if (argc > 1 && !rc)
		rc = value_number("count", argv[1], &options->count);
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
	const struct command *command = argc > 1 ? command_find(argv[1]) : NULL;
	int rc;

	if (!command)
		command = &commands[0];
	*options = (struct options){
		.asked = command,
		.mode = command->mode,
		.headings = true,
		.sort = NR_COLUMNS,
		.second = NR_COLUMNS,
		.limit = UINT64_MAX,
		.count = UINT64_MAX,
		.repeats = 1,
	};

	rc = take_options(options, argc, argv);
	if (rc || options->mode == MODE_HELP || options->mode == MODE_VERSION)
		return rc;
	rc = take_operands(options, argc - optind, argv + optind);
	if (!rc)
		rc = options_check(options);
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
