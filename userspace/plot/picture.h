/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A chart as commands for gnuplot
 */
#ifndef PAGESTAT_PLOT_PICTURE_H
#define PAGESTAT_PLOT_PICTURE_H

#include <stdio.h>

#include "plot/chart.h"

/**
 * struct picture - how a chart is drawn
 * @title: what it shows
 * @origin: host, kernel and time of the recording
 * @stacked: as areas, each above those before it
 * @wall_ns: CLOCK_REALTIME at the left end
 * @page_size: in bytes
 */
struct picture {
	char title[512];
	char origin[256];
	bool stacked;
	uint64_t wall_ns;
	uint64_t page_size;
};

void picture_draw(FILE *in, const struct picture *picture, const struct chart *chart);

#endif /* PAGESTAT_PLOT_PICTURE_H */
