// SPDX-License-Identifier: GPL-2.0
/*
 * A chart as gnuplot is told to draw it
 *
 * Between two samples a rate is what it was on average: lines are steps, and areas
 * are what was counted.  What is not known is a gap.
 */
#include <string.h>
#include <time.h>

#include "base/gnuplot.h"
#include "plot/picture.h"

#define SECOND	1e9

/* They can be told apart by those who see fewer colours, too. */
static const char *const colours[] = {
	"#d55e00", "#e69f00", "#cc79a7", "#0072b2", "#56b4e9", "#009e73", "#b2182b",
	"#f0e442", "#999999",
};

#define NR_COLOURS	(sizeof(colours) / sizeof(*colours))

/* How a unit is shown: so many of it are one of what the axis has. */
static double unit_size(const char *unit)
{
	return strcmp(unit, "ns") == 0 ? 1e6 : 1;
}

static const char *unit_label(const char *unit)
{
	return strcmp(unit, "ns") == 0 ? "ms" : unit;
}

/* Whether there is anything of a line to be seen. */
static bool is_drawn(const struct chart *chart, size_t line, bool stacked)
{
	bool any = false;

	for (size_t i = 0; i < chart->nr_points && !any; i++)
		any = chart->line[line].known_ns[i];
	return any && (!stacked || chart->line[line].sum);
}

/* Where a moment is on the axis, which is a clock of the time zone here. */
static double place(const struct picture *picture, const struct chart *chart, uint64_t ns)
{
	time_t begin = (time_t)(picture->wall_ns / UINT64_C(1000000000));
	struct tm tm;

	localtime_r(&begin, &tm);
	return (double)picture->wall_ns / SECOND + (double)tm.tm_gmtoff +
	       (double)(ns - chart->from_ns[0]) / SECOND;
}

static void put_vertex(FILE *in, const struct picture *picture, const struct chart *chart,
		       uint64_t ns, double y)
{
	fprintf(in, "%.3f %.12g\n", place(picture, chart, ns), y);
}

/* A line: two ends for each point, a blank line where something is not known. */
static void put_steps(FILE *in, const struct picture *picture, const struct chart *chart,
		      size_t line)
{
	double rate, size = unit_size(chart->line[line].unit);

	for (size_t i = 0; i < chart->nr_points; i++) {
		if (!chart_rate(chart, line, i, &rate)) {
			putc('\n', in);
			continue;
		}
		put_vertex(in, picture, chart, chart->from_ns[i], rate / size);
		put_vertex(in, picture, chart, chart->to_ns[i], rate / size);
	}
}

/*
 * An area: for each stretch that is known, its upper edge and back along its lower
 * one.  @below is what it stands on, and then also what stands on it.
 */
static void put_area(FILE *in, const struct picture *picture, const struct chart *chart,
		     size_t line, double below[CHART_POINTS])
{
	double rate;

	for (size_t i = 0; i < chart->nr_points; i++) {
		size_t begin = i;

		for (; i < chart->nr_points && chart_rate(chart, line, i, &rate); i++) {
			put_vertex(in, picture, chart, chart->from_ns[i], below[i] + rate);
			put_vertex(in, picture, chart, chart->to_ns[i], below[i] + rate);
		}
		for (size_t back = i; back-- > begin;) {
			put_vertex(in, picture, chart, chart->to_ns[back], below[back]);
			put_vertex(in, picture, chart, chart->from_ns[back], below[back]);
			chart_rate(chart, line, back, &rate);
			below[back] += rate;
		}
		putc('\n', in);
	}
}

/* The first unit, or the first one that is another; NULL if there is none. */
static const char *find_unit(const struct chart *chart, const char *other_than)
{
	for (size_t i = 0; i < chart->nr_lines; i++)
		if (!other_than || strcmp(chart->line[i].unit, other_than) != 0)
			return chart->line[i].unit;
	return NULL;
}

/* The most there is of a unit, in any point. */
static double most(const struct picture *picture, const struct chart *chart, const char *unit)
{
	double top = 0, sum, rate;

	for (size_t i = 0; i < chart->nr_points; i++) {
		sum = 0;
		for (size_t line = 0; line < chart->nr_lines; line++) {
			if (strcmp(chart->line[line].unit, unit) != 0 ||
			    !chart_rate(chart, line, i, &rate))
				continue;
			sum = picture->stacked ? sum + rate : rate > sum ? rate : sum;
		}
		top = sum > top ? sum : top;
	}
	return top / unit_size(unit);
}

