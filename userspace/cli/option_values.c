// SPDX-License-Identifier: GPL-2.0
/*
 * The values of options
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/errors.h"
#include "cli/option_values.h"
#include "model/owner.h"
#include "model/tsv.h"

#define INTERVAL_MAX	1000000.0
#define SIZE_LEAST	(UINT64_C(1) << 20)
#define SIZE_LARGEST	(UINT64_C(64) << 40)

/**
 * value_pids() - add the processes that -p names
 * @options: get them
 * @arg: ``PID,...``; is cut up
 *
 * Return: EXIT_DONE, or another exit status after a message.
 */
int value_pids(struct options *options, char *arg)
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

/**
 * value_comm() - add a pattern of -C
 * @options: get it
 * @name: the pattern
 *
 * Return: EXIT_DONE, or another exit status after a message.
 */
int value_comm(struct options *options, const char *name)
{
	const char **more;

	more = reallocarray(options->comm, options->nr_comms + 1, sizeof(*more));
	if (!more)
		return fail_memory();
	options->comm = more;
	options->comm[options->nr_comms++] = name;
	return EXIT_DONE;
}

static int take_order(const char *arg, size_t len, enum column_id *sort, bool *descending)
{
	bool given = *arg == '+' || *arg == '-';
	int column = len > given ? column_find(arg + given, len - given) : -1;

	if (column < 0)
		return fail(EXIT_USAGE, "--sort: no column is called \"%.*s\"; pagestat --columns lists them",
			    (int)len - given, arg + given);
	*sort = (enum column_id)column;
	*descending = given ? *arg == '-' : process_columns[column].counter;
	return EXIT_DONE;
}

/**
 * value_sort() - read the order that --sort names
 * @options: get it
 * @arg: ``[+-]COLUMN[,[+-]COLUMN]``
 *
 * Return: EXIT_DONE, or another exit status after a message.
 */
int value_sort(struct options *options, const char *arg)
{
	enum column_id second = NR_COLUMNS;
	size_t len = strcspn(arg, ",");
	bool down = false;
	int rc = EXIT_DONE;

	if (arg[len])
		rc = take_order(arg + len + 1, strlen(arg + len + 1), &second, &down);
	if (!rc)
		rc = take_order(arg, len, &options->sort, &options->descending);
	if (!rc) {
		options->second = second;
		options->second_descending = down;
	}
	return rc;
}

/**
 * value_number() - read a whole number above 0
 * @what: it is for
 * @arg: the text
 * @value: gets the number
 *
 * Return: EXIT_DONE, or another exit status after a message.
 */
int value_number(const char *what, const char *arg, uint64_t *value)
{
	if (parse_u64(arg, value) || *value == 0)
		return fail(EXIT_USAGE, "%s \"%s\": not a whole number above 0", what, arg);
	return EXIT_DONE;
}

/**
 * value_interval() - read the seconds of an interval
 * @options: get it
 * @arg: the text; strtod() alone would take "nan", "1e99" and " 1" too
 *
 * Return: EXIT_DONE, or another exit status after a message.
 */
int value_interval(struct options *options, const char *arg)
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

/**
 * value_mode() - note which report is asked for
 * @options: get it
 * @mode: which
 *
 * Return: EXIT_DONE, or another exit status after a message.
 */
int value_mode(struct options *options, enum mode mode)
{
	if (options->mode != MODE_PROCESSES && options->mode != mode)
		return fail(EXIT_USAGE, "--system, --probes, --columns and --latency are different reports: ask for one");
	options->mode = mode;
	return EXIT_DONE;
}

/**
 * value_format() - note in which form
 * @options: get it
 * @format: which
 *
 * Return: EXIT_DONE, or another exit status after a message.
 */
int value_format(struct options *options, enum format format)
{
	if (options->format != FORMAT_TABLE && options->format != format)
		return fail(EXIT_USAGE, "--raw, --json, --jsonl, --csv, --openmetrics and --textfile exclude each other");
	options->format = format;
	return EXIT_DONE;
}

