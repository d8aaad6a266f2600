// SPDX-License-Identifier: GPL-2.0
/*
 * A file of tab-separated rows below a line of column names
 *
 * Only the syntax is checked here.  A file with an error anywhere is refused as a whole.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/errors.h"
#include "base/text.h"
#include "model/tsv.h"

static size_t count(const char *from, const char *to, char what)
{
	size_t n = 0;

	while ((from = memchr(from, what, (size_t)(to - from)))) {
		from++;
		n++;
	}
	return n;
}

static int check_header(const struct tsv *tsv)
{
	for (size_t i = 0; i < tsv->nr_columns; i++) {
		if (!*tsv->cell[i])
			return fail(EXIT_BAD_DATA, "%s: column %zu has no name. " TSV_RELEASES,
				    tsv->path, i + 1);
		for (size_t j = 0; j < i; j++)
			if (strcmp(tsv->cell[i], tsv->cell[j]) == 0)
				return fail(EXIT_BAD_DATA, "%s: two columns are called \"%.40s\". " TSV_RELEASES,
					    tsv->path, tsv->cell[i]);
	}
	return EXIT_DONE;
}

/* Cuts a line, which ends with a newline, into cells. */
static int cut_line(struct tsv *tsv, char **line, char **cell, size_t number)
{
	char *at = *line;
	size_t n = 0;

	for (;;) {
		if (n < tsv->nr_columns)
			cell[n] = at;
		n++;
		while (*at != '\t' && *at != '\n')
			at++;
		if (*at == '\n')
			break;
		*at++ = '\0';
	}
	*at++ = '\0';
	*line = at;
	if (n != tsv->nr_columns)
		return fail(EXIT_BAD_DATA, "%s: line %zu has %zu values below %zu column names. " TSV_RELEASES,
			    tsv->path, number, n, tsv->nr_columns);
	return EXIT_DONE;
}

/**
 * tsv_parse() - cut a file into cells
 * @tsv: to be freed with tsv_free() in any case
 * @path: of the file, for messages; must outlive @tsv
 * @text: the file, with a NUL added; is owned by @tsv then
 * @len: without that NUL
 */
int tsv_parse(struct tsv *tsv, const char *path, char *text, size_t len)
{
	char *line = text;
	size_t lines;
	int rc;

	*tsv = (struct tsv){ .path = path, .text = text };

	if (len == 0)
		return fail(EXIT_BAD_DATA, "%s: the file is empty. " TSV_RELEASES, path);
	if (memchr(text, '\0', len))
		return fail(EXIT_BAD_DATA, "%s: a NUL byte in a text file. " TSV_RELEASES, path);
	if (text[len - 1] != '\n')
		return fail(EXIT_BAD_DATA, "%s: the last line is cut short. Try again; " TSV_RELEASES, path);

	lines = count(text, text + len, '\n');
	tsv->nr_columns = count(text, strchr(text, '\n'), '\t') + 1;
	tsv->nr_rows = lines - 1;
	tsv->cell = calloc(lines, tsv->nr_columns * sizeof(*tsv->cell));
	if (!tsv->cell)
		return fail_memory();

	for (size_t i = 0; i < lines; i++) {
		rc = cut_line(tsv, &line, tsv->cell + i * tsv->nr_columns, i + 1);
		if (rc)
			return rc;
	}
	return check_header(tsv);
}

/**
 * tsv_free() - free what tsv_parse() made, if anything
 */
void tsv_free(struct tsv *tsv)
{
	free(tsv->cell);
	free(tsv->text);
	*tsv = (struct tsv){ 0 };
}

/**
 * tsv_column() - the index of a column, or -1
 */
int tsv_column(const struct tsv *tsv, const char *name)
{
	for (size_t i = 0; i < tsv->nr_columns; i++)
		if (strcmp(tsv->cell[i], name) == 0)
			return (int)i;
	return -1;
}

/**
 * tsv_row() - the values of one row, as text
 * @row: 0 is the first one below the header
 *
 * Return: a text for each column, valid as long as @tsv.
 */
char **tsv_row(const struct tsv *tsv, size_t row)
{
	return &tsv->cell[(row + 1) * tsv->nr_columns];
}

/**
 * tsv_cell() - one value of tsv_row()
 */
char *tsv_cell(const struct tsv *tsv, size_t row, size_t column)
{
	return tsv_row(tsv, row)[column];
}

/**
 * tsv_bad_cell() - print that a value is wrong
 * @why: completes "... is"
 *
 * Return: EXIT_BAD_DATA.
 */
int tsv_bad_cell(const struct tsv *tsv, size_t row, size_t column, const char *why)
{
	return fail(EXIT_BAD_DATA, "%s: line %zu, column %s: \"%.40s\" is %s. " TSV_RELEASES,
		    tsv->path, row + 2, tsv->cell[column],
		    tsv_cell(tsv, row, column), why);
}

/**
 * tsv_number() - read the number in a cell
 * @value: gets it
 */
int tsv_number(const struct tsv *tsv, size_t row, size_t column, uint64_t *value)
{
	int rc = text_to_u64(tsv_cell(tsv, row, column), value);

	return !rc ? EXIT_DONE :
	       tsv_bad_cell(tsv, row, column, rc == -ERANGE ? "too large a number" : "no number");
}
