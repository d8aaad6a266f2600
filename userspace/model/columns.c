// SPDX-License-Identifier: GPL-2.0
/*
 * The schema: every column there is, made from the uapi header
 *
 * A counter in PAGESTAT_COUNTERS has its unit and text there, so a new one appears in
 * tables, JSON, -o and --columns without a change here.  The other columns have their
 * units and texts below, and do not compile without.
 */
#include <string.h>

#include "base/ascii.h"
#include "model/columns.h"

#define UNIT_pid	"id"
#define TEXT_pid	"process (thread group), as seen from the initial PID namespace"
#define UNIT_ppid	"id"
#define TEXT_ppid	"its parent"
#define UNIT_uid	"id"
#define TEXT_uid	"real user, as seen from the initial user namespace"
#define UNIT_start_ns	"ns"
#define TEXT_start_ns	"CLOCK_BOOTTIME at its birth: tells a reused pid from the old one"

#define UNIT_tid	"id"
#define TEXT_tid	"thread; with --by thread"
#define UNIT_end_ns	"ns"
#define TEXT_end_ns	"CLOCK_BOOTTIME at its end, of a process that has ended"
#define UNIT_exit_code	"code"
#define TEXT_exit_code	"how it ended, as in a shell: the exit status, or 128 plus the signal, which tables name"
#define UNIT_cgroup_id	"id"
#define TEXT_cgroup_id	"its control group: the inode number of the directory"
#define UNIT_procs	"processes"
#define TEXT_procs	"processes that a row sums up; with --by cgroup, user, command"

#define UNIT_since_ns	"ns"
#define TEXT_since_ns	"since the module was loaded or last reset"
#define UNIT_page_size	"bytes"
#define TEXT_page_size	"size of a base page"
#define UNIT_processes	"processes"
#define TEXT_processes	"live processes with a record"
#define UNIT_threads	"threads"
#define TEXT_threads	"live threads with a record"
#define UNIT_ended	"processes"
#define TEXT_ended	"processes that have ended"
#define UNIT_lost_tasks	"threads"
#define TEXT_lost_tasks	"threads born without a record"
#define UNIT_lost_hits	"times"
#define TEXT_lost_hits	"hook hits by threads without a record: in no counter"
#define UNIT_missed	"times"
#define TEXT_missed	"hook hits that the kernel itself skipped"
#define UNIT_stray	"times"
#define TEXT_stray	"hook hits from an unknown caller: in no counter"
#define UNIT_silenced	"yes or no"
#define TEXT_silenced	"hooks are switched off, and nothing is counted"
#define UNIT_tested	"yes or no"
#define TEXT_tested	"it is tested on this kernel; if not, see checked"
#define UNIT_disputed	"faults"
#define TEXT_disputed	"faults on which latency's return probe and the kernel disagree"
#define UNIT_latency_ns	"ns"
#define TEXT_latency_ns	"for how long latency has been scaled; 0 while it is not"

#define STRAY(hook)	"of stray, hits of the hook " hook ": the counters that it feeds lack them"
#define UNIT_stray_wp	"times"
#define TEXT_stray_wp	STRAY("wp")
#define UNIT_stray_new_anon "times"
#define TEXT_stray_new_anon STRAY("new-anon")
#define UNIT_stray_reuse "times"
#define TEXT_stray_reuse STRAY("reuse")
#define UNIT_stray_huge_reuse "times"
#define TEXT_stray_huge_reuse STRAY("huge-reuse")
#define UNIT_stray_hugetlb "times"
#define TEXT_stray_hugetlb STRAY("hugetlb")
#define UNIT_stray_swap_map "times"
#define TEXT_stray_swap_map STRAY("swap-map")
#define UNIT_stray_swap_out "times"
#define TEXT_stray_swap_out STRAY("swap-out")

#define BIT(n)		(1u << (n))
#define EACH		(BIT(BY_PROCESS) | BIT(BY_THREAD))
#define SUMS		(BIT(BY_CGROUP) | BIT(BY_USER) | BIT(BY_COMMAND))

