/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What a command says of itself: the options it takes, what they fill in, and how it
 * is started
 *
 * Each command describes itself, in its own folder, in one struct command, and is in the
 * list below.  What options are called, and their letters, only options.c knows.
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
	X(RAW, struct form) X(RECORD, bool) X(REPEAT, uint64_t)		       \
	X(REPLAY, const char *) X(REST, bool) X(SEED, uint64_t)		       \
	X(SINCE, uint64_t) X(SINCE_RECORDED, const char *) X(SIZE, uint64_t)   \
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

/**
 * struct command - what the first argument may be
 * @name: that argument; NULL for what is done without one
 * @program: it is a program of its own, called this, and all below is empty; or NULL
 * @help: for --help
 * @options: those it takes, besides --help and --version
 * @nr_options: how many
 * @request_size: of the struct that says what it was asked
 * @starts_program: what follows the first operand is another program's
 * @begin: puts into a request, which is all zero, what no option has to say; or NULL
 * @finish: takes the operands and says what does not go together; an exit status
 * @start: does what was asked; an exit status
 * @end: gives back what options allocated; or NULL
 */
struct command {
	const char *name;
	const char *program;
	const char *help;
	const struct option_field *options;
	size_t nr_options;
	size_t request_size;
	bool starts_program;
	void (*begin)(void *request);
	int (*finish)(void *request, int argc, char **argv);
	int (*start)(void *request);
	void (*end)(void *request);
};

#define COMMAND_OPTIONS(list)						       \
	.options = (list), .nr_options = sizeof(list) / sizeof(*(list))

/*
 * The commands, the first of which is done without a name: show_command, ...  Each is in
 * a folder of its own.
 */
#define PAGESTAT_COMMANDS(X)						       \
	X(show) X(check) X(lab) X(latency) X(plot) X(record) X(replay) X(run) X(top)

#define COMMAND_DECLARE(name) extern const struct command name##_command;
PAGESTAT_COMMANDS(COMMAND_DECLARE)
#undef COMMAND_DECLARE

#endif /* PAGESTAT_CLI_COMMAND_H */
