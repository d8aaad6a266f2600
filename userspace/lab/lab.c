// SPDX-License-Identifier: GPL-2.0
/*
 * Do an experiment: from what is asked to its report
 */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/gnuplot.h"
#include "base/stop.h"
#include "cli/command.h"
#include "cli/values.h"
#include "experiment/pagemap.h"
#include "lab/lab.h"
#include "lab/language.h"

static char no_module[256];

static void keep(const char *message)
{
	snprintf(no_module, sizeof(no_module), "%s", message);
}

/* What --thp on needs. */
static int check_huge(const struct lab_request *request)
{
	static const char path[] = "/sys/kernel/mm/transparent_hugepage/enabled";
	FILE *file = fopen(path, "re");
	char text[64] = "";

	if (file) {
		if (!fgets(text, sizeof(text), file))
			*text = '\0';
		fclose(file);
	}
	if (!request->thp || (*text && !strstr(text, "[never]")))
		return EXIT_DONE;
	return fail(EXIT_CANNOT, _("lab: --thp on: this machine makes no huge pages; echo madvise >%s"),
		    path);
}

static void choose_size(struct lab *lab)
{
	const struct experiment *e = lab->experiment;

	lab->size = lab->request->size ? lab->request->size : e->sized ? e->sized() : e->size;
	lab->pages = (lab->size + page_size() - 1) / page_size();
	lab->size = lab->pages * page_size();
}

/* Without the module it is done all the same, on what /proc tells. */
static void find_module(struct lab *lab, struct reader *reader)
{
	const struct experiment *e = lab->experiment;

	messages_to(keep);
	if (reader_open(reader) == EXIT_DONE)
		lab->reader = reader;
	messages_to(NULL);
	if (!lab->reader && !lab->request->json && e->columns[0] != NR_LAB)
		printf(_("Without the counters of pagestat, which read \"-\" below: %s\n\n"),
		       no_module);
}

static int draw(const struct lab *lab)
{
	void (*plot)(const struct lab *lab, FILE *in) = lab->experiment->plot;
	struct gnuplot gnuplot;
	int rc;

	rc = gnuplot_open(&gnuplot, lab->request->picture);
	if (rc)
		return rc;
	if (plot)
		plot(lab, gnuplot.in);
	else
		lab_plot_steps(lab, gnuplot.in);
	return gnuplot_close(&gnuplot);
}

static int perform_experiment(struct lab *lab)
{
	const struct experiment *e = lab->experiment;
	int rc = check_huge(lab->request);

	if (!rc && e->ready)
		rc = e->ready(lab);
	if (rc)
		return rc;
	lab->begin_ns = now_ns();
	rc = e->run ? e->run(lab) : lab_run_worker(lab);
	if (!rc && e->check)
		e->check(lab);
	if (e->clean)
		e->clean(lab);
	signal(SIGPIPE, SIG_DFL);
	if (lab_reader_gone())
		raise(SIGPIPE);
	if (rc)
		return rc;
	if (lab->findings.broken)
		return fail_memory();
	rc = lab->request->json ? lab_document(lab) : lab_report(lab);
	if (!rc && lab->request->picture)
		rc = draw(lab);
	return rc;
}

/* Is anything said of a reference string? */
static bool asks_for_string(const struct lab_request *request)
{
	return request->string || request->seed || request->record || request->pid ||
	       request->frames;
}

static void lab_begin(void *arg)
{
	(void)arg;
	/* What is for classes is in their language; the rest, for programs as well, in ours. */
	language_begin();
}

static int lab_finish(void *arg, int argc, char **argv)
{
	struct lab_request *request = arg;
	const struct pid_list *pids = &request->pids;

	if (argc > 1)
		return fail(EXIT_USAGE, "\"%s\": one experiment at a time. " SEE_HELP, argv[1]);
	request->experiment = argc ? argv[0] : NULL;
	request->json = request->form.format == FORMAT_JSON;
	if (request->interactive && request->json)
		return fail(EXIT_USAGE, "--interactive is for people, --json for programs: one of them");
	if (!!request->string + !!request->seed + request->record + !!pids->pid > 1)
		return fail(EXIT_USAGE, "--string, --seed, --record and -p each give a reference string: one of them");
	if (pids->nr > 1 || request->frames > UINT32_MAX)
		return fail(EXIT_USAGE, "lab: -p takes one process, and --frames no more than %u",
			    UINT32_MAX);
	request->pid = pids->nr ? (pid_t)pids->pid[0] : 0;
	return EXIT_DONE;
}

/* Return: EXIT_CHECK_FAILED if something was not as expected. */
static int lab_start(void *arg)
{
	const struct lab_request *request = arg;
	struct lab lab = { .request = request };
	struct reader reader;
	int rc;

	if (!request->experiment)
		return lab_list();
	lab.experiment = lab_find(request->experiment);
	if (!lab.experiment)
		return fail(EXIT_USAGE, _("lab: there is no experiment \"%s\"; pagestat lab lists them"),
			    request->experiment);
	if (!lab.experiment->takes_string && asks_for_string(request))
		return fail(EXIT_USAGE, _("lab: --string, --seed, --record, -p and --frames are for replacement"));
	if (request->picture) {
		rc = gnuplot_check(request->picture);
		if (rc)
			return rc;
	}
	choose_size(&lab);

	signal(SIGCHLD, SIG_DFL);
	lab_watch_reader();
	stop_by_signals();
	lab_print_intro(&lab);
	find_module(&lab, &reader);
	rc = perform_experiment(&lab);
	if (!rc && findings_count(&lab.findings, VERDICT_FAIL))
		rc = EXIT_CHECK_FAILED;
	findings_free(&lab.findings);
	free(lab.moments);
	return rc;
}

static void lab_end(void *arg)
{
	free(((struct lab_request *)arg)->pids.pid);
}

static const char lab_help[] = N_(
"Usage: pagestat lab\n"
"       pagestat lab [OPTION]... NAME\n"
"\n"
"Lists experiments that show paging at work; does that of this NAME, and checks\n"
"what was to be seen.\n"
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
	.begin = lab_begin,
	.finish = lab_finish,
	.start = lab_start,
	.end = lab_end,
};
