// SPDX-License-Identifier: GPL-2.0
/*
 * Reports as tables
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/grid.h"
#include "model/column_sets.h"
#include "model/doubt.h"
#include "model/verdict.h"
#include "report/rows.h"
#include "report/table.h"

static void begin_grid(struct grid *t, const struct form *form)
{
	grid_begin(t, form->format == FORMAT_RAW, !form->no_headings);
}

/**
 * table_processes() - print processes, one a line
 */
int table_processes(const struct form *form, const struct selection *rows)
{
	return rows_print(stdout, form, &form->columns, rows,
			  form->format == FORMAT_TABLE);
}

/**
 * table_children() - print the processes of a bill
 */
int table_children(FILE *out, const struct column_list *list,
		   const struct selection *rows)
{
	static const struct form plain = { .format = FORMAT_TABLE };

	return rows_print(out, &plain, list, rows, false);
}

/* People read yes and no; programs get 1 and 0. */
static void put_value(struct grid *t, const struct form *form, const struct system *system,
		      unsigned int i, const char *mark)
{
	if (form->format == FORMAT_TABLE && is_known(system->known, i) &&
	    strcmp(system_columns[i].unit, "yes or no") == 0)
		grid_cell(t, system->value[i] ? "yes" : "no");
	else
		grid_marked(t, is_known(system->known, i), system->value[i], mark);
}

static void put_verdict(struct grid *t)
{
	struct verdict_kept last;
	char text[160], stamp[STAMP_MAX];

	grid_line(t);
	grid_cell(t, "checked");
	if (!verdict_last(&last)) {
		grid_cell(t, "-");
		grid_cell(t, "");
		grid_cell(t, "not on this kernel: pagestat check finds out whether the numbers are right");
		return;
	}
	snprintf(text, sizeof(text),
		 "by pagestat check, %s: %" PRIu64 " passed, %" PRIu64 " failed, %" PRIu64 " skipped",
		 clock_stamp(stamp, last.end_ns), last.number[VERDICT_PASS],
		 last.number[VERDICT_FAIL], last.number[VERDICT_SKIP]);
	grid_cell(t, last.number[VERDICT_FAIL] ? "wrong" : "right");
	grid_cell(t, "");
	grid_cell(t, text);
}

/**
 * table_system() - print the totals, a column a line, and whether they are known to be right
 */
int table_system(const struct form *form, const struct system *system)
{
	uint64_t doubted = doubt_columns(NULL, system);
	struct grid t;

	begin_grid(&t, form);
	grid_heading(&t, "NAME", 0);
	grid_heading(&t, "VALUE", SCOLS_FL_RIGHT);
	grid_heading(&t, "UNIT", 0);
	grid_heading(&t, "MEANING", SCOLS_FL_TRUNC);
	for (unsigned int i = 0; i < NR_SYSTEM; i++) {
		grid_line(&t);
		grid_cell(&t, system_columns[i].name);
		put_value(&t, form, system, i, doubt_mark(doubted, system_counter(i)));
		grid_cell(&t, system_columns[i].unit);
		grid_cell(&t, system_columns[i].text);
	}
	put_verdict(&t);
	return grid_end(&t);
}

/**
 * table_columns() - print the meaning of every column of the processes, and the sets
 */
int table_columns(const struct form *form)
{
	struct grid t;

	begin_grid(&t, form);
	grid_heading(&t, "COLUMN", 0);
	grid_heading(&t, "UNIT", 0);
	grid_heading(&t, "MEANING", SCOLS_FL_WRAP);
	for (int i = 0; i < NR_COLUMNS; i++) {
		grid_line(&t);
		grid_cell(&t, process_columns[i].name);
		grid_cell(&t, process_columns[i].unit);
		grid_cell(&t, process_columns[i].text);
	}
	for (int i = 0; i < NR_COLUMN_SETS; i++) {
		char *text = column_set_text(&column_sets[i]);

		grid_line(&t);
		grid_cell(&t, column_sets[i].name);
		grid_cell(&t, "set");
		grid_cell(&t, text ? text : "?");
		free(text);
	}
	return grid_end(&t);
}

static int probe_flags(int column)
{
	switch (column) {
	case PROBE_hits:
	case PROBE_missed:
	case PROBE_stray:
		return SCOLS_FL_RIGHT;
	case PROBE_feeds:
		return SCOLS_FL_TRUNC;
	default:
		return 0;
	}
}

/**
 * table_probes() - print the hooks, one a line
 */
int table_probes(const struct form *form, const struct probes *probes)
{
	char heading[HEADING_MAX];
	struct grid t;

	begin_grid(&t, form);
	for (int i = 0; i < NR_PROBE; i++)
		grid_heading(&t, column_heading(&probe_columns[i], heading), probe_flags(i));

	for (size_t row = 0; row < probes->tsv.nr_rows; row++) {
		grid_line(&t);
		for (int i = 0; i < NR_PROBE; i++)
			grid_text(&t, probe_text(probes, row, (enum probe_column)i));
	}
	return grid_end(&t);
}

/**
 * table_findings() - print the results of pagestat check, one a line
 */
int table_findings(const struct form *form, const struct findings *findings)
{
	char heading[HEADING_MAX];
	struct grid t;

	begin_grid(&t, form);
	grid_heading(&t, "CHECK", 0);
	grid_heading(&t, "COUNTER", 0);
	for (int i = 0; i < NR_FOUND; i++)
		grid_heading(&t, column_upper_case(finding_number_names[i], heading),
			     SCOLS_FL_RIGHT);
	grid_heading(&t, "RESULT", 0);
	grid_heading(&t, "NOTE", 0);

	for (size_t row = 0; row < findings->nr; row++) {
		const struct finding *f = &findings->list[row];

		grid_line(&t);
		grid_cell(&t, f->what);
		grid_cell(&t, *f->counter ? f->counter : "-");
		for (int i = 0; i < NR_FOUND; i++)
			grid_number(&t, f->known >> i & 1, f->value[i]);
		grid_cell(&t, finding_verdict_names[f->verdict]);
		grid_text(&t, f->why);
	}
	return grid_end(&t);
}
