// SPDX-License-Identifier: GPL-2.0
/*
 * Counts over time, at most CHART_POINTS of them
 *
 * A point is a number of whole intervals, so that no count is split between two points.
 */
#include <stdlib.h>

#include "base/errors.h"
#include "base/sums.h"
#include "plot/chart.h"

/**
 * chart_open() - begin a chart
 * @chart: to be closed with chart_close() in any case
 * @nr_lines: how many lines; the caller sets their titles, units and colours
 * @intervals: how many there will be
 *
 * Return: EXIT_DONE, or EXIT_SYSTEM after a message.
 */
int chart_open(struct chart *chart, size_t nr_lines, uint64_t intervals)
{
	*chart = (struct chart){
		.per = (intervals + CHART_POINTS - 1) / CHART_POINTS,
		.line = calloc(nr_lines + 1, sizeof(*chart->line)),
		.nr_lines = nr_lines,
	};
	return chart->line ? EXIT_DONE : fail_memory();
}

/* Begins the next interval. */
void chart_interval(struct chart *chart, uint64_t from_ns, uint64_t to_ns)
{
	if (chart->intervals++ % chart->per == 0)
		chart->from_ns[chart->nr_points++] = from_ns;
	chart->to_ns[chart->nr_points - 1] = to_ns;
	chart->last_ns = to_ns - from_ns;
}

/* Adds a known count to a line, in the interval that was begun last. */
void chart_add(struct chart *chart, size_t line, uint64_t count)
{
	struct chart_line *l = &chart->line[line];
	size_t point = chart->nr_points - 1;

	sum_add(&l->sum, count);
	sum_add(&l->count[point], count);
	l->known_ns[point] += chart->last_ns;
}

/* Sets @rate to what a line has per second at a point.  Return: false if unknown. */
bool chart_rate(const struct chart *chart, size_t line, size_t point, double *rate)
{
	const struct chart_line *l = &chart->line[line];

	if (!l->known_ns[point])
		return false;
	*rate = (double)l->count[point] * 1e9 / (double)l->known_ns[point];
	return true;
}

void chart_close(struct chart *chart)
{
	free(chart->line);
	*chart = (struct chart){ 0 };
}
