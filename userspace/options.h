/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The command line
 */
#ifndef PAGESTAT_OPTIONS_H
#define PAGESTAT_OPTIONS_H

#include <stdint.h>

#include "columns.h"

enum mode {
	MODE_PROCESSES,
	MODE_SYSTEM,
	MODE_PROBES,
	MODE_COLUMNS,
	MODE_RUN,
	MODE_CHECK,
	MODE_LATENCY,
	MODE_RECORD,
	MODE_REPLAY,
	MODE_TOP,
	MODE_LAB,
	MODE_HELP,
	MODE_VERSION,
};

enum format {
	FORMAT_TABLE,
	FORMAT_RAW,
	FORMAT_JSON,
	FORMAT_JSONL,
	FORMAT_CSV,
	FORMAT_OPENMETRICS,
	FORMAT_TEXTFILE,
};

/* What pagestat latency is told besides to measure. */
enum turn { TURN_NOT, TURN_ON, TURN_OFF, TURN_STATUS };

struct command;

/**
 * struct options - what the command line asks for
 * @asked: the command
 * @mode: which report
 * @format: and in which form
 * @headings: print headings and time stamps
 * @all: rows with nothing but zeroes too
 * @only: what -o names, NULL if not given
 * @columns: those to show
 * @pid: the processes of -p, NULL if not given; owned
 * @nr_pids: how many
 * @comm: the patterns of -C, NULL if not given; owned
 * @nr_comms: how many
 * @by: what a row is about
 * @exited: processes that have ended, rather than live ones
 * @by_uid: only those of @uid
 * @uid: real user
 * @cgroup: only those in it or below, NULL for all
 * @since_ns: only those born, or with @exited ended, since; by CLOCK_BOOTTIME
 * @sort: column to sort by
 * @descending: largest first
 * @second: column that breaks ties, NR_COLUMNS for none
 * @second_descending: by it, largest first
 * @filter: as typed into the live table, NULL for none
 * @limit: rows to show at most
 * @rest: and a row more for all others
 * @interval_ns: between reports, 0 for one report of the totals
 * @count: how many reports
 * @output: where the bill of run goes, NULL for stderr; the textfile; the recording
 * @recording: the file to replay
 * @since: what --since says of a recording, NULL if not given
 * @children: on the bill, each descendant by itself
 * @repeats: how often to run the command
 * @turn: of latency
 * @command: of run, NULL-terminated
 * @experiment: of lab, NULL to list them
 * @size: of the memory it is done with, in bytes; 0 if not given
 * @thp: it is done with huge pages
 * @interactive: wait between its steps
 * @broken: do it wrongly, to see it fail
 */
struct options {
	const struct command *asked;
	enum mode mode;
	enum format format;
	bool headings;
	bool all;
	const char *only;
	struct column_list columns;

	uint64_t *pid;
	size_t nr_pids;
	const char **comm;
	size_t nr_comms;
	enum by by;
	bool exited;
	bool by_uid;
	uint64_t uid;
	const char *cgroup;
	uint64_t since_ns;
	enum column_id sort;
	bool descending;
	enum column_id second;
	bool second_descending;
	const char *filter;
	uint64_t limit;
	bool rest;

	uint64_t interval_ns;
	uint64_t count;

	const char *output;
	const char *recording;
	const char *since;
	bool children;
	uint64_t repeats;
	enum turn turn;
	char **command;
	const char *experiment;
	uint64_t size;
	bool thp;
	bool interactive;
	bool broken;
};

int options_parse(struct options *options, int argc, char **argv);
bool options_for_metrics(const struct options *options);
void options_free(struct options *options);

#endif /* PAGESTAT_OPTIONS_H */
