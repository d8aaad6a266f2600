// SPDX-License-Identifier: GPL-2.0
/*
 * The moment of --since, by CLOCK_BOOTTIME, the clock of the module
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/ascii.h"
#include "base/clock.h"
#include "base/errors.h"
#include "model/sample.h"
#include "model/since.h"

#define SECOND	1000000000.0
#define LATEST	18446744073709551615.0	/* UINT64_MAX + 1, as UINT64_MAX is no double */

/* Seconds of a unit, 0 if there is none of that name. */
static double unit_seconds(const char *unit)
{
	static const struct {
		const char *names;
		double seconds;
	} units[] = {
		{ "||s|sec|second|seconds|", 1 }, { "|m|min|minute|minutes|", 60 },
		{ "|h|hour|hours|", 3600 }, { "|d|day|days|", 86400 }, { "|w|week|weeks|", 604800 },
	};
	char name[16];

	if ((size_t)snprintf(name, sizeof(name), "|%s|", unit) >= sizeof(name) ||
	    strchr(unit, '|'))
		return 0;
	for (size_t i = 0; i < sizeof(units) / sizeof(*units); i++)
		if (strstr(units[i].names, name))
			return units[i].seconds;
	return 0;
}

/* "90", "90s", "5m", "-10min", "1.5d": so long ago.  Return: seconds, -1 if invalid. */
static double parse_ago(const char *arg)
{
	size_t len;
	double seconds;

	arg += *arg == '-';
	len = strspn(arg, "0123456789.");
	if (!strpbrk(arg, "0123456789") || !len || strchr(arg, '.') != strrchr(arg, '.'))
		return -1;
	seconds = unit_seconds(arg + len);
	return seconds > 0 ? strtod(arg, NULL) * seconds : -1;
}

/* Reads exactly @nr digits.  Return: is that what is there, and no more than @most? */
static bool parse_digits(const char **at, int nr, int most, int *value)
{
	*value = 0;
	for (; nr; nr--) {
		if (!ascii_is_digit(**at))
			return false;
		*value = *value * 10 + *(*at)++ - '0';
	}
	return *value <= most;
}

static bool parse_date(const char **at, struct tm *tm)
{
	static const char *const days[] = { "yesterday", "today", "tomorrow" };
	int year, month;

	for (int i = 0; i < 3; i++) {
		if (strncmp(*at, days[i], strlen(days[i])) != 0)
			continue;
		*at += strlen(days[i]);
		tm->tm_mday += i - 1;
		return true;
	}
	if (!parse_digits(at, 4, 9999, &year) || *(*at)++ != '-' ||
	    !parse_digits(at, 2, 12, &month) || *(*at)++ != '-' ||
	    !parse_digits(at, 2, 31, &tm->tm_mday))
		return false;
	tm->tm_year = year - 1900;
	tm->tm_mon = month - 1;
	return month && tm->tm_mday;
}

/* HH:MM, HH:MM:SS, HH:MM:SS.123; @fraction gets what is less than a second */
static bool parse_time(const char **at, struct tm *tm, double *fraction)
{
	size_t len;

	*fraction = 0;
	if (!parse_digits(at, 2, 23, &tm->tm_hour) || *(*at)++ != ':' ||
	    !parse_digits(at, 2, 59, &tm->tm_min))
		return false;
	if (**at != ':')
		return true;
	++*at;
	if (!parse_digits(at, 2, 60, &tm->tm_sec))
		return false;
	if (**at != '.')
		return true;
	len = 1 + strspn(*at + 1, "0123456789");
	*fraction = strtod(*at, NULL);
	*at += len;
	return len > 1;
}

/* Z, +01:00 or +0100; @seconds gets it, 0 for none of these */
static bool parse_offset(const char **at, bool *given, long *seconds)
{
	int hours, minutes, sign = **at == '-' ? -1 : 1;

	*seconds = 0;
	*given = **at;
	if (!*given)
		return true;
	if (**at == 'Z' || **at == 'z') {
		++*at;
		return true;
	}
	if (**at != '+' && **at != '-')
		return false;
	++*at;
	if (!parse_digits(at, 2, 23, &hours))
		return false;
	*at += **at == ':';
	if (!parse_digits(at, 2, 59, &minutes))
		return false;
	*seconds = sign * (hours * 3600L + minutes * 60L);
	return true;
}

/* Is there such a day?  mktime() takes 30 February for one in March. */
static bool is_day(const struct tm *tm)
{
	struct tm same = *tm;

	return timegm(&same) != (time_t)-1 && same.tm_mday == tm->tm_mday &&
	       same.tm_mon == tm->tm_mon;
}

/* A date, a time of today, or both.  Return: seconds ago, NAN if invalid. */
static double parse_clock(const char *arg, uint64_t wall_ns, bool future)
{
	time_t now = (time_t)(wall_ns / UINT64_C(1000000000)), then;
	bool date = !ascii_is_digit(*arg) || strchr(arg, '-') == arg + 4, given = false;
	double fraction = 0, ago;
	long offset = 0;
	struct tm tm;

	if (strcmp(arg, "now") == 0)
		return 0;
	localtime_r(&now, &tm);
	tm.tm_hour = tm.tm_min = tm.tm_sec = 0;
	tm.tm_isdst = -1;
	if (date && !parse_date(&arg, &tm))
		return NAN;
	if (date && ascii_is_digit(arg[-1]) && !is_day(&tm))
		return NAN;
	if (date && *arg && *arg != ' ' && *arg != 'T' && *arg != 't')
		return NAN;
	arg += date && *arg;
	if ((!date || arg[-1] == ' ' || arg[-1] == 'T' || arg[-1] == 't') &&
	    (!parse_time(&arg, &tm, &fraction) || !parse_offset(&arg, &given, &offset)))
		return NAN;
	then = given ? timegm(&tm) - offset : mktime(&tm);
	ago = difftime(now, then) + (double)(wall_ns % UINT64_C(1000000000)) / SECOND - fraction;
	if (*arg || then == (time_t)-1 || (ago < 0 && !future))
		return NAN;
	return ago;
}

static int parse(const char *arg, uint64_t now_boot_ns, uint64_t wall_ns, bool future,
		 uint64_t *boot_ns)
{
	double ago = parse_ago(arg), now = (double)now_boot_ns, then;

	if (ago < 0)
		ago = parse_clock(arg, wall_ns, future);
	if (isnan(ago))
		return fail(EXIT_USAGE, "--since \"%s\": no moment%s; use 90, 5m, 2h, 1d (so long ago), 14:30, yesterday or \"2026-01-31 14:30\"",
			    arg, future ? "" : " in the past");
	then = now - ago * SECOND;
	*boot_ns = then < 0 ? 0 : then < LATEST ? (uint64_t)then : UINT64_MAX;
	return EXIT_DONE;
}

/**
 * since_parse() - read the moment of --since
 * @boot_ns: gets it, by CLOCK_BOOTTIME; 0 if it was before the machine was started
 */
int since_parse(const char *arg, uint64_t *boot_ns)
{
	return parse(arg, clock_boot_ns(), clock_wall_ns(), false, boot_ns);
}

/**
 * since_recorded() - read the moment of --since, counted from when a recording began
 * @arg: as for since_parse(); or a later time
 * @first: sample of the recording
 * @boot_ns: gets it, by CLOCK_BOOTTIME
 */
int since_recorded(const char *arg, const struct sample *first, uint64_t *boot_ns)
{
	return parse(arg, first->begin_ns, first->wall_ns, true, boot_ns);
}
