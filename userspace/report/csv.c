// SPDX-License-Identifier: GPL-2.0
/*
 * Reports as CSV: RFC 4180, but lines end with a newline only
 *
 * The first line has the names of the columns.  An unknown value is an empty field, and
 * one of a counter that lacks hits is no number, for whoever reads it to see.
 * Names have no line breaks: text_escape() escapes these.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/errors.h"
#include "base/text.h"
#include "model/column_sets.h"
#include "model/doubt.h"
#include "model/scale.h"
#include "report/csv.h"

static void put_text(size_t at, const char *text)
{
	bool quoted = strpbrk(text, ",\"");

	if (at)
		putchar(',');
	if (quoted)
		putchar('"');
	for (; *text; text++) {
		if (*text == '"')
			putchar('"');
		putchar_unlocked(*text);
	}
	if (quoted)
		putchar('"');
}

/* An empty name is not unknown.  Return: false if memory ran out. */
static bool put_name(size_t at, const char *name)
{
	char *safe = text_escape_dup(name ? name : "", TEXT_FOR_PROGRAM);

	if (safe)
		put_text(at, safe);
	if (name && !*name)
		fputs("\"\"", stdout);
	free(safe);
	return safe;
}

/* @mark: of a counter that lacks hits, or "" */
static void put_number(size_t at, bool known, uint64_t value, const char *mark)
{
	if (at)
		putchar(',');
	if (known)
		printf("%" PRIu64 "%s", value, mark);
}

/* A counter, as it is or scaled; or another number.  @mark: as put_number() has it */
static void put_scaled(size_t at, struct scale scale, const struct process *p, enum column_id c,
		       const char *mark)
{
	bool known = scale_known(scale, p, c);
	uint64_t value = known ? scale_value(scale, p, c) : 0;

	if (scale_of(scale, c) == SCALED_COUNT) {
		put_number(at, known, value, mark);
		return;
	}
	put_number(at, known, value / SCALE_ONE, "");
	if (known)
		printf(".%0*u%s", SCALE_DECIMALS, (unsigned int)(value % SCALE_ONE), mark);
}

static void put_names(const struct form *form, const struct column *columns, int nr)
{
	if (form->no_headings)
		return;
	for (int i = 0; i < nr; i++)
		put_text((size_t)i, columns[i].name);
	putchar('\n');
}

/**
 * csv_headings() - the names of the columns of the processes
 * @interval: the columns end and elapsed_ns come first
 */
void csv_headings(const struct form *form, bool interval)
{
	const struct column_list *list = &form->columns;
	char name[SCALE_NAME_MAX];

	if (form->no_headings)
		return;
	if (interval)
		fputs("end,elapsed_ns,", stdout);
	for (size_t i = 0; i < list->nr; i++)
		put_text(i, scale_name(list->scale, list->column[i], name));
	putchar('\n');
}

/**
 * csv_processes() - processes, one a line
 * @elapsed_ns: length of the interval, 0 if there is none
 * @wall_ns: when it ended, by clock_wall_ns()
 */
int csv_processes(const struct form *form, const struct selection *rows,
		   uint64_t elapsed_ns, uint64_t wall_ns)
{
	const struct column_list *list = &form->columns;
	char stamp[STAMP_MAX];

	clock_stamp(stamp, wall_ns);
	for (size_t row = 0; row < rows->nr; row++) {
		const struct process *p = rows->row[row];

		if (elapsed_ns)
			printf("%s,%" PRIu64 ",", stamp, elapsed_ns);
		for (size_t i = 0; i < list->nr; i++) {
			enum column_id c = list->column[i];

			if (c >= NR_NUMBERS && !put_name(i, process_text(p, c)))
				return fail_memory();
			if (c < NR_NUMBERS)
				put_scaled(i, list->scale, p, c, doubt_mark(rows->doubted, c));
		}
		putchar('\n');
	}
	return EXIT_DONE;
}

/**
 * csv_system() - the totals, on one line
 */
void csv_system(const struct form *form, const struct system *system)
{
	uint64_t doubted = doubt_columns(NULL, system);

	put_names(form, system_columns, NR_SYSTEM);
	for (unsigned int i = 0; i < NR_SYSTEM; i++)
		put_number(i, is_known(system->known, i), system->value[i],
			   doubt_mark(doubted, system_counter(i)));
	putchar('\n');
}

/**
 * csv_probes() - the hooks, one a line
 */
int csv_probes(const struct form *form, const struct probes *probes)
{
	put_names(form, probe_columns, NR_PROBE);
	for (size_t row = 0; row < probes->tsv.nr_rows; row++) {
		for (int i = 0; i < NR_PROBE; i++) {
			const char *text = probe_text(probes, row, (enum probe_column)i);

			if (!put_name((size_t)i, strcmp(text, "-") == 0 ? NULL : text))
				return fail_memory();
		}
		putchar('\n');
	}
	return EXIT_DONE;
}

/**
 * csv_columns() - the meaning of every column of the processes, and the sets, one a line
 */
void csv_columns(const struct form *form)
{
	if (!form->no_headings)
		puts("column,unit,meaning");
	for (int i = 0; i < NR_COLUMNS; i++) {
		put_text(0, process_columns[i].name);
		put_text(1, process_columns[i].unit);
		put_text(2, process_columns[i].text);
		putchar('\n');
	}
	for (int i = 0; i < NR_COLUMN_SETS; i++) {
		char *text = column_set_text(&column_sets[i]);

		put_text(0, column_sets[i].name);
		put_text(1, "set");
		put_text(2, text ? text : "?");
		putchar('\n');
		free(text);
	}
}
