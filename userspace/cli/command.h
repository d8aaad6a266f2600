/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Commands: the options that each takes, the request they fill in, and how it is started
 *
 * Each command has a struct command in its own folder and its name in the list at the end
 * of this file.  Only specs.c knows the names and letters of options.
 */
#ifndef PAGESTAT_CLI_COMMAND_H
#define PAGESTAT_CLI_COMMAND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/query.h"
#include "report/form.h"

/* All options, and the type of the field that each fills in: OPT_ALL, OPT_BREAK, ... */
#define PAGESTAT_OPTIONS(X)						       \
	X(ALL, bool) X(BREAK, bool) X(BY, enum by) X(CGROUP, const char *)     \
	X(CHILDREN, bool) X(COLUMNS, bool) X(COMM, struct name_list)	       \
	X(CSV, struct form) X(EXITED, bool) X(FILE, const char *)	       \
	X(FRAMES, uint64_t) X(INTERACTIVE, bool) X(JSON, struct form)	       \
	X(JSONL, struct form) X(LIMIT, uint64_t) X(LINES, const char *)	       \
	X(NO_HEADINGS, struct form) X(ONLY, const char *)		       \
	X(OPENMETRICS, struct form) X(OUTPUT, const char *)		       \
	X(PIDS, struct pid_list) X(PLOT, const char *) X(PROBES, bool)	       \
	X(RATE, bool) X(RAW, struct form) X(RECORD, bool) X(REPEAT, uint64_t)  \
	X(REPLAY, const char *) X(REST, bool) X(SEED, uint64_t)		       \
	X(SHARE, bool) X(SINCE, uint64_t) X(SINCE_RECORDED, const char *)      \
	X(SIZE, uint64_t)						       \
	X(SORT, struct row_order) X(STRING, const char *) X(SYSTEM, bool)      \
	X(TEXTFILE, struct form) X(THP, bool) X(USER, struct user_choice)

enum option_id {
#define OPTION_ID(name, type) OPT_##name,
	PAGESTAT_OPTIONS(OPTION_ID)
#undef OPTION_ID
	NR_OPTIONS
};

/* Only for OPTION_FIELD() to look up a type. */
struct option_types {
#define OPTION_TYPE(name, type) type name;
	PAGESTAT_OPTIONS(OPTION_TYPE)
#undef OPTION_TYPE
};

/**
 * struct option_field - an option that a command takes
 * @option: which
 * @offset: of the field that it fills in, in the command's request
 */
struct option_field {
	enum option_id option;
	size_t offset;
};

/* Does not compile if the field is of another type than the option fills in. */
#define OPTION_FIELD(name, request, field)				       \
	{ OPT_##name, _Generic(&((request *)0)->field,			       \
			       typeof(&((struct option_types *)0)->name) :     \
			       offsetof(request, field)) }

/* For commands that take all of these, into a struct query that is called query. */
#define OPTIONS_FOR_ROWS(request)					       \
	OPTION_FIELD(PIDS, request, query.pids),			       \
	OPTION_FIELD(COMM, request, query.names),			       \
	OPTION_FIELD(USER, request, query.user),			       \
	OPTION_FIELD(CGROUP, request, query.cgroup),			       \
	OPTION_FIELD(BY, request, query.by)

/**
 * struct command - a command of pagestat
 * @name: the first argument; NULL for the command without a name
 * @program: name of the program that does it, and all below is empty; NULL if it is this one
 * @help: for --help
 * @options: those it takes, besides --help and --version
 * @nr_options: how many
 * @request_size: of the struct that the options fill in
 * @defaults: a request without options; NULL if that is all zero
 * @starts_program: arguments from the first operand on belong to another program
 * @finish: reads the operands, and checks what was asked; an exit status
 * @start: does what was asked; an exit status
 */
struct command {
	const char *name;
	const char *program;
	const char *help;
	const struct option_field *options;
	size_t nr_options;
	size_t request_size;
	const void *defaults;
	bool starts_program;
	int (*finish)(void *request, int argc, char **argv);
	int (*start)(void *request);
};

#define COMMAND_OPTIONS(list)						       \
	.options = (list), .nr_options = sizeof(list) / sizeof(*(list))

/* The type of a command's request, and the fields that are not zero by default. */
#define COMMAND_REQUEST(type, ...)					       \
	.request_size = sizeof(type), .defaults = &(const type) { __VA_ARGS__ }

/* All commands, show_command and so on; the first one is the one without a name. */
#define PAGESTAT_COMMANDS(X)						       \
	X(show) X(check) X(lab) X(latency) X(plot) X(record) X(replay) X(run) X(top)

#define COMMAND_DECLARE(name) extern const struct command name##_command;
PAGESTAT_COMMANDS(COMMAND_DECLARE)
#undef COMMAND_DECLARE

#endif /* PAGESTAT_CLI_COMMAND_H */
