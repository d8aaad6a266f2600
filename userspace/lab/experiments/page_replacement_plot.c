// SPDX-License-Identifier: GPL-2.0
/*
 * replacement: the faults of each algorithm, a curve over the frames
 */
#include <inttypes.h>

#include "base/gnuplot.h"
#include "lab/experiments/page_replacement.h"

#define WIDE	20	/* from so many times as much on, an axis is logarithmic */

/* Readers who are colour-blind can tell them apart, too. */
static const char *const style[NR_ALGORITHMS] = {
	[ALGORITHM_OPT] = "lc rgb '#009e73' pt 7 lw 2",
	[ALGORITHM_FIFO] = "lc rgb '#d55e00' pt 4 lw 3",
	[ALGORITHM_LRU] = "lc rgb '#0072b2' pt 8 lw 2",
	[ALGORITHM_CLOCK] = "lc rgb '#e69f00' pt 1 lw 2 dt 2",
	[ALGORITHM_LFU] = "lc rgb '#cc79a7' pt 6 lw 2 dt 2",
};

static void put_axes(FILE *in)
{
	const struct frames_result *first = &page_replacement.results[0];
	const struct frames_result *last = &page_replacement.results[page_replacement.nr - 1];

	if (last->frames > 4 * WIDE)
		fputs("set logscale x 2\n", in);
	if (first->faults[ALGORITHM_OPT] > WIDE * last->faults[ALGORITHM_OPT])
		fputs("set logscale y\n", in);
	else
		fputs("set yrange [0:*]\n", in);
	fputs("set xlabel ", in);
	gnuplot_text(in, _("frames"));
	fputs("\nset ylabel ", in);
	gnuplot_text(in, _("faults"));
	fputs("\nset grid\nset key outside right top\n", in);
	if (last->frames <= WIDE)
		fputs("set xtics 1\n", in);
	if (last->frames > 1)
		fprintf(in, "set xrange [1:%" PRIu32 "]\n", last->frames);
}

/**
 * page_replacement_plot() - tell gnuplot to draw the faults
 * @lab: the experiment
 * @in: of gnuplot
 */
void page_replacement_plot(const struct lab *lab, FILE *in)
{
	char title[256];

	snprintf(title, sizeof(title), "%s: %s", lab->experiment->name,
		 _(page_replacement.source));
	fputs("set title ", in);
	gnuplot_text(in, title);
	putc('\n', in);
	put_axes(in);
	fputs("$faults << END\n", in);
	for (size_t j = 0; j < page_replacement.nr; j++) {
		fprintf(in, "%" PRIu32, page_replacement.results[j].frames);
		for (int i = 0; i < NR_ALGORITHMS; i++)
			fprintf(in, " %" PRIu32, page_replacement.results[j].faults[i]);
		putc('\n', in);
	}
	fputs("END\n", in);
	for (int i = 0; i < NR_ALGORITHMS; i++)
		fprintf(in, "%s $faults using 1:%d with linespoints %s title '%s'",
			i ? "," : "plot", i + 2, style[i], algorithms[i]->name);
	putc('\n', in);
}
