/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A chart as gnuplot is told to draw it
 */
#ifndef PAGESTAT_PICTURE_H
#define PAGESTAT_PICTURE_H

#include <stdio.h>

#include "plot/chart.h"

/**
 * struct picture - what is drawn around the lines, and how they are
 * @title: what it shows
 * @origin: whose it is and when it was
 * @stacked: each line stands on those before it
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

#endif /* PAGESTAT_PICTURE_H */
