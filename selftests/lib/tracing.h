/* SPDX-License-Identifier: GPL-2.0 */
/* tracing.h - what the tests of trace events share: settings and contents of tracefs */
#ifndef SELFTESTS_TRACING_H
#define SELFTESTS_TRACING_H

#include <stdbool.h>
#include <sys/types.h>

#define TRACING "/sys/kernel/tracing/"
#define EVENTS TRACING "events/pagestat/"

/* Whether the return probe is attached. */
bool tracing_follows(void);

/* Mount tracefs if need be; empty the buffer, and make it hold a test's events. */
bool tracing_begin(void);

/* Disable all events of pagestat, and remove their filters. */
bool tracing_end(void);

/* Empty the trace buffer. */
bool tracing_clear(void);

/* From now on, trace only this process. */
bool tracing_select(pid_t pid);

/* The number that a shell command prints, or -1. */
long __attribute__((format(printf, 1, 2))) number(const char *format, ...);

/* How many events of the subject in the trace buffer match the pattern. */
#define TRACED(pattern)							\
	number("grep -cE '" pattern ".* tgid=%d$' " TRACING "trace", self->s.pid)

/* The sum of a field of these events; how many different values it has. */
#define TRACED_FIELD(pattern, field, count)				\
	number("awk '/" pattern ".* tgid=%d$/ { sub(/.* " field "=/, \"\"); " count " }"	\
	       "END { printf \"%%.0f\", n }' " TRACING "trace", self->s.pid)
#define TRACED_SUM(pattern, field) TRACED_FIELD(pattern, field, "n += $1")
#define TRACED_VALUES(pattern, field) TRACED_FIELD(pattern, field, "n += !seen[$1]++")

#endif /* SELFTESTS_TRACING_H */
