// SPDX-License-Identifier: GPL-2.0
/*
 * Reports for people, laid out by libsmartcols
 *
 * libsmartcols reports only that memory ran out; a table remembers that until
 * it is printed, so the callers need not ask after every cell.
 */
#include <inttypes.h>
#include <libsmartcols.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "errors.h"
#include "table.h"
#include "text.h"

struct table {
	struct libscols_table *scols;
	struct libscols_line *line;
	size_t next;
	bool broken;
};

static void table_begin(struct table *t, const struct options *options)
{
	*t = (struct table){ .scols = scols_new_table() };
	if (!t->scols) {
		t->broken = true;
		return;
	}
	scols_table_enable_raw(t->scols, options->format == FORMAT_RAW);
	scols_table_enable_noheadings(t->scols, !options->headings);
}

static void add_heading(struct table *t, const char *heading, int flags)
{
	if (!t->broken && !scols_table_new_column(t->scols, heading, 0, flags))
		t->broken = true;
}

static void add_line(struct table *t)
{
	t->next = 0;
	if (!t->broken) {
		t->line = scols_table_new_line(t->scols, NULL);
		t->broken = !t->line;
	}
}

static void add_cell(struct table *t, const char *text)
{
	if (!t->broken && scols_line_set_data(t->line, t->next++, text))
		t->broken = true;
}

static void add_text(struct table *t, const char *text)
{
	char *safe = text_printable_dup(text);

	/* The table takes the text over, unless it says that it did not. */
	if (!t->broken && (!safe || scols_line_refer_data(t->line, t->next++, safe)))
		t->broken = true;
	if (t->broken)
		free(safe);
}

/* As ps(1) marks those that are defunct. */
static void add_ended(struct table *t, const char *comm)
{
	char *marked;

	if (asprintf(&marked, "%s <ended>", comm) < 0) {
		t->broken = true;
		return;
	}
	add_text(t, marked);
	free(marked);
}

static void add_number(struct table *t, bool known, uint64_t value)
{
	char digits[24] = "-";

	if (known)
		snprintf(digits, sizeof(digits), "%" PRIu64, value);
	add_cell(t, digits);
}

/* Whether it was written to stdout is for the caller to check, as ever. */
static int table_end(struct table *t)
{
	if (!t->broken && scols_print_table(t->scols))
		t->broken = true;
	scols_unref_table(t->scols);
	return t->broken ? fail_memory() : EXIT_DONE;
}

static void add_processes(struct table *t, const struct column_list *list,
			  const struct selection *rows, bool mark_ended)
{
	char heading[HEADING_MAX];

	for (size_t i = 0; i < list->nr; i++)
		add_heading(t, column_heading(&process_columns[list->column[i]], heading),
			    list->column[i] < NR_NUMBERS ? SCOLS_FL_RIGHT :
			    i + 1 == list->nr ? SCOLS_FL_TRUNC : 0);

	for (size_t row = 0; row < rows->nr; row++) {
		const struct process *p = rows->row[row];

		add_line(t);
		for (size_t i = 0; i < list->nr; i++) {
			enum column_id c = list->column[i];

			if (c == COL_comm && p->ended && mark_ended)
				add_ended(t, p->comm);
			else if (c >= NR_NUMBERS)
				add_text(t, row_text(p, c) ? row_text(p, c) : "-");
			else
				add_number(t, is_known(p->known, c), p->value[c]);
		}
	}
}

/**
 * table_processes() - print processes, one a line
 * @options: say which columns
 * @rows: which rows
 *
 * Return: EXIT_DONE, or EXIT_SYSTEM after a message.
 */
int table_processes(const struct options *options, const struct selection *rows)
{
	struct table t;

	table_begin(&t, options);
	add_processes(&t, &options->columns, rows, options->format == FORMAT_TABLE);
	return table_end(&t);
}

/**
 * table_children() - print the processes that make up a bill
 * @out: where to
 * @list: which columns
 * @rows: which rows
 *
 * Return: EXIT_DONE, or EXIT_SYSTEM after a message.
 */
