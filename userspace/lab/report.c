// SPDX-License-Identifier: GPL-2.0
/*
 * The report of an experiment for people: what was read after each step, and results
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/grid.h"
#include "lab/lab.h"
#include "report/report.h"

static int print_moments(const struct lab *lab)
{
	const struct experiment *e = lab->experiment;
	char heading[HEADING_MAX], time[32];
	struct amount n;
	struct grid t;

	grid_begin(&t, false, true);
	grid_heading(&t, _("TIME"), SCOLS_FL_RIGHT);
	grid_heading(&t, _("STEP"), 0);
	if (e->roles[0])
		grid_heading(&t, _("PROCESS"), 0);
	for (const enum lab_column *c = e->columns; *c != NR_LAB; c++)
		grid_heading(&t, column_upper_case(lab_heading(e, *c), heading), SCOLS_FL_RIGHT);
	for (size_t i = 0; i < lab->nr; i++) {
		const struct lab_moment *m = &lab->moments[i];

		for (int role = 0; role < LAB_ROLES; role++) {
			if (!m->reading[role].known)
				continue;
			grid_line(&t);
			snprintf(time, sizeof(time), "%.3f", (double)m->ns / 1e9);
			grid_cell(&t, time);
			grid_cell(&t, _(e->steps[m->step].label));
			if (e->roles[0])
				grid_cell(&t, _(e->roles[role]));
			for (const enum lab_column *c = e->columns; *c != NR_LAB; c++) {
				n = lab_shown(lab, m, role, *c);
				grid_number(&t, n.known, (uint64_t)n.n);
			}
		}
	}
	putchar('\n');
	puts(_("After each step; memory in KiB, counters from the first step on:"));
	return grid_end(&t);
}

/* "25600", "25600..26000", ">= 1", "<= 64" */
static const char *range_text(const struct finding *f, char *text, size_t size)
{
	uint64_t least = f->value[FOUND_expected];

	if (least == f->most)
		snprintf(text, size, "%" PRIu64, least);
	else if (f->most == UINT64_MAX)
		snprintf(text, size, ">= %" PRIu64, least);
	else if (!least)
		snprintf(text, size, "<= %" PRIu64, f->most);
	else
		snprintf(text, size, "%" PRIu64 "..%" PRIu64, least, f->most);
	return text;
}

static int print_results(const struct lab *lab)
{
	const struct findings *all = &lab->findings;
	struct grid t;
	char text[64];
	int rc;

	grid_begin(&t, false, true);
	grid_heading(&t, _("RESULT"), 0);
	grid_heading(&t, _("EXPECTED"), SCOLS_FL_RIGHT);
	grid_heading(&t, _("COUNTED"), SCOLS_FL_RIGHT);
	grid_heading(&t, _("OF"), 0);
	grid_heading(&t, _("WHAT"), 0);
	for (size_t i = 0; i < all->nr; i++) {
		const struct finding *f = &all->list[i];

		grid_line(&t);
		grid_cell(&t, finding_verdict_names[f->verdict]);
		grid_cell(&t, range_text(f, text, sizeof(text)));
		grid_number(&t, f->known >> FOUND_counted & 1, f->value[FOUND_counted]);
		grid_cell(&t, *f->counter ? f->counter : "-");
		grid_cell(&t, _(f->what));
	}
	putchar('\n');
	rc = grid_end(&t);
	putchar('\n');
	for (size_t i = 0; i < all->nr; i++)
		printf(_("  %s: %s\n"), _(all->list[i].what), _(all->list[i].text));
	printf(_("\n%zu passed, %zu failed, %zu not known here\n"),
	       findings_count(all, VERDICT_PASS), findings_count(all, VERDICT_FAIL),
	       findings_count(all, VERDICT_SKIP));
	return rc;
}

/**
 * lab_report() - the tables: what was read at each step, and the verdicts
 * @lab: the experiment
 *
 * Return: EXIT_DONE, or another exit status after a message.
 */
int lab_report(struct lab *lab)
{
	int rc = EXIT_DONE;

	if (lab->nr)
		rc = print_moments(lab);
	if (!rc && lab->experiment->report)
		rc = lab->experiment->report(lab);
	if (!rc)
		rc = print_results(lab);
	return rc ? rc : report_flush();
}
