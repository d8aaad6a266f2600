// SPDX-License-Identifier: GPL-2.0
/*
 * Clocks, deadlines, and times as text
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/clock.h"

static uint64_t read_clock(clockid_t clock)
{
	struct timespec ts;

	clock_gettime(clock, &ts);
	return (uint64_t)ts.tv_sec * UINT64_C(1000000000) + (uint64_t)ts.tv_nsec;
}

/**
 * clock_boot_ns() - CLOCK_BOOTTIME in ns, the clock of the module
 */
uint64_t clock_boot_ns(void)
{
	return read_clock(CLOCK_BOOTTIME);
}

/**
 * clock_wall_ns() - CLOCK_REALTIME in ns
 */
uint64_t clock_wall_ns(void)
{
	return read_clock(CLOCK_REALTIME);
}

/**
 * clock_deadline_after() - the first deadline after @now
 * @deadline_ns: one of the deadlines, which are @interval_ns apart
 *
 * Missed deadlines are skipped, so intervals do not drift.
 */
uint64_t clock_deadline_after(uint64_t deadline_ns, uint64_t interval_ns, uint64_t now)
{
	uint64_t missed = now > deadline_ns ? now - deadline_ns : 0;

	return deadline_ns + (missed / interval_ns + 1) * interval_ns;
}

/**
 * clock_stamp() - a moment as RFC 3339 has it: 2025-01-31T23:59:59.123+01:00
 * @wall_ns: the moment, by clock_wall_ns()
 */
const char *clock_stamp(char stamp[STAMP_MAX], uint64_t wall_ns)
{
	time_t now = (time_t)(wall_ns / UINT64_C(1000000000));
	unsigned int ms = (unsigned int)(wall_ns / 1000000 % 1000);
	size_t len;
	struct tm tm;
	long minutes;

	localtime_r(&now, &tm);
	minutes = labs(tm.tm_gmtoff) / 60;
	len = strftime(stamp, STAMP_MAX, "%Y-%m-%dT%H:%M:%S", &tm);
	snprintf(stamp + len, STAMP_MAX - len, ".%03u%c%02u:%02u", ms,
		 tm.tm_gmtoff < 0 ? '-' : '+', (unsigned int)(minutes / 60 % 100),
		 (unsigned int)(minutes % 60));
	return stamp;
}

/**
 * clock_duration() - a time for people: three digits and a unit
 */
const char *clock_duration(char text[DURATION_MAX], uint64_t ns)
{
	static const char *const units[] = { "ns", "us", "ms", "s" };
	double value = (double)ns;
	unsigned int unit = 0;

	if (ns < 1000) {
		snprintf(text, DURATION_MAX, "%" PRIu64 "ns", ns);
		return text;
	}
	/* What rounds to 1000 is 1.00 of the next unit. */
	while (value >= 999.5 && unit < 3) {
		value /= 1000;
		unit++;
	}
	snprintf(text, DURATION_MAX, "%.*f%s", value < 9.995 ? 2 : value < 99.95 ? 1 : 0,
		 value, units[unit]);
	return text;
}
