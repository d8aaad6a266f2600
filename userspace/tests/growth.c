// SPDX-License-Identifier: GPL-2.0
/*
 * growth.c - a plot of a recording that grew between the first reading and the second
 *
 * What came later is not in the picture, and nowhere else.  Status: 0 if so.
 */
#include <stdio.h>

#include "plot/lines.h"

#define INTERVALS	CHART_POINTS	/* a point for each, and no point more */

static struct sample sample_of(uint64_t n)
{
	struct sample sample = {
		.begin_ns = (n + 1) * UINT64_C(1000000000),
		.end_ns = (n + 1) * UINT64_C(1000000000) + 1,
		.system = { .known = UINT64_MAX },
	};

	sample.system.value[SYS_since_ns] = sample.end_ns;
	sample.system.value[SYS_cow] = n;
	return sample;
}

int main(void)
{
	const struct plot_request request = { .query = { .limit = UINT64_MAX } };
	struct sample before = sample_of(0), now;
	struct plot_lines lines;
	int rc;

	rc = plot_lines_begin(&lines, &request);
	for (uint64_t n = 1; n <= INTERVALS && !rc; n++) {
		now = sample_of(n);
		rc = plot_lines_survey(&lines, &before, &now);
		before = now;
	}
	if (!rc)
		rc = plot_lines_choose(&lines, UINT64_MAX);
	before = sample_of(0);
	for (uint64_t n = 1; n <= INTERVALS + 3 && !rc; n++) {
		now = sample_of(n);
		rc = plot_lines_count(&lines, &before, &now);
		before = now;
	}
	printf("%zu points, %ju copied\n", lines.chart.nr_points,
	       (uintmax_t)(rc ? 0 : lines.chart.line[0].sum));
	if (lines.chart.nr_points != INTERVALS || lines.chart.line[0].sum != INTERVALS)
		rc = 1;
	plot_lines_end(&lines);
	return rc;
}
