/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A table, laid out by libsmartcols
 */
#ifndef PAGESTAT_BASE_GRID_H
#define PAGESTAT_BASE_GRID_H

#include <libsmartcols.h>
#include <stdbool.h>
#include <stdint.h>

/**
 * struct grid - a table that is being filled
 * @scols: the library's; NULL if the table is raw, which needs no layout
 * @line: the current line
 * @next: the next cell of it
 * @raw: print at once: one blank between values, and none in them
 * @headings: print them
 * @begun: of a raw table, a line was printed
 * @broken: memory ran out
 */
struct grid {
	struct libscols_table *scols;
	struct libscols_line *line;
	size_t next;
	bool raw;
	bool headings;
	bool begun;
	bool broken;
};

void grid_begin(struct grid *t, bool raw, bool headings);
void grid_heading(struct grid *t, const char *heading, int flags);
void grid_line(struct grid *t);
void grid_cell(struct grid *t, const char *text);
void grid_text(struct grid *t, const char *text);
void grid_number(struct grid *t, bool known, uint64_t value);
void grid_marked(struct grid *t, bool known, uint64_t value, const char *mark);
int grid_end(struct grid *t);

#endif /* PAGESTAT_BASE_GRID_H */
