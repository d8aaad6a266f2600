// SPDX-License-Identifier: GPL-2.0
/*
 * The values of options, read into the fields of a command's request
 *
 * Each function is given the field, whose type command.h states for every option, the
 * option as the user typed it or could have, and its value.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/errors.h"
#include "base/text.h"
#include "cli/values.h"
#include "model/owner.h"
#include "model/query.h"
#include "model/since.h"
#include "model/tsv.h"
#include "report/form.h"

#define INTERVAL_MAX	1000000.0
#define SIZE_LEAST	(UINT64_C(1) << 20)
#define SIZE_LARGEST	(UINT64_C(64) << 40)

/**
 * value_true() - an option without a value was given
 * @field: bool
 * @option: unused
 * @arg: unused
 *
 * Return: EXIT_DONE.
 */
int value_true(void *field, const char *option, char *arg)
{
	(void)option;
	(void)arg;
	*(bool *)field = true;
	return EXIT_DONE;
}

/**
 * value_text() - a value that is taken as it is
 * @field: const char *
 * @option: unused
 * @arg: the value
 *
 * Return: EXIT_DONE.
 */
int value_text(void *field, const char *option, char *arg)
{
	(void)option;
	*(const char **)field = arg;
	return EXIT_DONE;
}

/**
 * value_pids() - add processes to a list
 * @field: struct pid_list
 * @option: for the message
 * @arg: ``PID,...``; is cut up
 *
 * Return: EXIT_DONE, or another exit status after a message.
 */
int value_pids(void *field, const char *option, char *arg)
{
	struct pid_list *pids = field;

	for (char *pid = strsep(&arg, ","); pid; pid = strsep(&arg, ",")) {
		uint64_t *more, value;

		if (text_to_u64(pid, &value) || value == 0 || value > INT32_MAX)
			return fail(EXIT_USAGE, "%s \"%s\": not a process ID; give one or more, separated by commas",
				    option, pid);
		more = reallocarray(pids->pid, pids->nr + 1, sizeof(*more));
		if (!more)
			return fail_memory();
		pids->pid = more;
		pids->pid[pids->nr++] = value;
	}
	return EXIT_DONE;
}

/**
 * value_name() - add a pattern of names to a list
 * @field: struct name_list
 * @option: unused
 * @arg: the pattern
 *
 * Return: EXIT_DONE, or another exit status after a message.
 */
int value_name(void *field, const char *option, char *arg)
{
	struct name_list *names = field;
	const char **more;

	(void)option;
	more = reallocarray(names->name, names->nr + 1, sizeof(*more));
	if (!more)
		return fail_memory();
	names->name = more;
	names->name[names->nr++] = arg;
	return EXIT_DONE;
}

static int read_order(const char *option, const char *arg, size_t len,
		      enum column_id *column, bool *descending)
{
	bool given = *arg == '+' || *arg == '-';
	int found = len > given ? column_find(arg + given, len - given) : -1;

	if (found < 0)
		return fail(EXIT_USAGE, "%s: no column is called \"%.*s\"; pagestat --columns lists them",
			    option, (int)len - given, arg + given);
	*column = (enum column_id)found;
	*descending = given ? *arg == '-' : process_columns[found].counter;
	return EXIT_DONE;
}

/**
 * value_order() - read by which columns rows are sorted
 * @field: struct row_order; stays as it is if @arg is none
 * @option: for the message
 * @arg: ``[+-]COLUMN[,[+-]COLUMN]``
 *
 * Return: EXIT_DONE, or another exit status after a message.
 */
int value_order(void *field, const char *option, char *arg)
{
	struct row_order order = { .second = NR_COLUMNS };
	size_t len = strcspn(arg, ",");
	int rc = EXIT_DONE;

	if (arg[len])
		rc = read_order(option, arg + len + 1, strlen(arg + len + 1), &order.second,
				&order.second_descending);
	if (!rc)
		rc = read_order(option, arg, len, &order.column, &order.descending);
	if (!rc)
		*(struct row_order *)field = order;
	return rc;
}

/**
 * value_number() - read a whole number above 0
 * @field: uint64_t
 * @option: what it is for
 * @arg: the text
 *
 * Return: EXIT_DONE, or another exit status after a message.
 */
int value_number(void *field, const char *option, char *arg)
{
	uint64_t *value = field;

	if (text_to_u64(arg, value) || *value == 0)
		return fail(EXIT_USAGE, "%s \"%s\": not a whole number above 0", option, arg);
	return EXIT_DONE;
}

/**
 * value_form() - read in which form a report is printed
 * @field: struct form
 * @option: which form: its long name, with the dashes
 * @arg: the file, of ``--textfile``
 *
 * Return: EXIT_DONE, or another exit status after a message.
 */
int value_form(void *field, const char *option, char *arg)
{
	static const char *const names[NR_FORMATS] = {
		[FORMAT_RAW] = "--raw", [FORMAT_JSON] = "--json", [FORMAT_JSONL] = "--jsonl",
		[FORMAT_CSV] = "--csv", [FORMAT_OPENMETRICS] = "--openmetrics",
		[FORMAT_TEXTFILE] = "--textfile",
	};
	struct form *form = field;
	int format = FORMAT_RAW;

	while (strcmp(names[format], option) != 0)
		format++;
	if (form->format != FORMAT_TABLE && form->format != (enum format)format)
		return fail(EXIT_USAGE, "--raw, --json, --jsonl, --csv, --openmetrics and --textfile exclude each other");
	form->format = (enum format)format;
	if (format == FORMAT_TEXTFILE)
		form->textfile = arg;
	return EXIT_DONE;
}

