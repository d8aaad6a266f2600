/* SPDX-License-Identifier: GPL-2.0 */
/* tracing.h - what the tests of trace events share: tracefs, and a workload */
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

/* In the subject: first touch, fork, copies, page-out, swap-in; each a step. */
void trace_workload(void);

#endif /* SELFTESTS_TRACING_H */
