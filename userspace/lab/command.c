// SPDX-License-Identifier: GPL-2.0
/*
 * The options of pagestat-lab, which go together, and its help
 */
#include "cli/command.h"
#include "cli/hint.h"
#include "lab/lab.h"

static int lab_finish(void *arg, int argc, char **argv)
{
	struct lab_request *request = arg;
	const struct pid_list *pids = &request->pids;

	if (argc > 1)
		return usage_error("\"%s\": one experiment at a time", argv[1]);
	request->experiment = argc ? argv[0] : NULL;
	request->json = request->form.format == FORMAT_JSON;
	if (request->interactive && request->json)
		return fail(EXIT_USAGE, "--interactive is for people, --json for programs: one of them");
	if (!!request->string + !!request->seed + request->record + !!pids->nr > 1)
		return fail(EXIT_USAGE, "--string, --seed, --record and -p each give a reference string: one of them");
	if (pids->nr > 1 || request->frames > UINT32_MAX)
		return fail(EXIT_USAGE, "lab: -p takes one process, and --frames no more than %u",
			    UINT32_MAX);
	return EXIT_DONE;
}

static const char lab_help[] = N_(
"Usage: pagestat lab\n"
"       pagestat lab [OPTION]... NAME\n"
"\n"
"Lists experiments that show paging at work, or does the one called NAME and\n"
"checks its results.\n"
"\n"
"  --size SIZE       with so much memory, as 16M\n"
"  --thp on|off      with transparent huge pages, or without (the default)\n"
"  -i, --interactive  wait for Enter after each step\n"
"  --json            for programs\n"
"  --plot FILE       and draw it: .svg or .png\n"
"  --break           do it wrongly on purpose: what it looks like when it fails\n"
"  -h, --help  -V, --version\n"
"\n"
"The pages that replacement replaces (without these, those of Belady's anomaly):\n"
"  --string LIST     as '1 2 3 1', or those in a file: @FILE\n"
"  --seed N          generated, with locality; the same N, the same pages\n"
"  --record          recorded from a program\n"
"  -p PID            the faults of that process, until Ctrl-C\n"
"  --frames N        on up to so many frames\n"
"\n"
"Ends with 8 if something was not as expected, 9 if it cannot be done here.  As\n"
"root it sees more.  More: pagestat-lab(8).\n");

static const struct option_field lab_options[] = {
	OPTION_FIELD(SIZE, struct lab_request, size),
	OPTION_FIELD(THP, struct lab_request, thp),
	OPTION_FIELD(INTERACTIVE, struct lab_request, interactive),
	OPTION_FIELD(JSON, struct lab_request, form),
	OPTION_FIELD(BREAK, struct lab_request, broken),
	OPTION_FIELD(STRING, struct lab_request, string),
	OPTION_FIELD(SEED, struct lab_request, seed),
	OPTION_FIELD(RECORD, struct lab_request, record),
	OPTION_FIELD(PIDS, struct lab_request, pids),
	OPTION_FIELD(FRAMES, struct lab_request, frames),
	OPTION_FIELD(PLOT, struct lab_request, picture),
};

const struct command lab_command = {
	.name = "lab",
	.help = lab_help,
	COMMAND_OPTIONS(lab_options),
	.request_size = sizeof(struct lab_request),
	.finish = lab_finish,
	.start = lab_start,
};