/**
 * value_no_headings() - a report is printed without headings
 * @field: struct form
 * @option: unused
 * @arg: unused
 *
 * Return: EXIT_DONE.
 */
int value_no_headings(void *field, const char *option, char *arg)
{
	(void)option;
	(void)arg;
	((struct form *)field)->no_headings = true;
	return EXIT_DONE;
}

/**
 * value_by() - read what a row is to be about
 * @field: enum by
 * @option: for the message
 * @arg: the word
 *
 * Return: EXIT_DONE, or another exit status after a message.
 */
int value_by(void *field, const char *option, char *arg)
{
	static const char *const names[NR_BY] = {
		[BY_PROCESS] = "process", [BY_THREAD] = "thread", [BY_CGROUP] = "cgroup",
		[BY_USER] = "user", [BY_COMMAND] = "command",
	};

	for (int i = 0; i < NR_BY; i++) {
		if (strcmp(arg, names[i]) == 0) {
			*(enum by *)field = (enum by)i;
			return EXIT_DONE;
		}
	}
	return fail(EXIT_USAGE, "%s \"%s\": not process, thread, cgroup, user or command",
		    option, arg);
}

/**
 * value_user() - read whose processes are asked for
 * @field: struct user_choice
 * @option: for the message
 * @arg: name or number
 *
 * Return: EXIT_DONE, or another exit status after a message.
 */
int value_user(void *field, const char *option, char *arg)
{
	struct user_choice *user = field;

	user->given = true;
	if (owner_user_id(arg, &user->uid))
		return EXIT_DONE;
	return fail(EXIT_USAGE, "%s \"%s\": there is no such user", option, arg);
}

/**
 * value_cgroup() - read of which control group
 * @field: const char *
 * @option: unused
 * @arg: its path
 *
 * Return: EXIT_DONE, or another exit status after a message.
 */
int value_cgroup(void *field, const char *option, char *arg)
{
	const char **cgroup = field;

	(void)option;
	*cgroup = owner_cgroup_path(arg);
	return *cgroup ? EXIT_DONE : fail_memory();
}

/**
 * value_since() - read since when
 * @field: uint64_t, by CLOCK_BOOTTIME
 * @option: unused
 * @arg: a moment, see since_parse()
 *
 * Return: EXIT_DONE, or another exit status after a message.
 */
int value_since(void *field, const char *option, char *arg)
{
	(void)option;
	return since_parse(arg, field);
}

/**
 * value_size() - read how much memory
 * @field: uint64_t, bytes
 * @option: for the message
 * @arg: bytes, or with K, M, G or T as many KiB, MiB, GiB, TiB
 *
 * Return: EXIT_DONE, or another exit status after a message.
 */
int value_size(void *field, const char *option, char *arg)
{
	static const char letters[] = "KMGT";
	uint64_t *bytes = field;
	char digits[24];
	size_t len = strspn(arg, "0123456789");
	const char *letter = arg[len] ? strchr(letters, arg[len]) : NULL;
	unsigned int shift = letter ? 10 * (unsigned int)(letter - letters + 1) : 0;

	snprintf(digits, sizeof(digits), "%.*s", (int)len, arg);
	if (len >= sizeof(digits) || text_to_u64(digits, bytes) ||
	    (arg[len] && (!letter || arg[len + 1])))
		return fail(EXIT_USAGE, "%s \"%s\": not a size; for one, 16M", option, arg);
	if (*bytes > SIZE_LARGEST >> shift || *bytes << shift < SIZE_LEAST)
		return fail(EXIT_USAGE, "%s \"%s\": give from 1M to 64T", option, arg);
	*bytes <<= shift;
	return EXIT_DONE;
}

/**
 * value_on_off() - read whether something is to be on
 * @field: bool
 * @option: for the message
 * @arg: on or off
 *
 * Return: EXIT_DONE, or another exit status after a message.
 */
int value_on_off(void *field, const char *option, char *arg)
{
	bool on = strcmp(arg, "on") == 0;

	*(bool *)field = on;
	if (on || strcmp(arg, "off") == 0)
		return EXIT_DONE;
	return fail(EXIT_USAGE, "%s \"%s\": not on or off", option, arg);
}

/* strtod() alone would take "nan", "1e99" and " 1" too. */
static int read_interval(uint64_t *interval_ns, const char *arg)
{
	double seconds = strtod(arg, NULL);

	if (arg[strspn(arg, "0123456789.")] || !strpbrk(arg, "0123456789") ||
	    strchr(arg, '.') != strrchr(arg, '.'))
		return fail(EXIT_USAGE, "interval \"%s\": not a number of seconds; give one from %g to %.0f. " SEE_HELP,
			    arg, INTERVAL_MIN, INTERVAL_MAX);
	if (!(seconds >= INTERVAL_MIN && seconds <= INTERVAL_MAX))
		return fail(EXIT_USAGE, "interval \"%s\": out of range; give seconds from %g to %.0f",
			    arg, INTERVAL_MIN, INTERVAL_MAX);
	*interval_ns = (uint64_t)(seconds * 1e9);
	return EXIT_DONE;
}

/**
 * value_period() - read the operands INTERVAL [COUNT]
 * @period: gets what is given
 * @argc: how many operands there are
 * @argv: they
 *
 * Return: EXIT_DONE, or another exit status after a message.
 */
int value_period(struct period *period, int argc, char **argv)
{
	int rc = EXIT_DONE;

	if (argc > 2)
		return fail(EXIT_USAGE, "\"%s\": one argument too many. " SEE_HELP, argv[2]);
	if (argc > 0)
		rc = read_interval(&period->interval_ns, argv[0]);
	if (argc > 1 && !rc)
		rc = value_number(&period->count, "count", argv[1]);
	return rc;
}
