/* SPDX-License-Identifier: GPL-2.0 */
/* stalling.h - the driver programs/stall, and the kernel's own probes to compare with */
#ifndef SELFTESTS_STALLING_H
#define SELFTESTS_STALLING_H

#include <stdbool.h>
#include <sys/ioctl.h>
#include <sys/types.h>

#include "tracing.h"

#define STALL_WAIT	_IO('s', 1)	/* until the next STALL_GO, with so many stalls within */
#define STALL_GO	_IO('s', 2)	/* one thread goes on */
#define STALL_COMPACT	_IO('s', 3)	/* so many allocations fail */

extern int stalling_device;

bool stalling_load(void);
void stalling_unload(void);

/* Open the driver: in the subject, and in the test. */
void stalling_open(void);

/*
 * Trace the hits of one process, by probes of tracefs: "NAME FUNCTION ARGUMENTS", each with
 * a line of its own.
 */
bool stalling_trace(pid_t pid, const char *probes);
bool stalling_trace_end(void);

/* How many hits of a probe match the pattern. */
#define TRACED_PROBE(name, pattern)					\
	((unsigned long)number("grep -cE ' " name ": .*" pattern "' " TRACING "trace"))

/*
 * For how long, in ns, from each hit of probe @begin to the hit of @end that belongs to it;
 * of what is within another, only the other.  The trace has microseconds.
 */
#define TRACED_TIME(begin, end)						\
	((unsigned long)number("awk '{ t = $0; sub(/:? (" begin "|" end "): .*/, \"\", t);"	\
		"sub(/.* /, \"\", t) }"						\
		"/ " begin ": / && !depth++ { b = t }"				\
		"/ " end ": / && depth && !--depth { n += t - b }"		\
		"END { printf \"%%.0f\", n * 1e9 }' " TRACING "trace"))

#endif /* SELFTESTS_STALLING_H */
