// SPDX-License-Identifier: GPL-2.0
/*
 * The command line: its options, and how a command is started
 */
#include <getopt.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/errors.h"
#include "base/gettext.h"
#include "cli/hint.h"
#include "cli/options.h"
#include "cli/specs.h"
#include "cli/usage.h"
#include "report/report.h"
#include "uapi/pagestat.h"

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
		const struct option_spec *spec = &option_specs[id];

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

/* Return: the command's option that getopt_long() found, NULL if there is none. */
static const struct option_field *find_option(const struct command *command, int found)
{
	for (size_t i = 0; i < command->nr_options; i++) {
		enum option_id id = command->options[i].option;

		if (found == LONG + (int)id || (found < LONG && found == option_specs[id].letter))
			return &command->options[i];
	}
	return NULL;
}

static int read_option(const struct option_field *option, void *request, char *arg)
{
	const struct option_spec *spec = &option_specs[option->option];
	const char letter[] = { '-', spec->letter, '\0' };
	char name[32];

	snprintf(name, sizeof(name), "--%s", spec->name ? spec->name : "");
	/* Messages name an option by its long name, but for -r of pagestat run. */
	return spec->read((char *)request + option->offset,
			  spec->name && option->option != OPT_REPEAT ? name : letter, arg);
}

static int read_options(const struct command *command, const struct command *const *all,
			void *request, int argc, char **argv, enum outcome *outcome)
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
		rc = option ? read_option(option, request, optarg) :
		     usage_bad_option(command, all, argv[optind - 1], found);
	}
	return rc;
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
 * @all: all commands, ended by NULL; NULL if it is the only one
 * @request: of @command->request_size; gets what was asked
 * @argc: how many arguments there are
 * @argv: they; the first one is the command itself
 * @outcome: gets what to do
 *
 * Return: EXIT_DONE, or another exit status after a message.
 */
int command_read(const struct command *command, const struct command *const *all,
		 void *request, int argc, char **argv, enum outcome *outcome)
{
	int rc;

	*outcome = OUTCOME_START;
	usage_of(command);
	if (command->defaults)
		memcpy(request, command->defaults, command->request_size);
	else
		memset(request, 0, command->request_size);
	rc = read_options(command, all, request, argc, argv, outcome);
	if (!rc && *outcome == OUTCOME_START)
		rc = usage_check_operands(command, all, argc - optind, argv + optind) ?:
		     command->finish(request, argc - optind, argv + optind);
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
 * @all: as for command_read()
 * @argc: as for command_read()
 * @argv: as for command_read()
 *
 * Return: the exit status of the program.
 */
int command_line(const struct command *command, const struct command *const *all,
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
	rc = command_read(command, all, request, argc, argv, &outcome);
	/* Must not be mistaken for the status of the program that is started. */
	if (rc && command->starts_program)
		rc = EXIT_NO_BILL;
	if (!rc)
		rc = do_command(command, request, outcome);
	command_free(command, request);
	return rc;
}
