/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A file of tab-separated rows below a line of column names
 */
#ifndef PAGESTAT_MODEL_TSV_H
#define PAGESTAT_MODEL_TSV_H

#include <stddef.h>
#include <stdint.h>

/* What to check if a file is not as expected. */
#define TSV_RELEASES	"Do the module and the tool come from one release?"

/**
 * struct tsv - a parsed file
 * @path: for messages
 * @text: the file, with NULs for tabs and newlines; owned
 * @cell: row by row, the header first; owned
 * @nr_columns: in every row
 * @nr_rows: below the header
 */
struct tsv {
	const char *path;
	char *text;
	char **cell;
	size_t nr_columns;
	size_t nr_rows;
};

int tsv_parse(struct tsv *tsv, const char *path, char *text, size_t len);
void tsv_free(struct tsv *tsv);
int tsv_column(const struct tsv *tsv, const char *name);
char **tsv_row(const struct tsv *tsv, size_t row);
char *tsv_cell(const struct tsv *tsv, size_t row, size_t column);
int tsv_bad_cell(const struct tsv *tsv, size_t row, size_t column, const char *why);
int tsv_number(const struct tsv *tsv, size_t row, size_t column, uint64_t *value);

#endif /* PAGESTAT_MODEL_TSV_H */