int table_children(FILE *out, const struct column_list *list,
		   const struct selection *rows)
{
	static const struct options plain = { .format = FORMAT_TABLE, .headings = true };
	struct table t;

	table_begin(&t, &plain);
	if (!t.broken)
		scols_table_set_stream(t.scols, out);
	add_processes(&t, list, rows, false);
	return table_end(&t);
}

/**
 * table_system() - print the totals, a column a line
 * @options: say in which form
 * @system: the totals
 *
 * Return: EXIT_DONE, or EXIT_SYSTEM after a message.
 */
int table_system(const struct options *options, const struct system *system)
{
	struct table t;

	table_begin(&t, options);
	add_heading(&t, "NAME", 0);
	add_heading(&t, "VALUE", SCOLS_FL_RIGHT);
	add_heading(&t, "UNIT", 0);
	add_heading(&t, "MEANING", SCOLS_FL_TRUNC);
	for (unsigned int i = 0; i < NR_SYSTEM; i++) {
		add_line(&t);
		add_cell(&t, system_columns[i].name);
		add_number(&t, is_known(system->known, i), system->value[i]);
		add_cell(&t, system_columns[i].unit);
		add_cell(&t, system_columns[i].text);
	}
	return table_end(&t);
}

/**
 * table_columns() - print what every column of the processes means
 * @options: say in which form
 *
 * Return: EXIT_DONE, or EXIT_SYSTEM after a message.
 */
int table_columns(const struct options *options)
{
	struct table t;

	table_begin(&t, options);
	add_heading(&t, "COLUMN", 0);
	add_heading(&t, "UNIT", 0);
	add_heading(&t, "MEANING", SCOLS_FL_WRAP);
	for (int i = 0; i < NR_COLUMNS; i++) {
		add_line(&t);
		add_cell(&t, process_columns[i].name);
		add_cell(&t, process_columns[i].unit);
		add_cell(&t, process_columns[i].text);
	}
	return table_end(&t);
}

static int probe_flags(int column)
{
	switch (column) {
	case PROBE_hits:
	case PROBE_missed:
	case PROBE_stray:
		return SCOLS_FL_RIGHT;
	case PROBE_feeds:
		return SCOLS_FL_TRUNC;
	default:
		return 0;
	}
}

/**
 * table_probes() - print the hooks, one a line
 * @options: say in which form
 * @probes: the hooks
 *
 * Return: EXIT_DONE, or EXIT_SYSTEM after a message.
 */
int table_probes(const struct options *options, const struct probes *probes)
{
	char heading[HEADING_MAX];
	struct table t;

	table_begin(&t, options);
	for (int i = 0; i < NR_PROBE; i++)
		add_heading(&t, column_heading(&probe_columns[i], heading), probe_flags(i));

	for (size_t row = 0; row < probes->tsv.nr_rows; row++) {
		add_line(&t);
		for (int i = 0; i < NR_PROBE; i++)
			add_text(&t, probe_text(probes, row, (enum probe_column)i));
	}
	return table_end(&t);
}

/**
 * table_findings() - print what pagestat check found, one a line
 * @options: say in which form
 * @findings: what it found
 *
 * Return: EXIT_DONE, or EXIT_SYSTEM after a message.
 */
int table_findings(const struct options *options, const struct findings *findings)
{
	char heading[HEADING_MAX];
	struct table t;

	table_begin(&t, options);
	add_heading(&t, "CHECK", 0);
	add_heading(&t, "COUNTER", 0);
	for (int i = 0; i < NR_FOUND; i++)
		add_heading(&t, upper_case(found_names[i], heading), SCOLS_FL_RIGHT);
	add_heading(&t, "RESULT", 0);
	add_heading(&t, "NOTE", 0);

	for (size_t row = 0; row < findings->nr; row++) {
		const struct finding *f = &findings->list[row];

		add_line(&t);
		add_cell(&t, f->what);
		add_cell(&t, *f->counter ? f->counter : "-");
		for (int i = 0; i < NR_FOUND; i++)
			add_number(&t, f->known >> i & 1, f->value[i]);
		add_cell(&t, verdict_names[f->verdict]);
		add_text(&t, f->why);
	}
	return table_end(&t);
}
