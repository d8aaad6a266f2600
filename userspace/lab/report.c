// SPDX-License-Identifier: GPL-2.0
/*
 * What the user is shown of an experiment
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/grid.h"
#include "lab/base/lab.h"
#include "model/sample.h"
#include "report/report.h"

/**
 * lab_list() - list the experiments
 *
 * Return: EXIT_DONE, or another exit status after a message.
 */
int lab_list(void)
{
	struct grid t;
	int rc;

	grid_begin(&t, false, true);
	grid_heading(&t, _("NAME"), 0);
	grid_heading(&t, _("SHOWS"), 0);
	for (const struct experiment *const *e = experiments; *e; e++) {
		grid_line(&t);
		grid_cell(&t, (*e)->name);
		grid_cell(&t, _((*e)->title));
	}
	rc = grid_end(&t);
	return rc ? rc : report_flush();
}

/**
 * lab_print_intro() - say what will be seen, and why
 * @lab: the experiment
 */
void lab_print_intro(const struct lab *lab)
{
	const struct experiment *e = lab->experiment;

	if (lab->request->json)
		return;
	printf(_("%s: %s\n\n"), e->name, _(e->title));
	for (int i = 0; i < 3; i++)
		if (e->intro[i])
			printf("  %s\n", _(e->intro[i]));
	if (lab->request->broken)
		printf(_("  Done wrongly on purpose (--break): %s\n"), _(e->broken));
	putchar('\n');
	fflush(stdout);
}

/* The reading of the same role before that moment; NULL if there is none. */
static const struct reading *reading_before(const struct lab *lab,
					    const struct lab_moment *moment, int role)
{
	while (moment-- > lab->moments)
		if (moment->reading[role].known)
			return &moment->reading[role];
	return NULL;
}

static bool is_counter(enum lab_column column)
{
	return column >= LAB_FIRST_COUNTER;
}

static bool said_by_worker(enum lab_column column)
{
	return column == LAB_number || column == LAB_errno;
}

/* "vsz +102400 KiB, minor +25600, blocks 15": what is not as it was, what it says. */
static void print_changes(const struct lab *lab, const struct reading *before,
			  const struct reading *now)
{
	const struct experiment *e = lab->experiment;
	const char *between = "           ";

	for (const enum lab_column *c = e->columns; *c != NR_LAB; c++) {
		int64_t by = (int64_t)(now->value[*c] - before->value[*c]);

		if (said_by_worker(*c)) {
			if (!is_known(now->known, *c))
				continue;
			printf("%s%s %" PRIu64, between, lab_heading(e, *c), now->value[*c]);
		} else {
			if (!by || !is_known(before->known & now->known, *c))
				continue;
			printf("%s%s %+" PRId64, between, lab_column_name(*c), by);
			if (!is_counter(*c))
				printf(" %s", lab_column_unit(*c));
		}
		between = ", ";
	}
	puts(*between == ',' ? "" : _("           nothing changed"));
}

/**
 * lab_print_step() - print what changed in a step
 * @lab: the experiment
 * @moment: when the step was done
 */
void lab_print_step(const struct lab *lab, const struct lab_moment *moment)
{
	const struct lab_step *step = &lab->experiment->steps[moment->step];
	const char *role = lab->experiment->roles[moment->who];
	const struct reading *before = reading_before(lab, moment, moment->who);

	if (lab->request->json)
		return;
	printf("[%8.3f] ", (double)moment->ns / 1e9);
	if (role)
		printf(_("%s: "), _(role));
	puts(_(step->sentence));
	if (before)
		print_changes(lab, before, &moment->reading[moment->who]);
	fflush(stdout);
}

/* The first reading of a role: what its counters are counted from. */
static const struct reading *first_reading(const struct lab *lab, int role)
{
	for (size_t i = 0; i < lab->nr; i++)
		if (lab->moments[i].reading[role].known)
			return &lab->moments[i].reading[role];
	return NULL;
}

/**
 * lab_shown() - a number as reports show it: counters from the first step on
 * @lab: the experiment
 * @moment: when
 * @role: whose
 * @column: which
 *
 * Return: the number.
 */
struct amount lab_shown(const struct lab *lab, const struct lab_moment *moment, int role,
			enum lab_column column)
{
	const struct reading *r = &moment->reading[role];
	const struct reading *first = first_reading(lab, role);
	struct amount amount = { is_known(r->known, column), (int64_t)r->value[column] };

	if (is_counter(column) && amount.known)
		amount.n -= (int64_t)first->value[column];
	return amount;
}

/**
 * lab_heading() - what a column is called in an experiment
 * @experiment: which
 * @column: which
 *
 * Return: its name.
 */
const char *lab_heading(const struct experiment *experiment, enum lab_column column)
{
	return column == LAB_number ? experiment->number : lab_column_name(column);
}

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
		grid_heading(&t, upper_case(lab_heading(e, *c), heading), SCOLS_FL_RIGHT);
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
		grid_cell(&t, verdict_names[f->verdict]);
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
