// SPDX-License-Identifier: GPL-2.0
/*
 * A table, laid out by libsmartcols
 *
 * A raw table is printed without it, which would escape by the locale, and in another way.
 *
 * The only error of libsmartcols is that memory ran out; the table remembers it until
 * grid_end(), so that callers need not check every cell.
 */
#include <inttypes.h>
#include <libsmartcols.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/errors.h"
#include "base/grid.h"
#include "base/text.h"

/**
 * grid_begin() - begin a table
 * @t: the table, to be ended with grid_end()
 * @raw: one blank between values, and none in them
 * @headings: print them
 */
void grid_begin(struct grid *t, bool raw, bool headings)
{
	*t = (struct grid){ .raw = raw, .headings = headings };
	if (raw)
		return;
	t->scols = scols_new_table();
	t->broken = !t->scols;
	if (t->scols)
		scols_table_enable_noheadings(t->scols, !headings);
}

static void put_field(struct grid *t, const char *text)
{
	/* Nothing is a field, too, for whoever counts them. */
	char *safe = text_escape_dup(*text ? text : "-", TEXT_FOR_FIELDS);

	if (safe)
		printf("%s%s", t->next ? " " : "", safe);
	t->next++;
	t->begun = true;
	t->broken = !safe;
	free(safe);
}

/**
 * grid_heading() - add a column
 * @flags: of libsmartcols
 */
void grid_heading(struct grid *t, const char *heading, int flags)
{
	if (t->raw && t->headings && !t->broken)
		put_field(t, heading);
	if (!t->raw && !t->broken && !scols_table_new_column(t->scols, heading, 0, flags))
		t->broken = true;
}

/**
 * grid_line() - begin the next line
 */
void grid_line(struct grid *t)
{
	t->next = 0;
	if (t->raw && t->begun)
		putchar('\n');
	if (!t->raw && !t->broken) {
		t->line = scols_table_new_line(t->scols, NULL);
		t->broken = !t->line;
	}
}

/**
 * grid_cell() - fill the next cell of the line with a constant text
 */
void grid_cell(struct grid *t, const char *text)
{
	if (t->broken)
		return;
	if (t->raw)
		put_field(t, text);
	else if (scols_line_set_data(t->line, t->next++, text))
		t->broken = true;
}

/**
 * grid_text() - fill the next cell of the line with any bytes
 */
void grid_text(struct grid *t, const char *text)
{
	char *safe;

	if (t->raw) {
		grid_cell(t, text);
		return;
	}
	safe = text_escape_dup(text, TEXT_FOR_TERMINAL);
	/* The table takes the text over, unless it says that it did not. */
	if (!t->broken && (!safe || scols_line_refer_data(t->line, t->next++, safe)))
		t->broken = true;
	if (t->broken)
		free(safe);
}

/**
 * grid_number() - fill the next cell of the line with a number, or "-" if it is not @known
 */
void grid_number(struct grid *t, bool known, uint64_t value)
{
	grid_marked(t, known, value, "");
}

/**
 * grid_marked() - the same, with a mark behind the number
 */
void grid_marked(struct grid *t, bool known, uint64_t value, const char *mark)
{
	char digits[32] = "-";

	if (known)
		snprintf(digits, sizeof(digits), "%" PRIu64 "%s", value, mark);
	grid_cell(t, digits);
}

/**
 * grid_end() - print a table, and free it
 *
 * Whether it was written to stdout is for the caller to check, see report_flush().
 */
int grid_end(struct grid *t)
{
	if (t->raw && t->begun)
		putchar('\n');
	if (!t->raw && !t->broken && scols_print_table(t->scols))
		t->broken = true;
	scols_unref_table(t->scols);
	return t->broken ? fail_memory() : EXIT_DONE;
}
