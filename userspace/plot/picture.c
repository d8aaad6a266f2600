// SPDX-License-Identifier: GPL-2.0
/*
 * A chart as commands for gnuplot
 *
 * Between two samples only the average rate is known, so lines are steps, and the area
 * below one is the count.  What is unknown is a gap.
 */
#include <string.h>
#include <time.h>

#include "base/gnuplot.h"
#include "plot/picture.h"

#define SECOND	1e9

/*
 * Can be told apart with impaired colour vision, neighbours best: a test simulates that.
 * Beyond them come other dashes and marks of lines, and other patterns of areas.
 */
static const char *const colours[] = {
	"#0072b2", "#e69f00", "#009e73", "#f0e442", "#56b4e9", "#d55e00", "#333333", "#cc79a7",
};

#define NR_COLOURS	(sizeof(colours) / sizeof(*colours))
#define NR_DASHES	5	/* of gnuplot, the first is solid */
#define NR_MARKS	13	/* kinds of points of gnuplot */
#define MARKS		12	/* of a line, about */

static bool is_share(const char *unit)
{
	return strcmp(unit, PLOT_SHARE) == 0;
}

/* How many of a unit are one on the axis. */
static double unit_size(const char *unit)
{
	/* Of ns a second, a hundredth of a second is a percent. */
	return strcmp(unit, "ns") == 0 ? 1e6 : is_share(unit) ? 1e7 : 1;
}

/* Is anything of a line known, and in a stack not 0? */
static bool is_drawn(const struct chart *chart, size_t line, bool stacked)
{
	bool any = false;

	for (size_t i = 0; i < chart->nr_points && !any; i++)
		any = chart->line[line].known_ns[i];
	return any && (!stacked || chart->line[line].sum);
}

/* Where a moment is on the axis of time, in seconds; gnuplot knows no time zones. */
static double axis_seconds(const struct picture *picture, const struct chart *chart, uint64_t ns)
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
	fprintf(in, "%.3f %.12g\n", axis_seconds(picture, chart, ns), y);
}

/* A line: both ends of each point, a blank line where it is unknown. */
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
 * An area: for each known stretch its upper edge, and back along its lower edge.  @below
 * is the height of the areas below it; this one is added to that.
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

/* The first unit, or the first one other than @other_than; NULL if there is none. */
static const char *find_unit(const struct chart *chart, const char *other_than)
{
	for (size_t i = 0; i < chart->nr_lines; i++)
		if (!other_than || strcmp(chart->line[i].unit, other_than) != 0)
			return chart->line[i].unit;
	return NULL;
}

/* The largest value on the axis of a unit. */
static double axis_top(const struct picture *picture, const struct chart *chart, const char *unit)
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
	double top = axis_top(picture, chart, unit);

	fprintf(in, "set %slabel '%s%s'\nset %stics nomirror\nset %srange [0:%s]\nset format %s '%s'\n",
		axis, is_share(unit) ? "% of a CPU" : strcmp(unit, "ns") == 0 ? "ms" : unit,
		is_share(unit) ? "" : "/s", axis, axis, top > 0 ? "*" : "1", axis,
		top < 1e6 ? "%g" : "%.1s%c");
}

static const char *time_format(double seconds)
{
	return seconds < 10 ? "%M:%.1S" : seconds < 300 ? "%H:%M:%S" :
	       seconds < 86400 ? "%H:%M" : "%m-%d %H:%M";
}

static void put_frame(FILE *in, const struct picture *picture, const struct chart *chart)
{
	double left = axis_seconds(picture, chart, chart->from_ns[0]);
	double right = axis_seconds(picture, chart, chart->to_ns[chart->nr_points - 1]);
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
	/* +01:00, as in all other places */
	memmove(date + strlen(date) - 1, date + strlen(date) - 2, 3);
	date[strlen(date) - 3] = ':';
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

/* Two lines or areas of one picture look the same in no respect but one. */
static void put_style(FILE *in, bool stacked, unsigned int number, size_t points)
{
	const char *colour = colours[number % NR_COLOURS];
	unsigned int turn = number / NR_COLOURS;

	if (stacked && turn)
		fprintf(in, "filledcurves closed fs pattern %u lc rgb '%s'", 3 + turn, colour);
	else if (stacked)
		fprintf(in, "filledcurves closed lc rgb '%s'", colour);
	else
		fprintf(in, "linespoints lw 1.5 pt %u pi %zu dt %u lc rgb '%s'",
			1 + number % NR_MARKS, 1 + 2 * points / MARKS, 1 + turn % NR_DASHES,
			colour);
}

/**
 * picture_draw() - write the commands that draw a chart
 * @in: where to
 * @picture: how
 * @chart: filled; of two units at most
 */
void picture_draw(FILE *in, const struct picture *picture, const struct chart *chart)
{
	double below[CHART_POINTS] = { 0 };
	const char *unit = find_unit(chart, NULL), *separator = "plot ";
	bool any = false, right;

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
		right = strcmp(line->unit, unit) != 0;
		fprintf(in, "%s$line%zu using 1:2 axes x1%s with ", separator, i,
			right ? "y2" : "y1");
		put_style(in, picture->stacked, line->colour, chart->nr_points);
		fputs(" title ", in);
		gnuplot_text(in, line->title);
		if (find_unit(chart, unit))
			fputs(right ? " . \", right\"" : " . \", left\"", in);
		separator = ", \\\n     ";
	}
	putc('\n', in);
}
