// SPDX-License-Identifier: GPL-2.0
/*
 * What an experiment did to memory and counters, as a picture
 *
 * From step to step, not by the clock: some steps take no time and others most of
 * it.  Each number is drawn as its change since the first step, so that those of the
 * process and of the machine fit into one picture.
 */
#include <inttypes.h>
#include <string.h>

#include "base/gnuplot.h"
#include "lab/lab.h"

static const char *const colours[] = {
	"#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#b2182b", "#999999",
};

#define NR_COLOURS	(sizeof(colours) / sizeof(*colours))

static bool is_memory(enum lab_column column)
{
	return strcmp(lab_column_unit(column), "KiB") == 0;
}

/* What a number changed by since it was first known; false if it is not now. */
static bool change(const struct lab *lab, size_t at, int role, enum lab_column column,
		   double *by)
{
	const struct reading *now = &lab->moments[at].reading[role];

	if (!is_known(now->known, column))
		return false;
	for (size_t i = 0; i <= at; i++) {
		const struct reading *first = &lab->moments[i].reading[role];

		if (!is_known(first->known, column))
			continue;
		*by = (double)(int64_t)(now->value[column] - first->value[column]);
		break;
	}
	if (is_memory(column))
		*by /= 1024;
	return true;
}

/* Numbers of the machine are drawn once; numbers that are not amounts are not drawn. */
static bool belongs(enum lab_column column, int role)
{
	if (column == LAB_number || column == LAB_errno)
		return false;
	return role == 0 || (column != LAB_free && column != LAB_promised);
}

/* A number that never changes is not drawn. */
static bool is_drawn(const struct lab *lab, int role, enum lab_column column)
{
	double by;

	if (!belongs(column, role))
		return false;
	for (size_t i = 0; i < lab->nr; i++)
		if (change(lab, i, role, column, &by) && by != 0)
			return true;
	return false;
}

static void put_data(const struct lab *lab, FILE *in, int role, enum lab_column column)
{
	double by;

	fprintf(in, "$n%d_%d << END\n", role, (int)column);
	for (size_t i = 0; i < lab->nr; i++)
		if (change(lab, i, role, column, &by))
			fprintf(in, "%zu %.12g\n", i, by);
	fputs("END\n", in);
}

/* The steps below the picture, with the seconds they were done at. */
static void put_steps(const struct lab *lab, FILE *in)
{
	const struct experiment *e = lab->experiment;
	char text[128];

	fputs("set xtics rotate by -45 (", in);
	for (size_t i = 0; i < lab->nr; i++) {
		const struct lab_moment *m = &lab->moments[i];

		snprintf(text, sizeof(text), "%.3f %s", (double)m->ns / 1e9,
			 _(e->steps[m->step].label));
		fputs(i ? ", " : "", in);
		gnuplot_text(in, text);
		fprintf(in, " %zu", i);
	}
	fprintf(in, ")\nset xrange [-0.2:%.1f]\n", (double)lab->nr - 0.8);
}

static void put_curve(const struct lab *lab, FILE *in, int role, enum lab_column column,
		      size_t nr)
{
	const char *who = lab->experiment->roles[role];
	bool memory = is_memory(column);
	char name[128];

	snprintf(name, sizeof(name), "%s%s%s", who ? _(who) : "", who ? " " : "",
		 lab_column_name(column));
	fprintf(in, "%s $n%d_%d using 1:2 axes x1y%d with linespoints lw 2 pt %zu dt %d lc rgb '%s' title ",
		nr ? "," : "plot", role, (int)column, memory ? 1 : 2, nr + 4, memory ? 1 : 2,
		colours[nr % NR_COLOURS]);
	gnuplot_text(in, name);
}

/**
 * lab_plot_steps() - have gnuplot draw what changed from step to step
 * @lab: the experiment
 * @in: of gnuplot
 */
void lab_plot_steps(const struct lab *lab, FILE *in)
{
	const struct experiment *e = lab->experiment;
	bool counters = false;
	char title[256];
	size_t nr = 0;

	snprintf(title, sizeof(title), "%s: %s", e->name, _(e->title));
	fputs("set title ", in);
	gnuplot_text(in, title);
	fputs("\nset ylabel ", in);
	gnuplot_text(in, _("memory since the first step (MiB)"));
	fputs("\nset grid\nset key outside right top\n", in);
	put_steps(lab, in);
	for (int role = 0; role < LAB_ROLES; role++) {
		for (const enum lab_column *c = e->columns; *c != NR_LAB; c++) {
			put_data(lab, in, role, *c);
			counters |= !is_memory(*c) && is_drawn(lab, role, *c);
		}
	}
	if (counters) {
		fputs("set ytics nomirror\nset y2tics\nset y2label ", in);
		gnuplot_text(in, _("counters since the first step (dashed)"));
		putc('\n', in);
	}
	for (int role = 0; role < LAB_ROLES; role++)
		for (const enum lab_column *c = e->columns; *c != NR_LAB; c++)
			if (is_drawn(lab, role, *c))
				put_curve(lab, in, role, *c, nr++);
	/* gnuplot needs something to draw, also if nothing changed at all. */
	fputs(nr ? "\n" : "plot [] [0:1] NaN notitle\n", in);
}
