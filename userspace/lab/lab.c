// SPDX-License-Identifier: GPL-2.0
/*
 * Do an experiment, from the request to the report
 */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/gnuplot.h"
#include "base/stop.h"
#include "experiment/pagemap.h"
#include "lab/lab.h"

static char no_module[256];

static void keep(const char *message)
{
	snprintf(no_module, sizeof(no_module), "%s", message);
}

/* --thp on needs a kernel that makes huge pages. */
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

/* Without the module it is done all the same, on the numbers in /proc. */
static void find_module(struct lab *lab, struct reader *reader)
{
	const struct experiment *e = lab->experiment;

	errors_to(keep);
	if (reader_open(reader) == EXIT_DONE)
		lab->reader = reader;
	errors_to(NULL);
	if (!lab->reader && !lab->request->json && e->columns[0] != NR_LAB)
		printf(_("Without the counters of pagestat, which read \"-\" below: %s\n\n"),
		       no_module);
}

static int draw(const struct lab *lab)
{
	void (*plot)(const struct lab *lab, FILE *in) = lab->experiment->plot;
	struct gnuplot gnuplot;
	int rc;

	rc = gnuplot_open(&gnuplot, lab->request->picture, 0666);
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
	lab->begin_ns = clock_boot_ns();
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

/* Is there an option that is about a reference string? */
static bool asks_for_string(const struct lab_request *request)
{
	return request->string || request->seed || request->record || request->pids.nr ||
	       request->frames;
}

/**
 * lab_start() - list the experiments, or do one
 * @arg: the request
 *
 * Return: EXIT_DONE, EXIT_CHECK_FAILED if something was not as expected, or another
 * exit status after a message.
 */
int lab_start(void *arg)
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
