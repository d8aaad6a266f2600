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
	if (w->faults == FAULTS_EACH)
		return workload_pages(w) / workload_stride(w);
	return w->faults == FAULTS_ONE;
}

/**
 * judge_disturbed() - did the kernel itself do something other than the work should cause?
 */
bool judge_disturbed(const struct outcome *o, const struct workload *w)
{
	if (o->last.kind != MESSAGE_SEEN || !o->has_record)
		return false;
	if (o->last.known && o->last.seen != workload_pages(w))
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

/* A number of the kernel's that is not in /proc/PID. */
struct said {
	bool known;
	uint64_t grew;
};

/* What a counter should show: at least, for AMOUNT_SOME and AMOUNT_MORE. */
static uint64_t should(const struct expected *e, const struct outcome *o,
		       const struct workload *w, const struct said *said)
{
	switch (e->amount) {
	case AMOUNT_MINOR:
		return o->minflt;
	case AMOUNT_MAJOR:
		return o->majflt;
	case AMOUNT_REST:
		return o->faults > workload_pages(w) ? o->faults - workload_pages(w) : 0;
	case AMOUNT_NOTHING:
		return 0;
	case AMOUNT_SOME:
		return 1;
	case AMOUNT_WITNESS:
		return said->grew;
	case AMOUNT_MORE:
		return said->grew ? said->grew : 1;
	case AMOUNT_PAGES:
		break;
	}
	return workload_pages(w);
}

static bool is_right(const struct expected *e, uint64_t expected, uint64_t counted)
{
	return e->amount == AMOUNT_SOME || e->amount == AMOUNT_MORE ? counted >= expected :
								      counted == expected;
}

/*
 * Is there nothing to be counted?  The kernel itself did not do it, by the page table, or
 * by its faults where each page takes one.
 */
static bool is_nothing(const struct outcome *o, const struct workload *w,
		       const struct said *said)
{
	return (o->last.known && !o->last.seen) || (w->faults == FAULTS_EACH && !o->faults) ||
	       (said->known && !said->grew);
}

/* The whole of a workload: its first counter, its faults, and what else they became. */
static void judge_first(struct finding *f, const struct outcome *o, const struct workload *w,
			const struct said *said)
{
	const struct expected *e = &w->expected[0];
	const struct process *d = &o->delta;
	uint64_t expected = should(e, o, w, said), counted = d->value[e->counter], sum;

	finding_number(f, FOUND_expected, expected);
	finding_number(f, FOUND_counted, counted);
	if (!counted && is_nothing(o, w, said)) {
		finding_end(f, VERDICT_SKIP, "this kernel did not do it");
		return;
	}
	/* The kernel moved or evicted pages, or could not. */
	if (e->amount == AMOUNT_PAGES && o->last.known && o->last.seen != expected) {
		finding_say(f, "here it was %" PRIu64, o->last.seen);
		expected = o->last.seen;
	}
	if (!is_right(e, expected, counted))
		finding_end(f, VERDICT_FAIL, "%s", "");
	else if (d->value[COL_minor] != o->minflt || d->value[COL_major] != o->majflt)
		finding_end(f, VERDICT_FAIL, "faults are not those of /proc/PID/stat");
	else if (process_outcomes(d, &sum) && (workload_stride(w) == 1 ? sum != o->faults :
								     sum < o->faults))
		finding_end(f, VERDICT_FAIL, "%" PRIu64 " outcomes of %" PRIu64 " faults",
			    sum, o->faults);
	else if (!w->race && !w->other && d->value[COL_other])
		finding_end(f, VERDICT_FAIL, "other: %" PRIu64, d->value[COL_other]);
	else
		finding_end(f, VERDICT_PASS, "%s", "");
}

/* What else the same work is to show. */
static void judge_other(struct finding *f, const struct outcome *o, const struct workload *w,
			const struct expected *e, const struct said *said)
{
	uint64_t expected = should(e, o, w, said), counted = o->delta.value[e->counter];

	finding_number(f, FOUND_expected, expected);
	finding_number(f, FOUND_counted, counted);
	if (!counted && is_nothing(o, w, said))
		finding_end(f, VERDICT_SKIP, "this kernel did not do it");
	else if (!is_right(e, expected, counted))
		finding_end(f, VERDICT_FAIL, "%s", "");
	else if (!expected)
		finding_end(f, VERDICT_SKIP, "%s", e->amount == AMOUNT_REST ?
			    "no fault lost the race" : "nothing to be counted");
	else
		finding_end(f, VERDICT_PASS, "%s", "");
}

/* Compares a counter of the machine with the kernel's, which cannot be smaller. */
static void judge_vmstat(struct findings *findings, const struct outcome *o,
			 const struct workload *w, const struct expected *e,
			 const struct said *said)
{
	struct finding *f = finding_add(findings, "the same, in /proc/vmstat",
					process_columns[e->counter].name);
	const unsigned int column = NR_SYSTEM - PAGESTAT_NR + e->counter - FIRST_COUNTER;
	const struct system *was = &o->totals[0], *is = &o->totals[1];
	uint64_t pages = workload_pages(w), counted;

	if (e->amount == AMOUNT_PAGES)
		finding_number(f, FOUND_expected, pages);
	if (!o->has_record || !said->known || !is_known(was->known, column) ||
	    !is_known(is->known, column)) {
		finding_end(f, VERDICT_SKIP, "not counted by %s",
			    said->known ? "pagestat" : "this kernel");
		return;
	}
	counted = is->value[column] - was->value[column];
	finding_number(f, FOUND_counted, counted);
	finding_number(f, FOUND_seen, said->grew);
	if (!counted && !said->grew)
		finding_end(f, VERDICT_SKIP, "this kernel did not do it");
	else if (counted > said->grew ||
		 (e->amount == AMOUNT_PAGES && said->grew == pages && counted != pages))
		finding_end(f, VERDICT_FAIL, "%s", "");
	else if (counted != said->grew)
		finding_end(f, VERDICT_SKIP, "other processes did so at the same time");
	else
		finding_end(f, VERDICT_PASS, "%s", "");
}

static void judge_counter(struct finding *f, const struct outcome *o, const struct workload *w,
			  const struct expected *e, const struct said *said,
			  const struct probes *probes)
{
	const struct process *d = &o->delta;

	finding_number(f, FOUND_expected, should(e, o, w, said));
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
	else if (e->group && !said->known)
		finding_end(f, VERDICT_SKIP, "this kernel does not tell");
	else if (e == w->expected)
		judge_first(f, o, w, said);
	else
		judge_other(f, o, w, e, said);
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
		struct said said = { 0 };

		if (e->witness) {
			said.known = o->grew_known >> witness & 1;
			said.grew = o->grew[witness++];
		}
		judge_counter(finding_add(findings, w->name, process_columns[e->counter].name),
			      o, w, e, &said, probes);
		if (e->witness && !e->group)
			judge_vmstat(findings, o, w, e, &said);
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
