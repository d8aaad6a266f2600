// SPDX-License-Identifier: GPL-2.0
/*
 * Does the module count correctly?
 *
 * Its hooks, what it reports as lost, and whether the outcomes of all faults so far add
 * up.
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/sums.h"
#include "base/text.h"
#include "model/module_state.h"
#include "model/snapshot.h"

/*
 * What this kernel has not, or has in a form that was not known when the module was built,
 * is no failure, e.g. "swap-map missing", "oom unfit".
 */
static void check_hooks(struct findings *findings, const struct probes *probes)
{
	struct finding *f = finding_add(findings, "hooks attached", "");
	size_t nr = probes->tsv.nr_rows, attached = 0, missing = 0, off = 0;

	for (size_t i = 0; i < probes->tsv.nr_rows; i++) {
		const char *state = probe_text(probes, i, PROBE_state);

		if (strcmp(state, "attached") == 0) {
			attached++;
			continue;
		}
		/* Attached on demand only; or this kernel lacks what it counts. */
		if (strcmp(state, "off") == 0 ||
		    (strcmp(state, "missing") == 0 &&
		     strcmp(probe_text(probes, i, PROBE_feeds), "-") == 0)) {
			off++;
			continue;
		}
		missing += strcmp(state, "missing") == 0 || strcmp(state, "unfit") == 0;
		finding_say(f, "%s %s, ", probe_text(probes, i, PROBE_hook), state);
	}
	nr -= off;
	finding_number(f, FOUND_expected, nr);
	finding_number(f, FOUND_counted, attached);
	if (attached == nr)
		finding_end(f, VERDICT_PASS, "%s", "");
	else
		finding_end(f, attached + missing == nr ? VERDICT_SKIP : VERDICT_FAIL,
			    "see pagestat --probes");
}

/* Hits that were lost, or came from an unknown caller. */
static void check_hits(struct findings *findings, const struct probes *probes,
		       const char *what, enum probe_column column)
{
	struct finding *f = finding_add(findings, what, "");
	uint64_t sum = 0, n;

	for (size_t i = 0; i < probes->tsv.nr_rows; i++) {
		if (text_to_u64(probe_text(probes, i, column), &n) || !n)
			continue;
		finding_say(f, "%s%s %" PRIu64, sum ? ", " : "",
			    probe_text(probes, i, PROBE_hook), n);
		if (column == PROBE_stray)
			finding_say(f, " from %s", probe_text(probes, i, PROBE_stray_from));
		sum += n;
	}
	finding_number(f, FOUND_expected, 0);
	finding_number(f, FOUND_counted, sum);
	finding_end(f, sum ? VERDICT_FAIL : VERDICT_PASS, "%s", "");
}

#define TOO_SMALL	"is the parameter max_threads too small? See dmesg"

static void check_lost(struct findings *findings, const struct system *system,
		       enum system_column column, const char *what, const char *why)
{
	struct finding *f = finding_add(findings, what, "");

	finding_number(f, FOUND_expected, 0);
	if (!is_known(system->known, column)) {
		finding_end(f, VERDICT_SKIP, "the module is older than the tool");
		return;
	}
	finding_number(f, FOUND_counted, system->value[column]);
	if (system->value[column])
		finding_end(f, VERDICT_FAIL, "%s", why);
	else
		finding_end(f, VERDICT_PASS, "%s", "");
}

/* Every fault of all live processes has an outcome. */
static void check_sums(struct findings *findings, const struct snapshot *all)
{
	struct finding *f = finding_add(findings, "faults without an outcome", "");
	uint64_t sum, faults, bad = 0, first = 0;
	bool known = true;

	for (size_t i = 0; i < all->nr; i++) {
		const struct process *p = &all->process[i];

		known = process_outcomes(p, &sum) && known;
		faults = p->value[COL_minor];
		sum_add(&faults, p->value[COL_major]);
		if (sum >= faults)
			continue;
		if (!bad)
			first = p->value[COL_pid];
		sum_add(&bad, faults - sum);
	}
	finding_number(f, FOUND_expected, 0);
	if (!known) {
		finding_end(f, VERDICT_SKIP, "some outcomes read \"-\"");
		return;
	}
	finding_number(f, FOUND_counted, bad);
	if (bad)
		finding_end(f, VERDICT_FAIL, "for example process %" PRIu64, first);
	else
		finding_end(f, VERDICT_PASS, "%s", "");
}

/**
 * module_state_check() - check the module and its hooks; @findings gets a line for each check
 */
int module_state_check(struct findings *findings, struct reader *reader)
{
	struct snapshot all;
	struct probes probes;
	struct system system;
	int rc;

	rc = snapshot_read(&all, reader, "processes");
	if (rc)
		return rc;
	rc = system_read(&system, reader);
	if (!rc)
		rc = probes_read(&probes, reader);
	if (!rc) {
		check_sums(findings, &all);
		check_hooks(findings, &probes);
		check_hits(findings, &probes, "hits missed", PROBE_missed);
		check_hits(findings, &probes, "hits by unknown callers", PROBE_stray);
		check_lost(findings, &system, SYS_lost_tasks, "threads not counted",
			   TOO_SMALL);
		check_lost(findings, &system, SYS_lost_hits, "hits not counted", TOO_SMALL);
		check_lost(findings, &system, SYS_silenced, "kprobes switched off",
			   "echo 1 >/sys/kernel/debug/kprobes/enabled");
		check_lost(findings, &system, SYS_disputed, "faults disputed",
			   "latency's return probe and the kernel disagree on them");
		tsv_free(&probes.tsv);
	}
	snapshot_free(&all);
	return rc;
}
