// SPDX-License-Identifier: GPL-2.0
/*
 * The command line: the names of options, and how a command is started
 */
#include <getopt.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/ascii.h"
#include "base/errors.h"
#include "base/gettext.h"
#include "cli/options.h"
#include "cli/values.h"
#include "report/report.h"
#include "uapi/pagestat.h"

/**
 * struct option_spec - an option
 * @name: what follows --, NULL if it has a letter only
 * @letter: 0 if it has a name only; commands may use one letter for different options
 * @value: it takes one
 * @read: reads it into the command's field
 */
struct option_spec {
	const char *name;
	char letter;
	bool value;
	int (*read)(void *field, const char *option, char *arg);
};

#define FLAG(name, letter, read)	{ name, letter, false, read }
#define VALUE(name, letter, read)	{ name, letter, true, read }

static const struct option_spec specs[NR_OPTIONS] = {
	[OPT_ALL]	     = FLAG("all", 'a', value_true),
	[OPT_BREAK]	     = FLAG("break", 0, value_true),
	[OPT_BY]	     = VALUE("by", 0, value_by),
	[OPT_CGROUP]	     = VALUE("cgroup", 0, value_cgroup),
	[OPT_CHILDREN]	     = FLAG("children", 0, value_true),
	[OPT_COLUMNS]	     = FLAG("columns", 0, value_true),
	[OPT_COMM]	     = VALUE(NULL, 'C', value_name),
	[OPT_CSV]	     = FLAG("csv", 0, value_form),
	[OPT_EXITED]	     = FLAG("exited", 0, value_true),
	[OPT_FILE]	     = VALUE("output", 'o', value_text),
	[OPT_FRAMES]	     = VALUE("frames", 0, value_number),
	[OPT_INTERACTIVE]    = FLAG("interactive", 'i', value_true),
	[OPT_JSON]	     = FLAG("json", 0, value_form),
	[OPT_JSONL]	     = FLAG("jsonl", 0, value_form),
	[OPT_LIMIT]	     = VALUE(NULL, 'n', value_number),
	[OPT_LINES]	     = VALUE("lines", 0, value_text),
	[OPT_NO_HEADINGS]    = FLAG("no-headings", 0, value_no_headings),
	[OPT_ONLY]	     = VALUE(NULL, 'o', value_text),
	[OPT_OPENMETRICS]    = FLAG("openmetrics", 0, value_form),
	[OPT_OUTPUT]	     = VALUE("output", 0, value_text),
	[OPT_PIDS]	     = VALUE(NULL, 'p', value_pids),
	[OPT_PLOT]	     = VALUE("plot", 0, value_text),
	[OPT_PROBES]	     = FLAG("probes", 0, value_true),
	[OPT_RAW]	     = FLAG("raw", 'r', value_form),
	[OPT_RECORD]	     = FLAG("record", 0, value_true),
	[OPT_REPEAT]	     = VALUE("repeat", 'r', value_number),
	[OPT_REPLAY]	     = VALUE("replay", 0, value_text),
	[OPT_REST]	     = FLAG("rest", 0, value_true),
	[OPT_SEED]	     = VALUE("seed", 0, value_number),
	[OPT_SINCE]	     = VALUE("since", 0, value_since),
	[OPT_SINCE_RECORDED] = VALUE("since", 0, value_text),
	[OPT_SIZE]	     = VALUE("size", 0, value_size),
	[OPT_SORT]	     = VALUE("sort", 0, value_order),
	[OPT_STRING]	     = VALUE("string", 0, value_text),
	[OPT_SYSTEM]	     = FLAG("system", 0, value_true),
	[OPT_TEXTFILE]	     = VALUE("textfile", 0, value_form),
	[OPT_THP]	     = VALUE("thp", 0, value_on_off),
	[OPT_USER]	     = VALUE(NULL, 'u', value_user),
};

/* getopt_long() returns this plus its number for a long option, else the letter. */
#define LONG	256

/* Lists a command's options for getopt_long(). */
static void list_options(const struct command *command, struct option *longs, char *letters)
{
	/* "+": stop at the first operand. */
	letters = stpcpy(letters, command->starts_program ? "+:hV" : ":hV");
	*longs++ = (struct option){ .name = "help", .val = OUTCOME_HELP };
	*longs++ = (struct option){ .name = "version", .val = OUTCOME_VERSION };
	for (size_t i = 0; i < command->nr_options; i++) {
		enum option_id id = command->options[i].option;
		const struct option_spec *spec = &specs[id];

		if (spec->name)
			*longs++ = (struct option){
				.name = spec->name,
				.has_arg = spec->value ? required_argument : no_argument,
				.val = LONG + (int)id,
			};
		if (spec->letter)
			*letters++ = spec->letter;
		if (spec->letter && spec->value)
			*letters++ = ':';
	}
	*longs = (struct option){ 0 };
	*letters = '\0';
}

static int bad_option(char **argv, int found)
{
	const char *arg = argv[optind - 1];

	if (found == ':')
		return fail(EXIT_USAGE, "option %s needs a value. " SEE_HELP, arg);
	if (ascii_is_digit(optopt))
		return fail(EXIT_USAGE, "there is no option -%c, and an interval is not negative; give seconds from %g up. " SEE_HELP,
			    optopt, INTERVAL_MIN);
	if (optopt > 0 && optopt < 256)
		return fail(EXIT_USAGE, "there is no option -%c here. " SEE_HELP, optopt);
	return fail(EXIT_USAGE, "option %s: unknown here, an ambiguous abbreviation, or given a value it does not take. " SEE_HELP,
		    arg);
}

