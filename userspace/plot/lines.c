// SPDX-License-Identifier: GPL-2.0
/*
 * The lines of a plot: which there are, and their counts
 *
 * A line is a column of the totals, or of the processes chosen.  With --by it is a column
 * of one row, or in a stack the sum of a row's outcomes.
 */
#include <search.h>
#include <stdlib.h>
#include <string.h>

#include "base/errors.h"
#include "base/sums.h"
#include "model/columns.h"
#include "model/doubt.h"
#include "model/group.h"
#include "model/select.h"
#include "plot/lines.h"

#define SYSTEM(column)	((enum system_column)((column) - FIRST_COUNTER + NR_SYSTEM - PAGESTAT_NR))

/* Are all processes plotted?  The totals then also have those without a row. */
bool plot_of_machine(const struct plot_request *request)
{
	const struct query *query = &request->query;

	return !request->by_given && !query->pids.pid && !query->names.name && !query->user.given &&
	       !query->cgroup;
}

static int check_units(const struct plot_lines *lines)
{
	const char *unit[2] = { 0 };

	for (size_t i = 0; i < lines->nr_parts; i++) {
		const char *own = process_columns[lines->part[i]].unit;

		if (!unit[0] || strcmp(unit[0], own) == 0)
			unit[0] = own;
		else if (!unit[1] || strcmp(unit[1], own) == 0)
			unit[1] = own;
		else
			return fail(EXIT_USAGE, "plot --lines: columns of three units, %s, %s and %s, but a picture has two axes: choose columns of two units",
				    unit[0], unit[1], own);
	}
	return EXIT_DONE;
}

/**
 * plot_lines_begin() - begin a plot
 * @lines: to be ended with plot_lines_end() in any case
 * @request: says what to plot
 *
 * Return: EXIT_DONE, or EXIT_USAGE after a message.
 */
int plot_lines_begin(struct plot_lines *lines, const struct plot_request *request)
{
	*lines = (struct plot_lines){ .asked = *request, .stacked = !request->form.only };
	/* An idle row may have unknown columns, which are gaps. */
	lines->asked.query.all = true;
	lines->asked.query.limit = UINT64_MAX;
	if (request->query.limit != UINT64_MAX && request->query.limit > PLOT_ROWS_MAX)
		return fail(EXIT_USAGE, "plot -n: %d at most",
			    PLOT_ROWS_MAX);
	if (lines->stacked) {
		memcpy(lines->part, outcome_columns, sizeof(outcome_columns));
		lines->nr_parts = NR_OUTCOMES;
		return EXIT_DONE;
	}
	memcpy(lines->part, request->form.columns.column, sizeof(lines->part));
	lines->nr_parts = request->form.columns.nr;
	return check_units(lines);
}

static enum by tree_by;	/* for by_key(), as tsearch() takes no argument for it */

static int by_key(const void *left, const void *right)
{
	return group_compare(&((const struct plot_row *)left)->key,
			     &((const struct plot_row *)right)->key, tree_by);
}

static struct plot_row *find_row(struct plot_lines *lines, const struct process *key)
{
	struct plot_row *const *found;

	tree_by = lines->asked.query.by;
	found = tfind(key, &lines->rows, by_key);
	return found ? *found : NULL;
}

static struct plot_row *add_row(struct plot_lines *lines, const struct process *key)
{
	struct plot_row *row = calloc(1, sizeof(*row));

	if (!row)
		return NULL;
	row->key = *key;
	tree_by = lines->asked.query.by;
	if (!tsearch(row, &lines->rows, by_key)) {
		free(row);
		return NULL;
	}
	return row;
}

/* The growth of the totals, as a row.  Return: false if it is unknown. */
static bool machine_row(struct process *row, const struct sample *before,
			const struct sample *now)
{
	*row = (struct process){ 0 };
	if (sample_was_reset(before, now))
		return false;
	for (enum column_id c = FIRST_COUNTER; c < NR_NUMBERS; c++) {
		enum system_column s = SYSTEM(c);

		if (!is_known(before->system.known & now->system.known, s))
			continue;
		if (now->system.value[s] < before->system.value[s])
			return false;
		row->value[c] = now->system.value[s] - before->system.value[s];
		row->known |= UINT64_C(1) << c;
	}
	return true;
}

