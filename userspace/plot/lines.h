/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the lines of a plot are, and what is counted for them
 */
#ifndef PAGESTAT_PLOT_LINES_H
#define PAGESTAT_PLOT_LINES_H

#include "model/query.h"
#include "model/sample.h"
#include "plot/chart.h"
#include "report/form.h"

#define PLOT_ROWS	8	/* of --by, if -n does not say how many */
#define PLOT_ROWS_MAX	100

/**
 * struct plot_row - one of those that --by tells apart
 * @key: which
 * @sum: of all that is plotted of it
 * @at: its place among those that have lines, PLOT_ROWS_MAX if it has none
 */
struct plot_row {
	struct process key;
	uint64_t sum;
	size_t at;
};

/**
 * struct plot_request - what pagestat plot was asked
 * @query: which rows
 * @form: which columns
 * @by_given: what a row is about was said
 * @recording: the file that is drawn
 * @output: the file it is drawn into
 */
struct plot_request {
	struct query query;
	struct form form;
	bool by_given;
	const char *recording;
	const char *output;
};

/**
 * struct plot_lines - what the lines of a plot are, and what is counted for them
 * @asked: what was asked for, so that it selects all rows of an interval
 * @stacked: outcomes of faults, not the columns of --lines
 * @part: the columns that are plotted
 * @nr_parts: how many
 * @known: bit n is set if column n is known at some time
 * @intervals: how many there are
 * @rows_seen: there was one that was asked for
 * @rows: those of --by: a tree of struct plot_row, by what they are about
 * @shown: those with the largest sums
 * @nr_shown: how many
 * @others: the last line is the sum of those that are not shown
 * @wall_ns: CLOCK_REALTIME at the first sample
 * @page_size: of the machine
 * @chart: the lines
 * @value: of the interval, by line
 * @unknown: likewise
 */
struct plot_lines {
	struct plot_request asked;
	bool stacked;
	enum column_id part[NR_COLUMNS];
	size_t nr_parts;
	uint64_t known;
	uint64_t intervals;
	bool rows_seen;
	void *rows;
	const struct plot_row *shown[PLOT_ROWS_MAX];
	size_t nr_shown;
	bool others;
	uint64_t wall_ns;
	uint64_t page_size;
	struct chart chart;
	uint64_t *value;
	bool *unknown;
};

bool plot_of_machine(const struct plot_request *request);
int plot_lines_begin(struct plot_lines *lines, const struct plot_request *request);
int plot_lines_survey(struct plot_lines *lines, const struct sample *before,
		      const struct sample *now);
int plot_lines_count(struct plot_lines *lines, const struct sample *before,
		     const struct sample *now);
void plot_lines_end(struct plot_lines *lines);

/* plot_choose.c */
int plot_lines_choose(struct plot_lines *lines, uint64_t limit);

#endif /* PAGESTAT_PLOT_LINES_H */
