// SPDX-License-Identifier: GPL-2.0
/*
 * The moment of --since, by CLOCK_BOOTTIME, the clock of the module
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/clock.h"
#include "base/errors.h"
#include "model/sample.h"
#include "model/since.h"

#define SECOND	1000000000.0
#define LATEST	18446744073709551615.0	/* UINT64_MAX + 1, as UINT64_MAX is no double */

/* "90", "90s", "5m", "2h", "1.5d": so long ago.  Return: seconds, -1 if invalid. */
static double parse_ago(const char *arg)
{
	size_t len = strspn(arg, "0123456789.");
	double n = strtod(arg, NULL);

	if (!len || !strpbrk(arg, "0123456789") || strchr(arg, '.') != strrchr(arg, '.'))
		return -1;
	if (arg[len] && arg[len + 1])
		return -1;
	switch (arg[len]) {
	case '\0':
	case 's':
		return n;
	case 'm':
		return n * 60;
	case 'h':
		return n * 3600;
	case 'd':
		return n * 86400;
	default:
		return -1;
	}
}

/* A date, a time of today, or both.  Return: seconds ago, NAN if invalid. */
static double parse_clock(const char *arg, time_t now, bool future)
{
	static const char *const formats[] = {
		"%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M",
		"%Y-%m-%d", "%H:%M:%S", "%H:%M",
	};

	for (size_t i = 0; i < sizeof(formats) / sizeof(*formats); i++) {
		struct tm tm;
		const char *end;
		time_t then;

		localtime_r(&now, &tm);
		tm.tm_hour = tm.tm_min = tm.tm_sec = 0;
		tm.tm_isdst = -1;
		end = strptime(arg, formats[i], &tm);
		if (!end || *end)
			continue;
		then = mktime(&tm);
		if (then == (time_t)-1 || (then > now && !future))
			return NAN;
		return difftime(now, then);
	}
	return NAN;
}

static int parse(const char *arg, uint64_t now_boot_ns, uint64_t wall_ns, bool future,
		 uint64_t *boot_ns)
{
	double ago = parse_ago(arg), now = (double)now_boot_ns, then;

	if (ago < 0)
		ago = parse_clock(arg, (time_t)(wall_ns / UINT64_C(1000000000)), future);
	if (isnan(ago))
		return fail(EXIT_USAGE, "--since \"%s\": no moment%s; use 90, 5m, 2h, 1d (so long ago), 14:30 or \"2026-01-31 14:30\"",
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
