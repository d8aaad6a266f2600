/* SPDX-License-Identifier: GPL-2.0 */
/* tracing.h - what the tests of trace events share: tracefs, and what is in it */
#ifndef SELFTESTS_TRACING_H
#define SELFTESTS_TRACING_H

#include <stdbool.h>
#include <sys/types.h>

#define TRACING "/sys/kernel/tracing/"
#define EVENTS TRACING "events/pagestat/"

/* Is the return probe attached? */
bool tracing_follows(void);

/* Mount tracefs if need be, with room for all events of a test and none in it. */
bool tracing_begin(void);

/* All events off, and none filtered. */
bool tracing_end(void);

/* Forget what was traced. */
bool tracing_clear(void);

/* From now on, only events of this process. */
bool tracing_select(pid_t pid);

/* The number that a shell command prints, or -1. */
long __attribute__((format(printf, 1, 2))) number(const char *format, ...);

/* How many events of the subject in the trace buffer look like this. */
#define TRACED(pattern)							\
	number("grep -cE '" pattern ".* tgid=%d$' " TRACING "trace", self->s.pid)

/* The sum of a field over them; how many values it has. */
#define TRACED_FIELD(pattern, field, count)				\
	number("awk '/" pattern ".* tgid=%d$/ { sub(/.* " field "=/, \"\"); " count " }"	\
	       "END { printf \"%%.0f\", n }' " TRACING "trace", self->s.pid)
#define TRACED_SUM(pattern, field) TRACED_FIELD(pattern, field, "n += $1")
#define TRACED_VALUES(pattern, field) TRACED_FIELD(pattern, field, "n += !seen[$1]++")

#endif /* SELFTESTS_TRACING_H */
