// SPDX-License-Identifier: GPL-2.0
/*
 * Counts over time, in so many points as a picture can show
 *
 * A point is a number of whole intervals, so that what was counted is in one point,
 * all of it, and nothing is made up between two samples.
 */
#include <stdlib.h>

#include "base/errors.h"
#include "plot/chart.h"

/**
 * chart_open() - begin a chart
 * @chart: to be set up; to be closed with chart_close() in any case
 * @nr_lines: how many lines it has; their titles, units and colours are the caller's
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

/**
 * chart_interval() - begin the next interval
 * @chart: from chart_open()
 * @from_ns: when it begins
 * @to_ns: when it ends
 */
void chart_interval(struct chart *chart, uint64_t from_ns, uint64_t to_ns)
{
	if (chart->intervals++ % chart->per == 0)
		chart->from_ns[chart->nr_points++] = from_ns;
	chart->to_ns[chart->nr_points - 1] = to_ns;
	chart->last_ns = to_ns - from_ns;
}

/**
 * chart_add() - add what was counted in the interval that was begun last
 * @chart: from chart_open()
 * @line: for which; not called for one of which nothing is known
 * @count: how much
 */
void chart_add(struct chart *chart, size_t line, uint64_t count)
{
	struct chart_line *l = &chart->line[line];
	size_t point = chart->nr_points - 1;

	l->sum += count;
	l->count[point] += count;
	l->known_ns[point] += chart->last_ns;
}

/**
 * chart_rate() - how much was counted a second
 * @chart: filled
 * @line: of which line
 * @point: when
 * @rate: gets it
 *
 * Return: whether it is known.
 */
bool chart_rate(const struct chart *chart, size_t line, size_t point, double *rate)
{
	const struct chart_line *l = &chart->line[line];

	if (!l->known_ns[point])
		return false;
	*rate = (double)l->count[point] * 1e9 / (double)l->known_ns[point];
	return true;
}

/**
 * chart_close() - give back what a chart holds
 * @chart: from chart_open(), or all zero
 */
void chart_close(struct chart *chart)
{
	free(chart->line);
	*chart = (struct chart){ 0 };
}
