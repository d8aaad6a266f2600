// SPDX-License-Identifier: GPL-2.0
/*
 * Was a workload counted right?
 *
 * The kernel's own numbers say what the work caused: /proc/PID/stat, the page table,
 * /proc/vmstat.  The module's counters have to equal those.
 */
#include <inttypes.h>
#include <string.h>

#include "check/judge.h"
#include "check/perform.h"

/* Faults that the work causes, by the kernel's count. */
static uint64_t faults_of(const struct workload *w)
{
	return w->faults == FAULTS_EACH ? WORK_PAGES : 0;
}

/**
 * judge_disturbed() - did the kernel itself do something other than the work should cause?
 */
bool judge_disturbed(const struct outcome *o, const struct workload *w)
{
	if (o->last.kind != MESSAGE_SEEN || !o->has_record)
		return false;
	if (o->last.known && o->last.seen != WORK_PAGES)
		return true;
	return w->faults != FAULTS_ANY && o->faults != faults_of(w);
}

/* Is a hook not attached that the counter needs?  Else this kernel does not say it. */
static bool lacks_hook(const struct probes *probes, enum column_id counter)
{
	const char *name = process_columns[counter].name;
	size_t length = strlen(name);

	for (size_t i = 0; i < probes->tsv.nr_rows; i++) {
		const char *at = probe_text(probes, i, PROBE_feeds);

		if (strcmp(probe_text(probes, i, PROBE_state), "attached") == 0)
			continue;
		for (; *at; at += strcspn(at, ","), at += *at == ',')
			if (strcspn(at, ",") == length && strncmp(at, name, length) == 0)
				return true;
	}
	return false;
}

static void end_unknown(struct finding *f, const struct probes *probes, enum column_id counter)
{
	if (lacks_hook(probes, counter))
		finding_end(f, VERDICT_FAIL, "unknown here: pagestat --probes says why");
	else
		finding_end(f, VERDICT_SKIP, "this kernel does not tell");
}

/* What a counter should show. */
static uint64_t should(const struct expected *e, const struct outcome *o)
{
	switch (e->amount) {
	case AMOUNT_MINOR:
		return o->minflt;
	case AMOUNT_MAJOR:
		return o->majflt;
	case AMOUNT_REST:
		return o->faults > WORK_PAGES ? o->faults - WORK_PAGES : 0;
	case AMOUNT_PAGES:
		break;
	}
	return WORK_PAGES;
}

/* The whole of a workload: its first counter, its faults, and what else they became. */
static void judge_first(struct finding *f, const struct outcome *o, const struct workload *w)
{
	const struct expected *e = &w->expected[0];
	const struct process *d = &o->delta;
	uint64_t expected = should(e, o), counted = d->value[e->counter], sum;

	finding_number(f, FOUND_expected, expected);
	finding_number(f, FOUND_counted, counted);
	/* The kernel moved or evicted pages, or could not. */
	if (o->last.known && o->last.seen != expected) {
		finding_say(f, "here it was %" PRIu64, o->last.seen);
		expected = o->last.seen;
		if (!expected && !counted) {
			finding_end(f, VERDICT_SKIP, "%s", ": nothing to be counted");
			return;
		}
	}
	if (counted != expected)
		finding_end(f, VERDICT_FAIL, "%s", "");
	else if (d->value[COL_minor] != o->minflt || d->value[COL_major] != o->majflt)
		finding_end(f, VERDICT_FAIL, "faults are not those of /proc/PID/stat");
	else if (process_outcomes(d, &sum) && sum != o->faults)
		finding_end(f, VERDICT_FAIL, "%" PRIu64 " outcomes of %" PRIu64 " faults",
			    sum, o->faults);
	else if (!w->race && d->value[COL_other])
		finding_end(f, VERDICT_FAIL, "other: %" PRIu64, d->value[COL_other]);
	else
		finding_end(f, VERDICT_PASS, "%s", "");
}

