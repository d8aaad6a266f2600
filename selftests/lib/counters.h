/* SPDX-License-Identifier: GPL-2.0 */
/*
 * counters.h - read pagestat's counters and the kernel's own, and compare
 *
 * On purpose not the tool's reader: an error there must not be in the tests, too.
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
 * @known:    whether the counter is a number, not "-"
 * @n:        the counters
 * @minflt:   minor faults by /proc/PID/stat at the same moment
 * @majflt:   major faults, likewise
 * @start_ns: when it was started, as published
 * @ppid:     its parent, as published
 * @uid:      its real user
 * @cgroup_id: its control group
 * @exit_code: of a process that has ended
 * @rows:     how many rows were summed
 * @comm:     its name as published, with its escapes
 * @timed:    whether latency was measured; if it was:
 * @timed_minor: minor faults by the return value of handle_mm_fault()
 * @timed_major: major faults, likewise
 */
struct counters {
	bool known[PAGESTAT_NR];
	uint64_t n[PAGESTAT_NR];
	uint64_t minflt;
	uint64_t majflt;
	uint64_t start_ns;
	pid_t ppid;
	uid_t uid;
	uint64_t cgroup_id;
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

/* Wait until a process is called @comm and faults no more; then read its row. */
bool settled(pid_t pid, const char *comm, struct counters *c);

/* The value of any column of "system"; ends the program if it is absent. */
uint64_t system_value(const char *column);

/*
 * Compare what was counted from @before to @after with a list that ends in END.
 * A counter that is not in the list is expected to be 0, except stall and stall_ns, and
 * read, write and exec: their sum is expected to be the sum of all faults.  Prints each difference
 * and returns how many there are; a counter that is "-" differs from any number.
 * minor and major are compared with /proc as well, and with the return probe's where
 * latency was measured.  Where mapped pages are counted, and mapped is not in the list, it
 * is expected to be no less than filemap, and 0 if that is 0.
 */
int differences(const struct counters *before, const struct counters *after,
		const struct expected *expected);

#endif /* SELFTESTS_COUNTERS_H */
