// SPDX-License-Identifier: GPL-2.0
/*
 * pagestat check: are the numbers right on this machine?
 *
 * Workloads whose faults are known are run, and the module's counters are compared with
 * what the kernel itself shows: faults in /proc/PID/stat and of wait4(), what became of
 * each page in /proc/PID/pagemap, and /proc/vmstat.
 *
 * Other load may disturb a workload.  This is decided by the kernel's own numbers, never
 * by the module's: if they are not what the workload causes, it is run again.  In the end
 * the module's counters have to equal the kernel's.
 */
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/errors.h"
#include "base/namespace.h"
#include "check/judge.h"
#include "check/machine.h"
#include "check/perform.h"
#include "check/workload.h"
#include "cli/command.h"
#include "cli/hint.h"
#include "experiment/measure.h"
#include "experiment/worker.h"
#include "model/finding.h"
#include "model/meminfo.h"
#include "model/module_state.h"
#include "model/sample.h"
#include "model/verdict.h"
#include "report/form.h"
#include "report/report.h"

#define ATTEMPTS	3
#define RETRY_NS	UINT64_C(15000000000)	/* after this nothing is run again */

/* The faults of all workers from start to end, by wait4(). */
struct waited {
	uint64_t minflt;
	uint64_t majflt;
};

static int run_workload(struct outcome *o, const struct workload *w,
			struct reader *reader, struct waited *waited)
{
	struct witness witnesses[WITNESSES_MAX];
	struct rusage usage = { 0 };
	struct worker worker;
	size_t nr = 0;
	int rc;

	for (const struct expected *e = w->expected; e->counter; e++)
		if (e->witness)
			witnesses[nr++] = (struct witness){
				e->group ? limit_path(e->group) : MEMINFO_VMSTAT, e->witness
			};
	rc = worker_start(&worker, perform, w);
	if (rc)
		return rc;
	machine_worker(worker.pid);
	rc = measure(o, &worker, reader, NULL, 0);	/* the rehearsal */
	if (!rc && o->last.kind == MESSAGE_SEEN)
		rc = measure(o, &worker, reader, witnesses, nr);
	machine_worker(0);
	worker_end(&worker, &usage);
	waited->minflt += (uint64_t)usage.ru_minflt;
	waited->majflt += (uint64_t)usage.ru_majflt;
	return rc;
}

static int check_workload(struct findings *findings, const struct workload *w,
			  struct reader *reader, const struct probes *probes,
			  struct waited *waited, uint64_t until_ns)
{
	const char *why = w->swap && !meminfo_has_swap() ? "no swap" : NULL;
	struct outcome o;
	int rc, attempt = 0;

	if (!why && w->ready)
		why = w->ready();
	if (why) {
		machine_restore();
		judge_skip(findings, w, why);
		return EXIT_DONE;
	}
	do {
		rc = run_workload(&o, w, reader, waited);
	} while (!rc && judge_disturbed(&o, w) && ++attempt < ATTEMPTS &&
		 clock_boot_ns() < until_ns);
	machine_restore();
	if (!rc)
		judge(findings, &o, w, probes);
	return rc;
}

static int check_workloads(struct findings *findings, struct reader *reader,
			   struct waited *waited)
{
	uint64_t until_ns = clock_boot_ns() + RETRY_NS;
	struct probes probes;
	int rc;

	rc = probes_read(&probes, reader);
	if (rc)
		return rc;
	for (const struct workload_list *const *l = workload_lists; *l; l++)
		for (size_t i = 0; i < (*l)->nr && !rc; i++)
			rc = check_workload(findings, &(*l)->list[i], reader, &probes,
					    waited, until_ns);
	for (const struct unchecked *u = workload_unchecked; u->counter; u++)
		finding_end(finding_add(findings, "no check", process_columns[u->counter].name),
			    VERDICT_SKIP, "%s", u->why);
	tsv_free(&probes.tsv);
	return rc;
}

/* Compares the faults of all workers with the growth of our row in "children". */
static int check_waited(struct findings *findings, struct reader *reader,
			const struct process *before, bool found, const struct waited *waited)
{
	struct finding *f = finding_add(findings, "all of them, by wait4(2)", "");
	struct process after, delta;
	int rc;

	finding_number(f, FOUND_kernel, waited->minflt + waited->majflt);
	if (found) {
		rc = measure_row(&after, reader, "children", getpid(), &found);
		if (rc)
			return rc;
	}
	if (!found || !process_delta(&delta, before, &after)) {
		finding_end(f, VERDICT_FAIL, "pagestat itself has no record");
		return EXIT_DONE;
	}
	finding_number(f, FOUND_faults, delta.value[COL_minor] + delta.value[COL_major]);
	if (delta.value[COL_minor] == waited->minflt && delta.value[COL_major] == waited->majflt)
		finding_end(f, VERDICT_PASS, "%s", "");
	else
		finding_end(f, VERDICT_FAIL, "minor: %" PRIu64 " and %" PRIu64,
			    delta.value[COL_minor], waited->minflt);
	return EXIT_DONE;
}

static int check_all(struct findings *findings, struct reader *reader)
{
	struct waited waited = { 0 };
	struct process before;
	bool found;
	int rc;

	rc = measure_row(&before, reader, "children", getpid(), &found);
	if (!rc)
		rc = check_workloads(findings, reader, &waited);
	if (!rc)
		rc = check_waited(findings, reader, &before, found, &waited);
	if (!rc)
		rc = module_state_check(findings, reader);
	if (!rc && findings->broken)
		rc = fail_memory();
	return rc;
}

static int check_finish(void *arg, int argc, char **argv)
{
	(void)arg;
	if (argc)
		return usage_error("\"%s\": check takes no argument", argv[0]);
	return EXIT_DONE;
}

/* Return: EXIT_CHECK_FAILED if something failed. */
static int check_start(void *arg)
{
	const struct form *form = arg;
	struct findings findings = { 0 };
	struct reader reader;
	int rc;

	if (!namespace_is_initial())
		return fail(EXIT_DENIED, "check: cannot find its own numbers from inside a PID namespace; run it outside");
	rc = reader_open(&reader);
	if (rc)
		return rc;
	/* If it was inherited as ignored, wait4() would not return a status. */
	signal(SIGCHLD, SIG_DFL);
	/* A write to a worker that has ended must not end pagestat. */
	signal(SIGPIPE, SIG_IGN);
	rc = check_all(&findings, &reader);
	signal(SIGPIPE, SIG_DFL);
	if (!rc)
		verdict_keep(&findings);
	if (!rc)
		rc = report_findings(form, &reader, &findings);
	if (!rc && findings_count(&findings, VERDICT_FAIL))
		rc = EXIT_CHECK_FAILED;
	findings_free(&findings);
	return rc;
}

static const char check_help[] =
"Usage: pagestat check [OPTION]...\n"
"\n"
"Checks whether the numbers are right on this machine, by workloads whose faults\n"
"are known.\n"
"\n"
"  --json            for programs\n"
"  -r, --raw         columns separated by one blank\n"
"  --no-headings     no headings and no sum\n"
"  -h, --help  -V, --version\n"
"\n"
"Ends with 8 if something is wrong.  Root only.  More: pagestat-check(8).\n";

static const struct option_field check_options[] = {
	{ OPT_JSON, 0 }, { OPT_RAW, 0 }, { OPT_NO_HEADINGS, 0 },
};

const struct command check_command = {
	.name = "check",
	.help = check_help,
	COMMAND_OPTIONS(check_options),
	.request_size = sizeof(struct form),
	.finish = check_finish,
	.start = check_start,
};
