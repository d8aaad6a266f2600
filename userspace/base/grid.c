// SPDX-License-Identifier: GPL-2.0
/*
 * A table, laid out by libsmartcols
 *
 * libsmartcols reports only that memory ran out; a table remembers that until
 * it is printed, so the callers need not ask after every cell.
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
 * @t: the table
 * @heading: its heading
 * @flags: as libsmartcols has them
 */
void grid_heading(struct grid *t, const char *heading, int flags)
{
	if (!t->broken && !scols_table_new_column(t->scols, heading, 0, flags))
		t->broken = true;
}

/**
 * grid_line() - begin the next line
 * @t: the table
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
 * grid_cell() - fill the next cell of the line with a text of our own
 * @t: the table
 * @text: what is in it
 */
void grid_cell(struct grid *t, const char *text)
{
	if (!t->broken && scols_line_set_data(t->line, t->next++, text))
		t->broken = true;
}

/**
 * grid_text() - fill the next cell of the line, with any bytes
 * @t: the table
 * @text: what is in it
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
 * grid_number() - fill the next cell of the line with a number
 * @t: the table
 * @known: "-" if this is false
 * @value: the number
 */
void grid_number(struct grid *t, bool known, uint64_t value)
{
	char digits[24] = "-";

	if (known)
		snprintf(digits, sizeof(digits), "%" PRIu64, value);
	grid_cell(t, digits);
}

/**
 * grid_end() - print a table, and give it back
 * @t: the table
 *
 * Whether it was written to stdout is for the caller to check, as ever.
 *
 * Return: EXIT_DONE, or EXIT_SYSTEM after a message.
 */
int grid_end(struct grid *t)
{
	if (!t->broken && scols_print_table(t->scols))
		t->broken = true;
	scols_unref_table(t->scols);
	return t->broken ? fail_memory() : EXIT_DONE;
}
