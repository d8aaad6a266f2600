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

/* Events of the subject in the trace buffer that look like this. */
#define TRACED_LINES(pattern) "grep -E '" pattern ".* tgid=%d$' " TRACING "trace | "
#define TRACED(pattern) number(TRACED_LINES(pattern) "wc -l", self->s.pid)

/* The sum of a field over them; how many values it has. */
#define TRACED_FIELD(field) "sed 's/.* " field "=\\([^ ]*\\).*/\\1/' | "
#define TRACED_SUM(pattern, field)					\
	number(TRACED_LINES(pattern) TRACED_FIELD(field)			\
	       "awk '{ n += $1 } END { printf \"%%.0f\", n }'", self->s.pid)
#define TRACED_VALUES(pattern, field)					\
	number(TRACED_LINES(pattern) TRACED_FIELD(field) "sort -u | wc -l", self->s.pid)

#endif /* SELFTESTS_TRACING_H */
