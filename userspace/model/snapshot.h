/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The files of the module as numbers
 */
#ifndef PAGESTAT_MODEL_SNAPSHOT_H
#define PAGESTAT_MODEL_SNAPSHOT_H

#include "model/columns.h"
#include "model/reader.h"

/**
 * struct process - one row of "processes", "children", "threads" or "exited"
 * @value: by enum column_id
 * @known: bit n is set if value[n] is a number, clear if it reads "-"
 * @comm: any bytes but NUL; valid as long as the snapshot
 * @user: NULL if not looked up
 * @cgroup: path, NULL if not looked up or unknown
 * @wall_ns: for how long it was counted, of rows that are shown; 0 if that is unknown
 * @ended: since the sample before
 * @grown: bit n is set if value[n] grew since the sample before; of the live table
 * @rest: this is the sum of all rows that are not shown
 */
struct process {
	uint64_t value[NR_NUMBERS];
	uint64_t known;
	const char *comm;
	const char *user;
	const char *cgroup;
	uint64_t wall_ns;
	bool ended;
	uint64_t grown;
	bool rest;
};

/**
 * struct system - the row of "system"
 * @value: by enum system_column
 * @known: as in struct process
 */
struct system {
	uint64_t value[NR_SYSTEM];
	uint64_t known;
};

_Static_assert((int)NR_NUMBERS <= 64 && (int)NR_SYSTEM <= 64,
	       "a bit for every number");

/**
 * struct snapshot - all rows, ordered by pid, then by tid and start_ns
 * @tsv: owns the names
 * @process: owned
 * @absent: a bit for every counter that the module has no column for
 */
struct snapshot {
	struct tsv tsv;
	struct process *process;
	size_t nr;
	uint64_t absent;
};

/**
 * struct probes - the rows of "probes", as text
 * @at: index of each enum probe_column in the file, or -1
 */
struct probes {
	struct tsv tsv;
	int at[NR_PROBE];
};

/* The text of a text column; NULL if unknown. */
static inline const char *process_text(const struct process *process, enum column_id column)
{
	return column == COL_comm ? process->comm :
	       column == COL_user ? process->user : process->cgroup;
}

static inline bool is_known(uint64_t known, unsigned int n)
{
	return known >> n & 1;
}

int snapshot_read(struct snapshot *snapshot, struct reader *reader, const char *file);
void snapshot_free(struct snapshot *snapshot);
const struct process *snapshot_find(const struct snapshot *snapshot, uint64_t pid);
const struct process *snapshot_same(const struct snapshot *snapshot, size_t *at,
				    const struct process *p);
int process_compare(const struct process *a, const struct process *b);
bool process_outcomes(const struct process *process, uint64_t *sum);

int system_read(struct system *system, struct reader *reader);

int probes_read(struct probes *probes, struct reader *reader);
const char *probe_text(const struct probes *probes, size_t row, enum probe_column column);

#endif /* PAGESTAT_MODEL_SNAPSHOT_H */