/* What else the same work is to show. */
static void judge_other(struct finding *f, const struct outcome *o, const struct expected *e)
{
	uint64_t expected = should(e, o), counted = o->delta.value[e->counter];

	finding_number(f, FOUND_expected, expected);
	finding_number(f, FOUND_counted, counted);
	if (counted != expected)
		finding_end(f, VERDICT_FAIL, "%s", "");
	else if (!expected)
		finding_end(f, VERDICT_SKIP, "%s", e->amount == AMOUNT_REST ?
			    "no fault lost the race" : "nothing to be counted");
	else
		finding_end(f, VERDICT_PASS, "%s", "");
}

/* Compares a counter of the machine with the kernel's, which cannot be smaller. */
static void judge_vmstat(struct findings *findings, const struct outcome *o,
			 const struct expected *e, size_t witness)
{
	struct finding *f = finding_add(findings, "the same, in /proc/vmstat",
					process_columns[e->counter].name);
	const unsigned int column = NR_SYSTEM - PAGESTAT_NR + e->counter - FIRST_COUNTER;
	const struct system *was = &o->totals[0], *is = &o->totals[1];
	bool known = o->grew_known >> witness & 1;
	uint64_t counted, kernel = o->grew[witness];

	finding_number(f, FOUND_expected, WORK_PAGES);
	if (!o->has_record || !known || !is_known(was->known, column) ||
	    !is_known(is->known, column)) {
		finding_end(f, VERDICT_SKIP, "not counted by %s",
			    known ? "pagestat" : "this kernel");
		return;
	}
	counted = is->value[column] - was->value[column];
	finding_number(f, FOUND_counted, counted);
	finding_number(f, FOUND_seen, kernel);
	if (counted > kernel || (kernel == WORK_PAGES && counted != WORK_PAGES))
		finding_end(f, VERDICT_FAIL, "%s", "");
	else if (counted != kernel)
		finding_end(f, VERDICT_SKIP, "other processes did so at the same time");
	else
		finding_end(f, VERDICT_PASS, "%s", "");
}

static void judge_counter(struct finding *f, const struct outcome *o, const struct workload *w,
			  const struct expected *e, const struct probes *probes)
{
	const struct process *d = &o->delta;

	finding_number(f, FOUND_expected, should(e, o));
	if (o->last.known)
		finding_number(f, FOUND_seen, o->last.seen);
	if (!o->has_record) {
		finding_end(f, VERDICT_FAIL, "its process has no record");
		return;
	}
	finding_number(f, FOUND_faults, d->value[COL_minor] + d->value[COL_major]);
	finding_number(f, FOUND_kernel, o->faults);
	if (!is_known(d->known, e->counter))
		end_unknown(f, probes, e->counter);
	else if (e == w->expected)
		judge_first(f, o, w);
	else
		judge_other(f, o, e);
}

/**
 * judge() - add the lines of a workload that was done
 * @probes: the hooks
 */
void judge(struct findings *findings, const struct outcome *o, const struct workload *w,
	   const struct probes *probes)
{
	size_t witness = 0;

	if (o->last.kind == MESSAGE_GAVE_UP) {
		judge_skip(findings, w, o->last.why);
		return;
	}
	if (o->last.kind != MESSAGE_SEEN) {
		judge_skip(findings, w, "the worker process was killed, or did not answer in time");
		return;
	}
	for (const struct expected *e = w->expected; e->counter; e++) {
		judge_counter(finding_add(findings, w->name, process_columns[e->counter].name),
			      o, w, e, probes);
		if (e->vmstat)
			judge_vmstat(findings, o, e, witness++);
	}
}

/**
 * judge_skip() - add the lines of a workload that could not be done
 */
void judge_skip(struct findings *findings, const struct workload *w, const char *why)
{
	for (const struct expected *e = w->expected; e->counter; e++)
		finding_end(finding_add(findings, w->name, process_columns[e->counter].name),
			    VERDICT_SKIP, "%s", why);
}