/* Return: the command's option that getopt_long() found, NULL if there is none. */
static const struct option_field *find_option(const struct command *command, int found)
{
	for (size_t i = 0; i < command->nr_options; i++) {
		enum option_id id = command->options[i].option;

		if (found == LONG + (int)id || (found < LONG && found == specs[id].letter))
			return &command->options[i];
	}
	return NULL;
}

static int read_option(const struct option_field *option, void *request, char *arg)
{
	const struct option_spec *spec = &specs[option->option];
	const char letter[] = { '-', spec->letter, '\0' };
	char name[32];

	snprintf(name, sizeof(name), "--%s", spec->name ? spec->name : "");
	/* Messages name an option by its long name, but for -r of pagestat run. */
	return spec->read((char *)request + option->offset,
			  spec->name && option->option != OPT_REPEAT ? name : letter, arg);
}

static int read_options(const struct command *command, void *request, int argc, char **argv,
			enum outcome *outcome)
{
	struct option longs[NR_OPTIONS + 3];
	char letters[2 * NR_OPTIONS + 5];
	int found, rc = EXIT_DONE;

	list_options(command, longs, letters);
	optind = 1;
	opterr = 0;
	while (!rc && (found = getopt_long(argc, argv, letters, longs, NULL)) != -1) {
		const struct option_field *option = find_option(command, found);

		if (found == OUTCOME_HELP || found == OUTCOME_VERSION) {
			*outcome = (enum outcome)found;
			break;
		}
		rc = option ? read_option(option, request, optarg) : bad_option(argv, found);
	}
	return rc;
}

/* A command's name among the operands is a mistake. */
static int read_operands(const struct command *command, const struct command *const *others,
			 void *request, int argc, char **argv)
{
	for (; argc && others && *others; others++)
		if ((*others)->name && strcmp((*others)->name, argv[0]) == 0)
			return fail(EXIT_USAGE, "%s comes first: pagestat %s [OPTION]...",
				    argv[0], argv[0]);
	return command->finish(request, argc, argv);
}

static int do_command(const struct command *command, void *request, enum outcome outcome)
{
	switch (outcome) {
	case OUTCOME_HELP:
		fputs(_(command->help), stdout);
		return report_flush();
	case OUTCOME_VERSION:
		printf("pagestat %s, interface version %d\n", PAGESTAT_VERSION, PAGESTAT_ABI);
		return report_flush();
	default:
		return command->start(request);
	}
}

/**
 * command_read() - read the arguments of a command
 * @command: the command
 * @others: commands whose names cannot be operands of this one, ended by NULL; or NULL
 * @request: of @command->request_size; gets what was asked
 * @argc: how many arguments there are
 * @argv: they; the first one is the command itself
 * @outcome: gets what to do
 *
 * Return: EXIT_DONE, or another exit status after a message.
 */
int command_read(const struct command *command, const struct command *const *others,
		 void *request, int argc, char **argv, enum outcome *outcome)
{
	int rc;

	*outcome = OUTCOME_START;
	if (command->defaults)
		memcpy(request, command->defaults, command->request_size);
	else
		memset(request, 0, command->request_size);
	rc = read_options(command, request, argc, argv, outcome);
	if (!rc && *outcome == OUTCOME_START)
		rc = read_operands(command, others, request, argc - optind, argv + optind);
	return rc;
}

/**
 * command_free() - free a request, and what its options allocated
 * @command: the command
 * @request: read by command_read(), successfully or not; allocated by malloc()
 */
void command_free(const struct command *command, void *request)
{
	for (size_t i = 0; i < command->nr_options; i++) {
		void *field = (char *)request + command->options[i].offset;

		if (command->options[i].option == OPT_PIDS)
			free(((struct pid_list *)field)->pid);
		else if (command->options[i].option == OPT_COMM)
			free(((struct name_list *)field)->name);
	}
	free(request);
}

/**
 * command_line() - read the arguments of a command, and do what they ask
 * @command: the command
 * @others: as for command_read()
 * @argc: as for command_read()
 * @argv: as for command_read()
 *
 * Return: the exit status of the program.
 */
int command_line(const struct command *command, const struct command *const *others,
		 int argc, char **argv)
{
	enum outcome outcome;
	void *request;
	int rc;

	if (command->program)
		return start_program(command, argv);
	request = malloc(command->request_size);
	if (!request)
		return fail_memory();
	/*
	 * SIGPIPE ends pagestat when the reader of a pipe closes it, even if SIGPIPE was
	 * ignored when pagestat was started.  A program that pagestat starts inherits it
	 * unchanged.
	 */
	if (!command->starts_program)
		signal(SIGPIPE, SIG_DFL);
	rc = command_read(command, others, request, argc, argv, &outcome);
	/* Must not be mistaken for the status of the program that is started. */
	if (rc && command->starts_program)
		rc = EXIT_NO_BILL;
	if (!rc)
		rc = do_command(command, request, outcome);
	command_free(command, request);
	return rc;
}
