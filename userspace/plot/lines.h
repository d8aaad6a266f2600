/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The lines of a plot: which there are, and their counts
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
 * struct plot_row - one process, thread, cgroup, user or command of --by
 * @key: which one
 * @sum: of all its counts that may be plotted
 * @at: its number among those that are plotted, PLOT_ROWS_MAX if it is not
 */
struct plot_row {
	struct process key;
	uint64_t sum;
	size_t at;
};

/**
 * struct plot_request - what pagestat plot was asked
 * @query: which rows; and whether times are shares
 * @form: which columns
 * @by_given: --by was given
 * @recording: file to draw
 * @output: file of the picture
 */
struct plot_request {
	struct query query;
	struct form form;
	bool by_given;
	const char *recording;
	const char *output;
};

/**
 * struct plot_lines - the lines of a plot
 * @asked: what was asked for, but with idle rows and without a limit
 * @stacked: a stack of the outcomes of faults, not the columns of --lines
 * @part: the columns that are plotted
 * @nr_parts: how many
 * @known: bit n is set if column n is known at some time
 * @intervals: how many there are
 * @rows_seen: there is a row that was asked for
 * @rows: with --by, all rows: a tree of struct plot_row, see tsearch(3)
 * @shown: rows with the largest sums
 * @nr_shown: how many
 * @others: the last line is the sum of the other rows
 * @wall_ns: CLOCK_REALTIME at the first sample
 * @page_size: in bytes
 * @chart: the points of the lines
 * @value: by line, the count in the current interval
 * @unknown: by line, whether that is unknown
 * @doubted: the columns of which hits were lost in it, see doubt_columns()
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
	uint64_t doubted;
};

bool plot_of_machine(const struct plot_request *request);
int plot_lines_begin(struct plot_lines *lines, const struct plot_request *request);
int plot_lines_survey(struct plot_lines *lines, const struct sample *before,
		      const struct sample *now);
int plot_lines_count(struct plot_lines *lines, const struct sample *before,
		     const struct sample *now);
void plot_lines_end(struct plot_lines *lines);

/* choose.c */
int plot_lines_choose(struct plot_lines *lines, uint64_t limit);

#endif /* PAGESTAT_PLOT_LINES_H */