static void put_axis(FILE *in, const struct picture *picture, const struct chart *chart,
		     const char *axis, const char *unit)
{
	double top = most(picture, chart, unit);

	fprintf(in, "set %slabel '%s/s'\nset %stics nomirror\nset %srange [0:%s]\nset format %s '%s'\n",
		axis, unit_label(unit), axis, axis, top > 0 ? "*" : "1", axis,
		top < 1e6 ? "%g" : "%.1s%c");
}

static const char *time_format(double seconds)
{
	return seconds < 10 ? "%M:%.1S" : seconds < 300 ? "%H:%M:%S" :
	       seconds < 86400 ? "%H:%M" : "%m-%d %H:%M";
}

static void put_frame(FILE *in, const struct picture *picture, const struct chart *chart)
{
	double left = place(picture, chart, chart->from_ns[0]);
	double right = place(picture, chart, chart->to_ns[chart->nr_points - 1]);
	time_t begin = (time_t)(picture->wall_ns / UINT64_C(1000000000));
	const char *unit = find_unit(chart, NULL), *second;
	char date[64];
	struct tm tm;

	fputs("set title ", in);
	gnuplot_text(in, picture->title);
	fputs(" . \"\\n\" . ", in);
	gnuplot_text(in, picture->origin);
	localtime_r(&begin, &tm);
	strftime(date, sizeof(date), "%Y-%m-%d, UTC%z", &tm);
	fprintf(in, "\nset xlabel 'local time, from %s'\nset xtics time nomirror\nset format x '%s'\nset xrange [%.3f:%.3f]\n",
		date, time_format(right - left), left, right);

	second = find_unit(chart, unit);
	put_axis(in, picture, chart, "y", unit);
	if (second) {
		put_axis(in, picture, chart, "y2", second);
	} else if (strcmp(unit, "pages") == 0) {
		fprintf(in, "set link y2 via y*%llu/1e6 inverse y*1e6/%llu\nset y2tics\nset format y2 '%%.3g'\nset y2label 'MB/s'\n",
			(unsigned long long)picture->page_size,
			(unsigned long long)picture->page_size);
	}
	fprintf(in, "set key outside right top reverse Left%s\nset grid ytics lc rgb '#dddddd'\nset border %d lc rgb '#666666'\nset style fill solid 0.9 noborder\n",
		picture->stacked ? " invert" : "",
		second || strcmp(unit, "pages") == 0 ? 11 : 3);
}

/**
 * picture_draw() - tell gnuplot to draw a chart
 * @in: where its commands go
 * @picture: what is drawn around it
 * @chart: filled, with something to be seen; may be of two units, not of more
 */
void picture_draw(FILE *in, const struct picture *picture, const struct chart *chart)
{
	double below[CHART_POINTS] = { 0 };
	const char *unit = find_unit(chart, NULL), *separator = "plot ";
	bool any = false;

	put_frame(in, picture, chart);
	for (size_t i = 0; i < chart->nr_lines; i++)
		any = any || is_drawn(chart, i, picture->stacked);
	for (size_t i = 0; i < chart->nr_lines; i++) {
		fprintf(in, "$line%zu << END\n", i);
		if (picture->stacked)
			put_area(in, picture, chart, i, below);
		else
			put_steps(in, picture, chart, i);
		fputs("END\n", in);
	}
	for (size_t i = 0; i < chart->nr_lines; i++) {
		const struct chart_line *line = &chart->line[i];

		if (!is_drawn(chart, i, picture->stacked && any))
			continue;
		fprintf(in, "%s$line%zu using 1:2 axes x1%s with %s lc rgb '%s'%s title ",
			separator, i, strcmp(line->unit, unit) == 0 ? "y1" : "y2",
			picture->stacked ? "filledcurves closed" : "lines lw 1.5",
			colours[line->colour % NR_COLOURS],
			line->colour < NR_COLOURS ? "" : " dashtype 2");
		gnuplot_text(in, line->title);
		separator = ", \\\n     ";
	}
	putc('\n', in);
}