static int survey_row(struct plot_lines *lines, const struct process *row)
{
	struct plot_row *found;

	lines->rows_seen = true;
	if (!lines->asked.by_given)
		return EXIT_DONE;
	found = find_row(lines, row);
	if (!found)
		found = add_row(lines, row);
	if (!found)
		return fail_memory();
	found->key.comm = row->comm;	/* the latest name */
	for (size_t i = 0; i < lines->nr_parts; i++)
		sum_add(&found->sum, row->value[lines->part[i]]);
	return EXIT_DONE;
}

/* Adds a row to the counts of its lines in this interval. */
static int count_row(struct plot_lines *lines, const struct process *row)
{
	bool split = lines->asked.by_given;
	size_t nr = split && lines->stacked ? 1 : lines->nr_parts, at = 0;

	if (split) {
		const struct plot_row *found = find_row(lines, row);

		at = found ? found->at : PLOT_ROWS_MAX;
		if (at == PLOT_ROWS_MAX && !lines->others)
			return EXIT_DONE;
		if (at == PLOT_ROWS_MAX)
			at = lines->nr_shown;
	}
	for (size_t i = 0; i < lines->nr_parts; i++) {
		size_t line = at * nr + (nr > 1 ? i : 0);

		sum_add(&lines->value[line], row->value[lines->part[i]]);
		if (!is_known(row->known & ~lines->doubted, lines->part[i]))
			lines->unknown[line] = true;
	}
	return EXIT_DONE;
}

typedef int take_a_row(struct plot_lines *lines, const struct process *row);

/* Calls @take for each row that is plotted; sets @known to false if there are no counts. */
static int each_row(struct plot_lines *lines, const struct sample *before,
		    const struct sample *now, take_a_row *take, bool *known)
{
	struct selection selection = { 0 };
	struct process machine, *delta;
	size_t nr;
	int rc;

	if (plot_of_machine(&lines->asked)) {
		*known = machine_row(&machine, before, now);
		return *known ? take(lines, &machine) : EXIT_DONE;
	}
	rc = sample_interval(&delta, &nr, before, now);
	*known = delta;
	if (rc || !delta)
		return rc;
	rc = select_rows(&selection, &lines->asked.query, delta, nr);
	for (size_t i = 0; i < selection.nr && !rc; i++)
		rc = take(lines, selection.row[i]);
	selection_free(&selection);
	free(delta);
	return rc;
}

/* Learns from an interval which lines there may be.  Called for all of them first. */
int plot_lines_survey(struct plot_lines *lines, const struct sample *before,
		      const struct sample *now)
{
	bool known;

	if (!lines->intervals++)
		lines->wall_ns = before->wall_ns - (before->end_ns - before->begin_ns);
	lines->page_size = now->system.value[SYS_page_size];
	for (enum column_id c = FIRST_COUNTER; c < NR_NUMBERS; c++)
		if (is_known(now->system.known, SYSTEM(c)))
			lines->known |= UINT64_C(1) << c;
	return each_row(lines, before, now, survey_row, &known);
}

/* Adds an interval to the lines of plot_lines_choose(). */
int plot_lines_count(struct plot_lines *lines, const struct sample *before,
		     const struct sample *now)
{
	size_t nr = lines->chart.nr_lines;
	bool known;
	int rc;

	/* The file may have grown since the survey, for which the points suffice. */
	if (lines->chart.intervals == lines->intervals)
		return EXIT_DONE;
	memset(lines->value, 0, nr * sizeof(*lines->value));
	memset(lines->unknown, 0, nr * sizeof(*lines->unknown));
	lines->doubted = doubt_columns(&before->system, &now->system);
	rc = each_row(lines, before, now, count_row, &known);
	if (rc)
		return rc;
	chart_interval(&lines->chart, before->begin_ns, now->begin_ns);
	for (size_t i = 0; i < nr && known; i++)
		if (!lines->unknown[i])
			chart_add(&lines->chart, i, lines->value[i]);
	return EXIT_DONE;
}

void plot_lines_end(struct plot_lines *lines)
{
	tdestroy(lines->rows, free);
	chart_close(&lines->chart);
	free(lines->value);
	free(lines->unknown);
	*lines = (struct plot_lines){ 0 };
}