#define ROWS_pid	EACH
#define ROWS_tid	BIT(BY_THREAD)
#define ROWS_ppid	EACH
#define ROWS_uid	(EACH | BIT(BY_USER))
#define ROWS_start_ns	EACH
#define ROWS_end_ns	BIT(BY_PROCESS)
#define ROWS_exit_code	BIT(BY_PROCESS)
#define ROWS_cgroup_id	EACH
#define ROWS_procs	SUMS

#define ROW(n) \
	[COL_##n] = { .name = #n, .unit = UNIT_##n, .text = TEXT_##n, .rows = ROWS_##n },
#define COUNTER(n, u, t) \
	[COL_##n] = { .name = #n, .unit = #u, .text = t, .counter = true },
const struct column process_columns[NR_COLUMNS] = {
	ROW_COLUMNS(ROW)
	PAGESTAT_COUNTERS(COUNTER)
	[COL_user] = { .name = "user", .unit = "text", .text = "name of the real user",
		       .rows = EACH | BIT(BY_USER) },
	[COL_cgroup] = { .name = "cgroup", .unit = "text",
			 .text = "control group, that of the memory controller where there are more",
			 .rows = EACH | BIT(BY_CGROUP) },
	[COL_comm] = { .name = "comm", .unit = "text", .text = "name of the program",
		       .rows = EACH | BIT(BY_COMMAND) },
};

/* Every column of the files is one of ours. */
#define HAS_PLACE(n)	_Static_assert(COL_##n < NR_NUMBERS, #n);
PAGESTAT_PROCESS_COLUMNS(HAS_PLACE)
PAGESTAT_THREAD_COLUMNS(HAS_PLACE)
PAGESTAT_EXITED_COLUMNS(HAS_PLACE)

#define SYSTEM(n) \
	[SYS_##n] = { .name = #n, .unit = UNIT_##n, .text = TEXT_##n },
#define TOTAL(n, u, t) \
	[SYS_##n] = { .name = #n, .unit = #u, .text = t, .counter = true },
const struct column system_columns[NR_SYSTEM] = {
	PAGESTAT_SYSTEM_COLUMNS(SYSTEM)
	PAGESTAT_COUNTERS(TOTAL)
};

#define PROBE(n) \
	[PROBE_##n] = { .name = #n, .unit = "", .text = "" },
const struct column probe_columns[NR_PROBE] = {
	PAGESTAT_PROBE_COLUMNS(PROBE)
};

/* Their sum is the faults, or more: a huge page may count each of its pages. */
const enum column_id outcome_columns[NR_OUTCOMES] = {
	COL_cow, COL_reuse, COL_unshare, COL_zerofill, COL_zeromap,
	COL_filemap, COL_swapin, COL_numa, COL_other,
};

/**
 * column_upper_case() - the name of a column as a heading; returns @heading
 */
const char *column_upper_case(const char *name, char heading[HEADING_MAX])
{
	size_t i;

	for (i = 0; name[i] && i < HEADING_MAX - 1; i++)
		heading[i] = ascii_upper(name[i]);
	heading[i] = '\0';
	return heading;
}

/**
 * column_heading() - what tables have above a column: COMMAND for comm, as ps(1); returns @heading
 */
const char *column_heading(const struct column *column, char heading[HEADING_MAX])
{
	if (column == &process_columns[COL_comm])
		return strcpy(heading, "COMMAND");
	return column_upper_case(column->name, heading);
}

/**
 * column_find() - the enum column_id of a name or heading in either case, or -1
 * @name: need not be NUL-terminated
 */
int column_find(const char *name, size_t len)
{
	char heading[HEADING_MAX];

	for (int i = 0; i < NR_COLUMNS; i++) {
		const struct column *c = &process_columns[i];

		if (strlen(c->name) == len && ascii_same(c->name, name, len))
			return i;
		column_heading(c, heading);
		if (strlen(heading) == len && ascii_same(heading, name, len))
			return i;
	}
	return -1;
}

/**
 * column_in() - does a report of this use have that column?
 */
bool column_in(enum column_id column, struct column_use use)
{
	const struct column *c = &process_columns[column];

	return use.bill ? c->counter : !c->rows || c->rows & BIT(use.by);
}
