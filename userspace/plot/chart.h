/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Counts over time, at most CHART_POINTS of them
 */
#ifndef PAGESTAT_PLOT_CHART_H
#define PAGESTAT_PLOT_CHART_H

#include <stdint.h>

#include "model/columns.h"

#define CHART_POINTS	600
#define CHART_TITLE_MAX	128
#define PLOT_SHARE	"percent"

/**
 * struct chart_line - one line of a chart
 * @title: any bytes
 * @unit: as in struct column; PLOT_SHARE for times in percent
 * @colour: its number; the same for the same thing in other charts
 * @sum: over all points
 * @count: by point, what was counted in @known_ns
 * @known_ns: by point, the time for which the count is known
 */
struct chart_line {
	char title[CHART_TITLE_MAX];
	const char *unit;
	unsigned int colour;
	uint64_t sum;
	uint64_t count[CHART_POINTS];
	uint64_t known_ns[CHART_POINTS];
};

/**
 * struct chart - lines over the same time
 * @per: how many intervals are one point
 * @intervals: so far
 * @last_ns: length of the last interval
 * @nr_points: so far
 * @from_ns: by point, when it begins
 * @to_ns: by point, when it ends
 * @line: owned
 * @nr_lines: how many
 */
struct chart {
	uint64_t per;
	uint64_t intervals;
	uint64_t last_ns;
	size_t nr_points;
	uint64_t from_ns[CHART_POINTS];
	uint64_t to_ns[CHART_POINTS];
	struct chart_line *line;
	size_t nr_lines;
};

int chart_open(struct chart *chart, size_t nr_lines, uint64_t intervals);
void chart_interval(struct chart *chart, uint64_t from_ns, uint64_t to_ns);
void chart_add(struct chart *chart, size_t line, uint64_t count);
void chart_close(struct chart *chart);
bool chart_rate(const struct chart *chart, size_t line, size_t point, double *rate);

#endif /* PAGESTAT_PLOT_CHART_H */
