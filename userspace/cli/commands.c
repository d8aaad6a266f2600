// SPDX-License-Identifier: GPL-2.0
/*
 * The commands: what each is called, takes, says of itself and does
 */
#include <string.h>

#include "check/check.h"
#include "cli/commands.h"
#include "lab/lab.h"
#include "latency/latency.h"
#include "plot/plot.h"
#include "record/record.h"
#include "run/run.h"
#include "show/replay.h"
#include "show/show.h"
#include "top/top.h"

const struct option_spec option_specs[NR_OPTIONS] = {
	[OPT_ALL]	  = { "all", 'a' },
	[OPT_BREAK]	  = { "break" },
	[OPT_BY]	  = { "by", .value = true },
	[OPT_CGROUP]	  = { "cgroup", .value = true },
	[OPT_CHILDREN]	  = { "children" },
	[OPT_COLUMNS]	  = { "columns" },
	[OPT_COMM]	  = { NULL, 'C', .value = true },
	[OPT_CSV]	  = { "csv" },
	[OPT_EXITED]	  = { "exited" },
	[OPT_FILE]	  = { "output", 'o', .value = true },
	[OPT_FRAMES]	  = { "frames", .value = true },
	[OPT_HELP]	  = { "help", 'h' },
	[OPT_INTERACTIVE] = { "interactive", 'i' },
	[OPT_JSON]	  = { "json" },
	[OPT_JSONL]	  = { "jsonl" },
	[OPT_LATENCY]	  = { "latency" },
	[OPT_LIMIT]	  = { NULL, 'n', .value = true },
	[OPT_LINES]	  = { "lines", .value = true },
	[OPT_NO_HEADINGS] = { "no-headings" },
	[OPT_ONLY]	  = { NULL, 'o', .value = true },
	[OPT_OPENMETRICS] = { "openmetrics" },
	[OPT_OUTPUT]	  = { "output", .value = true },
	[OPT_PIDS]	  = { NULL, 'p', .value = true },
	[OPT_PLOT]	  = { "plot", .value = true },
	[OPT_PROBES]	  = { "probes" },
	[OPT_RAW]	  = { "raw", 'r' },
	[OPT_RECORD]	  = { "record" },
	[OPT_REPEAT]	  = { "repeat", 'r', .value = true },
	[OPT_REPLAY]	  = { "replay", .value = true },
	[OPT_REST]	  = { "rest" },
	[OPT_SEED]	  = { "seed", .value = true },
	[OPT_SINCE]	  = { "since", .value = true },
	[OPT_SIZE]	  = { "size", .value = true },
	[OPT_SORT]	  = { "sort", .value = true },
	[OPT_STRING]	  = { "string", .value = true },
	[OPT_SYSTEM]	  = { "system" },
	[OPT_TEXTFILE]	  = { "textfile", .value = true },
	[OPT_THP]	  = { "thp", .value = true },
	[OPT_USER]	  = { NULL, 'u', .value = true },
	[OPT_VERSION]	  = { "version", 'V' },
};

#define BIT(option)	(UINT64_C(1) << OPT_##option)

#define ALWAYS		(BIT(HELP) | BIT(VERSION))
/* Which processes, and what a row is about. */
#define WHOSE		(BIT(PIDS) | BIT(COMM) | BIT(USER) | BIT(CGROUP) | BIT(BY))
/* A table on the screen. */
#define TABLE		(ALWAYS | WHOSE | BIT(ALL) | BIT(ONLY) | BIT(SORT))
/* Reports of intervals in any form. */
#define REPORTS		(TABLE | BIT(EXITED) | BIT(SINCE) | BIT(LIMIT) | BIT(REST) | \
			 BIT(RAW) | BIT(NO_HEADINGS) | BIT(JSON) | BIT(JSONL) |	     \
			 BIT(CSV) | BIT(OPENMETRICS) | BIT(TEXTFILE))

/* The first is what is done without any; behind the last is one without a start. */
const struct command commands[] = {
	{
		.mode = MODE_PROCESSES,
		.takes = REPORTS | BIT(COLUMNS) | BIT(LATENCY) | BIT(PROBES) | BIT(SYSTEM),
		.help = help,
		.start = reports,
	}, {
		.name = "check",
		.mode = MODE_CHECK,
		.takes = ALWAYS | BIT(JSON) | BIT(RAW) | BIT(NO_HEADINGS),
		.help = help_check,
		.start = check,
	}, {
		.name = "lab",
		.mode = MODE_LAB,
		.takes = ALWAYS | BIT(SIZE) | BIT(THP) | BIT(INTERACTIVE) | BIT(JSON) |
			 BIT(BREAK) | BIT(STRING) | BIT(SEED) | BIT(RECORD) | BIT(PIDS) |
			 BIT(FRAMES) | BIT(PLOT),
		.help = help_lab,
		.start = lab,
	}, {
		.name = "latency",
		.mode = MODE_LATENCY,
		.takes = ALWAYS | BIT(PIDS) | BIT(COMM) | BIT(JSON) | BIT(JSONL) |
			 BIT(NO_HEADINGS),
		.help = help_latency,
		.start = latency,
	}, {
		.name = "plot",
		.mode = MODE_PLOT,
		.takes = ALWAYS | WHOSE | BIT(FILE) | BIT(LINES) | BIT(LIMIT),
		.help = help_plot,
		.start = plot,
	}, {
		.name = "record",
		.mode = MODE_RECORD,
		.takes = ALWAYS | BIT(FILE) | BIT(BY),
		.help = help_record,
		.start = record,
	}, {
		.name = "replay",
		.mode = MODE_REPLAY,
		.takes = REPORTS,
		.help = help_replay,
		.start = replay,
	}, {
		.name = "run",
		.mode = MODE_RUN,
		.takes = ALWAYS | BIT(ONLY) | BIT(REPEAT) | BIT(CHILDREN) | BIT(JSON) |
			 BIT(OUTPUT),
		.ends_options = true,
		.help = help_run,
		.start = run,
	}, {
		.name = "top",
		.mode = MODE_TOP,
		.takes = TABLE | BIT(REPLAY),
		.help = help_top,
		.start = top,
	},
	{ }
};

/**
 * command_find() - the command of a name
 * @name: the first argument; NULL if there is none
 *
 * Return: the command; NULL if it is none.
 */
const struct command *command_find(const char *name)
{
	for (const struct command *c = commands; c->start; c++)
		if (c->name && name && strcmp(c->name, name) == 0)
			return c;
	return NULL;
}
