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
#include "check/perform.h"
#include "cli/command.h"
#include "cli/values.h"
#include "experiment/measure.h"
#include "experiment/worker.h"
#include "experiment/workload.h"
#include "model/finding.h"
#include "model/meminfo.h"
#include "model/module_state.h"
#include "model/sample.h"
#include "report/form.h"
#include "report/report.h"

#define ATTEMPTS	3
#define RETRY_NS	UINT64_C(8000000000)	/* after this nothing is run again */

/* The faults of all workers from start to end, by wait4(). */
struct waited {
	uint64_t minflt;
	uint64_t majflt;
};

static int run_workload(struct outcome *o, const struct workload *w,
			struct reader *reader, struct waited *waited)
{
	struct rusage usage = { 0 };
	struct worker worker;
	int rc;

	rc = worker_start(&worker, perform, w);
	if (rc)
		return rc;
	rc = measure(o, &worker, reader);	/* the rehearsal */
	if (!rc && o->last.kind == MESSAGE_SEEN)
		rc = measure(o, &worker, reader);
	worker_end(&worker, &usage);
	waited->minflt += (uint64_t)usage.ru_minflt;
	waited->majflt += (uint64_t)usage.ru_majflt;
	return rc;
}

/* Did the kernel itself do something other than the workload should cause? */
static bool was_disturbed(const struct outcome *o, const struct workload *w)
{
	if (o->last.kind != MESSAGE_SEEN || !o->has_record)
		return false;
	if (o->last.known && o->last.seen != WORK_PAGES)
		return true;
	return !w->race && o->faults != (w->faults ? WORK_PAGES : 0);
}

/* Compares the module's counters with the kernel's, and adds the verdict. */
static void judge_workload(struct finding *f, const struct outcome *o, const struct workload *w)
{
	const struct process *d = &o->delta;
	uint64_t expected = WORK_PAGES, sum;

	switch (o->last.kind) {
	case MESSAGE_GAVE_UP:
		finding_end(f, VERDICT_SKIP, "%s", o->last.why);
		return;
	case MESSAGE_SEEN:
		break;
	default:
		finding_end(f, VERDICT_SKIP, "the worker process was killed, or did not answer in time");
		return;
	}

	finding_number(f, FOUND_expected, expected);
	if (o->last.known)
		finding_number(f, FOUND_seen, o->last.seen);
	if (!o->has_record) {
		finding_end(f, VERDICT_FAIL, "its process has no record");
		return;
	}
	finding_number(f, FOUND_faults, d->value[COL_minor] + d->value[COL_major]);
	finding_number(f, FOUND_kernel, o->faults);
	if (!is_known(d->known, w->counter)) {
		finding_end(f, VERDICT_FAIL, "unknown here: pagestat --probes says why");
		return;
	}
	finding_number(f, FOUND_counted, d->value[w->counter]);

	/* The kernel moved or evicted pages, or could not. */
	if (o->last.known && o->last.seen != expected) {
		finding_say(f, "here it was %" PRIu64, o->last.seen);
		expected = o->last.seen;
		if (!expected && !d->value[w->counter]) {
			finding_end(f, VERDICT_SKIP, "%s", ": nothing to be counted");
			return;
		}
	}
	if (d->value[w->counter] != expected)
		finding_end(f, VERDICT_FAIL, "%s", "");
	else if (d->value[COL_minor] != o->minflt || d->value[COL_major] != o->majflt)
		finding_end(f, VERDICT_FAIL, "faults are not those of /proc/PID/stat");
	else if (process_outcomes(d, &sum) && sum != o->faults)
		finding_end(f, VERDICT_FAIL, "%" PRIu64 " outcomes of %" PRIu64 " faults",
			    sum, o->faults);
	else if (!w->race && d->value[COL_other])
		finding_end(f, VERDICT_FAIL, "other: %" PRIu64, d->value[COL_other]);
	else if (w->race && is_known(d->known, COL_other) && d->value[COL_other])
		finding_end(f, VERDICT_PASS, "%" PRIu64 " faults lost the race",
			    d->value[COL_other]);
	else
		finding_end(f, VERDICT_PASS, "%s", "");
}

/*
 * Compares the sum of reuse with the kernel's pgreuse.  The sum was read between the two
 * readings of pgreuse, so it cannot be larger.
 */
static void judge_reuse(struct findings *findings, const struct outcome *o)
{
	struct finding *f = finding_add(findings, "the same, in /proc/vmstat", "reuse");
	const struct system *was = &o->totals[0], *is = &o->totals[1];
	uint64_t reuse;

	finding_number(f, FOUND_expected, WORK_PAGES);
	if (!o->has_record || !o->pgreuse_known || !is_known(was->known, SYS_reuse) ||
	    !is_known(is->known, SYS_reuse)) {
		finding_end(f, VERDICT_SKIP, "not counted by %s",
			    o->pgreuse_known ? "pagestat" : "this kernel");
		return;
	}
	reuse = is->value[SYS_reuse] - was->value[SYS_reuse];
	finding_number(f, FOUND_counted, reuse);
	finding_number(f, FOUND_seen, o->pgreuse);
	if (reuse > o->pgreuse || (o->pgreuse == WORK_PAGES && reuse != WORK_PAGES))
		finding_end(f, VERDICT_FAIL, "%s", "");
	else if (reuse != o->pgreuse)
		finding_end(f, VERDICT_SKIP, "other processes wrote at the same time");
	else
		finding_end(f, VERDICT_PASS, "%s", "");
}

static int check_workload(struct findings *findings, const struct workload *w,
			  struct reader *reader, struct waited *waited, uint64_t until_ns)
{
	struct finding *f;
	struct outcome o;
	int rc, attempt = 0;

	if (w->swap && !meminfo_has_swap()) {
		f = finding_add(findings, w->name, process_columns[w->counter].name);
		finding_end(f, VERDICT_SKIP, "no swap");
		return EXIT_DONE;
	}
	do {
		rc = run_workload(&o, w, reader, waited);
	} while (!rc && was_disturbed(&o, w) && ++attempt < ATTEMPTS && clock_boot_ns() < until_ns);
	if (rc)
		return rc;

	f = finding_add(findings, w->name, process_columns[w->counter].name);
	judge_workload(f, &o, w);
	if (w->counter == COL_reuse && o.last.kind == MESSAGE_SEEN)
		judge_reuse(findings, &o);
	return EXIT_DONE;
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
	uint64_t until_ns = clock_boot_ns() + RETRY_NS;
	struct waited waited = { 0 };
	struct process before;
	bool found;
	int rc;

	rc = measure_row(&before, reader, "children", getpid(), &found);
	for (size_t i = 0; i < nr_workloads && !rc; i++)
		rc = check_workload(findings, &workloads[i], reader, &waited, until_ns);
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
		return fail(EXIT_USAGE, "\"%s\": check takes no argument. " SEE_HELP, argv[0]);
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
