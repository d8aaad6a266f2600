// SPDX-License-Identifier: GPL-2.0
/*
 * The values of options, read into the fields of a command's request
 *
 * value_NAME(field, option, arg) reads @arg into @field, which points to the type that
 * PAGESTAT_OPTIONS states for the option.  @option is what messages call it: with its
 * dashes, by its long name if it has one.  What a list allocates command_free() frees.
 *
 * Return: EXIT_DONE, or another exit status after a message.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/errors.h"
#include "base/text.h"
#include "cli/hint.h"
#include "cli/values.h"
#include "model/owner.h"
#include "model/query.h"
#include "model/since.h"
#include "model/tsv.h"
#include "report/form.h"

#define INTERVAL_MAX	1000000.0
#define SIZE_LEAST	(UINT64_C(1) << 20)
#define SIZE_LARGEST	(UINT64_C(64) << 40)

int value_true(void *field, const char *option, char *arg)
{
	(void)option;
	(void)arg;
	*(bool *)field = true;
	return EXIT_DONE;
}

int value_text(void *field, const char *option, char *arg)
{
	(void)option;
	*(const char **)field = arg;
	return EXIT_DONE;
}

static int by_number(const void *left, const void *right)
{
	uint64_t a = *(const uint64_t *)left, b = *(const uint64_t *)right;

	return (a > b) - (a < b);
}

/* In order and each once, so that one of many is found fast. */
static void sort_pids(struct pid_list *pids)
{
	size_t nr = 0;

	qsort(pids->pid, pids->nr, sizeof(*pids->pid), by_number);
	for (size_t i = 0; i < pids->nr; i++)
		if (!nr || pids->pid[i] != pids->pid[nr - 1])
			pids->pid[nr++] = pids->pid[i];
	pids->nr = nr;
}

/* PID,...; cuts up @arg */
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
	sort_pids(pids);
	return EXIT_DONE;
}

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

/* [+-]COLUMN[,[+-]COLUMN] */
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

int value_number(void *field, const char *option, char *arg)
{
	uint64_t *value = field;

	if (text_to_u64(arg, value) || *value == 0)
		return fail(EXIT_USAGE, "%s \"%s\": not a whole number above 0", option, arg);
	return EXIT_DONE;
}

/* Called for each option that names a form; --textfile has the file as @arg. */
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
		return fail(EXIT_USAGE, "--raw, --json, --jsonl, --csv, --openmetrics and --textfile: give only one of them");
	form->format = (enum format)format;
	if (format == FORMAT_TEXTFILE)
		form->textfile = arg;
	return EXIT_DONE;
}

int value_no_headings(void *field, const char *option, char *arg)
{
	(void)option;
	(void)arg;
	((struct form *)field)->no_headings = true;
	return EXIT_DONE;
}

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

int value_user(void *field, const char *option, char *arg)
{
	struct user_choice *user = field;

	user->given = true;
	if (owner_user_id(arg, &user->uid))
		return EXIT_DONE;
	return fail(EXIT_USAGE, "%s \"%s\": there is no such user", option, arg);
}

int value_cgroup(void *field, const char *option, char *arg)
{
	const char **cgroup = field;

	(void)option;
	*cgroup = owner_cgroup_path(arg);
	return *cgroup ? EXIT_DONE : fail_memory();
}

/* A moment as since_parse() has it, by CLOCK_BOOTTIME. */
int value_since(void *field, const char *option, char *arg)
{
	(void)option;
	return since_parse(arg, field);
}

/* Bytes; or KiB, MiB, GiB, TiB as 16K, 16M, 16G, 16T. */
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
		return fail(EXIT_USAGE, "%s \"%s\": not a size; give one such as 16M", option, arg);
	if (*bytes > SIZE_LARGEST >> shift || *bytes << shift < SIZE_LEAST)
		return fail(EXIT_USAGE, "%s \"%s\": give from 1M to 64T", option, arg);
	*bytes <<= shift;
	return EXIT_DONE;
}

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
		return usage_error("interval \"%s\": not a number of seconds; give one from %g to %.0f",
			    arg, INTERVAL_MIN, INTERVAL_MAX);
	if (!(seconds >= INTERVAL_MIN && seconds <= INTERVAL_MAX))
		return fail(EXIT_USAGE, "interval \"%s\": out of range; give seconds from %g to %.0f",
			    arg, INTERVAL_MIN, INTERVAL_MAX);
	*interval_ns = (uint64_t)(seconds * 1e9);
	return EXIT_DONE;
}

/* The operands INTERVAL [COUNT]; what is not given stays as it is in @period. */
int value_period(struct period *period, int argc, char **argv)
{
	int rc = EXIT_DONE;

	if (argc > 2)
		return usage_error("\"%s\": one argument too many", argv[2]);
	if (argc > 0)
		rc = read_interval(&period->interval_ns, argv[0]);
	if (argc > 1 && !rc)
		rc = value_number(&period->count, "count", argv[1]);
	return rc;
}
