/* SPDX-License-Identifier: GPL-2.0 */
/*
 * counters.h - read pagestat's numbers and the kernel's own, and compare
 *
 * On purpose not the tool's reader: what the tests believe is read by a few
 * lines of their own.
 */
#ifndef SELFTESTS_COUNTERS_H
#define SELFTESTS_COUNTERS_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "uapi/pagestat.h"

#define DEBUGFS "/sys/kernel/debug/" PAGESTAT_DIR "/"

/**
 * struct counters - a process's counters at one moment
 * @known:    whether the counter is a number
 * @n:        the counters
 * @minflt:   what /proc/PID/stat says at the same moment
 * @majflt:   the same
 * @start_ns: when it was born, as published
 * @ppid:     its parent, as published
 * @exit_code: of a process that has ended
 * @rows:     how many rows were summed
 * @comm:     its name as published, escapes and all
 * @timed:    whether latency was measured; then
 * @timed_minor: the minor faults that were, by the return probe's judgement
 * @timed_major: the major ones
 */
struct counters {
	bool known[PAGESTAT_NR];
	uint64_t n[PAGESTAT_NR];
	uint64_t minflt;
	uint64_t majflt;
	uint64_t start_ns;
	pid_t ppid;
	int exit_code;
	int rows;
	char comm[128];
	bool timed;
	uint64_t timed_minor;
	uint64_t timed_major;
};

/* The end of a list of expected counters. */
#define END { PAGESTAT_NR, 0 }

struct expected {
	enum pagestat_counter counter;
	uint64_t n;
};

const char *counter_name(enum pagestat_counter counter);

/*
 * Read the row of @pid in "processes", "children" or "exited", the sum of its rows
 * in "threads", or with @pid 0 the one row of "system".  False where there is none.
 */
bool counters_of(const char *file, pid_t pid, struct counters *c);

/* Wait until a process is called @comm and faults no more; then its row. */
bool settled(pid_t pid, const char *comm, struct counters *c);

/* A column of "system" that is no counter; ends the program if it is absent. */
uint64_t system_value(const char *column);

/*
 * Compare what was counted from @before to @after with a list that ends in END.
 * A counter that is not in the list is expected to be 0, but for read, write and
 * exec, which are to add up to all faults.  Prints each difference and returns
 * how many there are; a counter that is unknown differs from any number.  minor
 * and major are compared with /proc as well, and with what the return probe says
 * where latency was measured.
 */
int differences(const struct counters *before, const struct counters *after,
		const struct expected *expected);

#endif /* SELFTESTS_COUNTERS_H */
