// SPDX-License-Identifier: GPL-2.0
/*
 * A table, laid out by libsmartcols
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
	*t = (struct grid){ .scols = scols_new_table() };
	if (!t->scols) {
		t->broken = true;
		return;
	}
	scols_table_enable_raw(t->scols, raw);
	scols_table_enable_noheadings(t->scols, !headings);
}

/**
 * grid_heading() - add a column
 * @flags: of libsmartcols
 */
void grid_heading(struct grid *t, const char *heading, int flags)
{
	if (!t->broken && !scols_table_new_column(t->scols, heading, 0, flags))
		t->broken = true;
}

/**
 * grid_line() - begin the next line
 */
void grid_line(struct grid *t)
{
	t->next = 0;
	if (!t->broken) {
		t->line = scols_table_new_line(t->scols, NULL);
		t->broken = !t->line;
	}
}

/**
 * grid_cell() - fill the next cell of the line with a constant text
 */
void grid_cell(struct grid *t, const char *text)
{
	if (!t->broken && scols_line_set_data(t->line, t->next++, text))
		t->broken = true;
}

/**
 * grid_text() - fill the next cell of the line with any bytes
 */
void grid_text(struct grid *t, const char *text)
{
	char *safe = text_printable_dup(text);

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
	char digits[24] = "-";

	if (known)
		snprintf(digits, sizeof(digits), "%" PRIu64, value);
	grid_cell(t, digits);
}

/**
 * grid_end() - print a table, and free it
 *
 * Whether it was written to stdout is for the caller to check, see report_flush().
 */
int grid_end(struct grid *t)
{
	if (!t->broken && scols_print_table(t->scols))
		t->broken = true;
	scols_unref_table(t->scols);
	return t->broken ? fail_memory() : EXIT_DONE;
}