/**
 * value_by() - read what a row is to be about
 * @options: get it
 * @arg: the word of --by
 *
 * Return: EXIT_DONE, or another exit status after a message.
 */
int value_by(struct options *options, const char *arg)
{
	static const char *const names[NR_BY] = {
		[BY_PROCESS] = "process", [BY_THREAD] = "thread", [BY_CGROUP] = "cgroup",
		[BY_USER] = "user", [BY_COMMAND] = "command",
	};

	for (int i = 0; i < NR_BY; i++) {
		if (strcmp(arg, names[i]) == 0) {
			options->by = (enum by)i;
			options->by_given = true;
			return EXIT_DONE;
		}
	}
	return fail(EXIT_USAGE, "--by \"%s\": not process, thread, cgroup, user or command", arg);
}

/**
 * value_user() - read whose processes are asked for
 * @options: get it
 * @arg: name or number
 *
 * Return: EXIT_DONE, or another exit status after a message.
 */
int value_user(struct options *options, const char *arg)
{
	options->by_uid = true;
	if (user_id(arg, &options->uid))
		return EXIT_DONE;
	return fail(EXIT_USAGE, "-u \"%s\": there is no such user", arg);
}

/**
 * value_cgroup() - read of which control group
 * @options: get it
 * @arg: its path
 *
 * Return: EXIT_DONE, or another exit status after a message.
 */
int value_cgroup(struct options *options, const char *arg)
{
	options->cgroup = cgroup_path(arg);
	return options->cgroup ? EXIT_DONE : fail_memory();
}

/**
 * value_size() - read how much memory an experiment is done with
 * @options: get it
 * @arg: bytes, or with K, M, G or T as many KiB, MiB, GiB, TiB
 *
 * Return: EXIT_DONE, or another exit status after a message.
 */
int value_size(struct options *options, const char *arg)
{
	static const char letters[] = "KMGT";
	char digits[24];
	size_t len = strspn(arg, "0123456789");
	const char *letter = arg[len] ? strchr(letters, arg[len]) : NULL;
	unsigned int shift = letter ? 10 * (unsigned int)(letter - letters + 1) : 0;

	snprintf(digits, sizeof(digits), "%.*s", (int)len, arg);
	if (len >= sizeof(digits) || parse_u64(digits, &options->size) ||
	    (arg[len] && (!letter || arg[len + 1])))
		return fail(EXIT_USAGE, "--size \"%s\": not a size; for one, 16M", arg);
	if (options->size > SIZE_LARGEST >> shift || options->size << shift < SIZE_LEAST)
		return fail(EXIT_USAGE, "--size \"%s\": give from 1M to 64T", arg);
	options->size <<= shift;
	return EXIT_DONE;
}

/**
 * value_thp() - read whether an experiment is done with huge pages
 * @options: get it
 * @arg: on or off
 *
 * Return: EXIT_DONE, or another exit status after a message.
 */
int value_thp(struct options *options, const char *arg)
{
	options->thp = strcmp(arg, "on") == 0;
	if (options->thp || strcmp(arg, "off") == 0)
		return EXIT_DONE;
	return fail(EXIT_USAGE, "--thp \"%s\": not on or off", arg);
}

/**
 * value_turn() - what latency is told to do besides to measure
 * @options: gets it
 * @word: on, off or status
 *
 * Return: false, and nothing is set, if it is none of these.
 */
bool value_turn(struct options *options, const char *word)
{
	static const char *const words[] = {
		[TURN_ON] = "on", [TURN_OFF] = "off", [TURN_STATUS] = "status",
	};

	for (int turn = TURN_ON; turn <= TURN_STATUS; turn++)
		if (strcmp(word, words[turn]) == 0)
			options->turn = (enum turn)turn;
	return options->turn != TURN_NOT;
}
