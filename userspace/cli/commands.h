/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The commands: what each is called, takes, says of itself and does
 */
#ifndef PAGESTAT_COMMANDS_H
#define PAGESTAT_COMMANDS_H

#include "cli/options.h"

enum option_id {
	OPT_ALL,
	OPT_BREAK,
	OPT_BY,
	OPT_CGROUP,
	OPT_CHILDREN,
	OPT_COLUMNS,
	OPT_COMM,
	OPT_CSV,
	OPT_EXITED,
	OPT_FILE,
	OPT_FRAMES,
	OPT_HELP,
	OPT_INTERACTIVE,
	OPT_JSON,
	OPT_JSONL,
	OPT_LATENCY,
	OPT_LIMIT,
	OPT_LINES,
	OPT_NO_HEADINGS,
	OPT_ONLY,
	OPT_OPENMETRICS,
	OPT_OUTPUT,
	OPT_PIDS,
	OPT_PLOT,
	OPT_PROBES,
	OPT_RAW,
	OPT_RECORD,
	OPT_REPEAT,
	OPT_REPLAY,
	OPT_REST,
	OPT_SEED,
	OPT_SINCE,
	OPT_SIZE,
	OPT_SORT,
	OPT_STRING,
	OPT_SYSTEM,
	OPT_TEXTFILE,
	OPT_THP,
	OPT_USER,
	OPT_VERSION,
	NR_OPTIONS
};

/**
 * struct option_spec - an option
 * @name: what follows --, NULL if it has a letter only
 * @letter: 0 if it has a name only; may be another option's of another command
 * @value: it takes one
 */
struct option_spec {
	const char *name;
	char letter;
	bool value;
};

/**
 * struct command - what the first argument may be
 * @name: of the command; NULL for what is done without
 * @mode: which of the reports
 * @takes: a bit for every enum option_id
 * @ends_options: what follows the first operand is not for us
 * @help: for --help
 * @start: does it; hands back the exit status
 */
struct command {
	const char *name;
	enum mode mode;
	uint64_t takes;
	bool ends_options;
	const char *help;
	int (*start)(struct options *options);
};

extern const struct option_spec option_specs[NR_OPTIONS];
extern const struct command commands[];

const struct command *command_find(const char *name);

/* help.c */
extern const char help[];
extern const char help_check[];
extern const char help_lab[];
extern const char help_latency[];
extern const char help_plot[];
extern const char help_record[];
extern const char help_replay[];
extern const char help_run[];
extern const char help_top[];

#endif /* PAGESTAT_COMMANDS_H */
