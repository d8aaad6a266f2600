// SPDX-License-Identifier: GPL-2.0
/*
 * The table of processes
 *
 * Ten thousand rows are a hundred thousand cells, which libsmartcols would allocate,
 * decode and measure one by one.  Nearly all are numbers, whose width is that of the
 * largest one, so cells are printed without being kept.  It looks like the other tables,
 * which libsmartcols lays out (base/grid.c).
 */
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>
#include <wchar.h>

#include "base/digits.h"
#include "base/errors.h"
#include "base/text.h"
#include "model/doubt.h"
#include "model/exit_code.h"
#include "model/scale.h"
#include "report/rows.h"

/**
 * struct layout - how a table is laid out
 * @width: of each column, in columns of the terminal
 * @last: room of the last column
 * @raw: one blank between values, and none in them
 * @mark_ended: mark processes that have ended
 */
struct layout {
	FILE *out;
	const struct column_list *list;
	size_t width[NR_COLUMNS];
	size_t last;
	bool raw;
	bool mark_ended;
};

/* The cell as text, to be freed; NULL if memory ran out. */
static char *cell_text(const struct layout *t, const struct process *p, enum column_id column)
{
	char *name = text_name_dup(process_text(p, column),
				   t->raw ? TEXT_FOR_FIELDS : TEXT_FOR_TERMINAL);
	char *marked;

	/* As ps(1) marks defunct processes. */
	if (column != COL_comm || !p->ended || !t->mark_ended || !name)
		return name;
	if (asprintf(&marked, "%s <ended>", name) < 0)
		marked = NULL;
	free(name);
	return marked;
}

/* The width of a printable text, up to @room; @fit gets the bytes that fit. */
static size_t measure(const char *text, size_t room, size_t *fit)
{
	mbstate_t state = { 0 };
	size_t width = 0, at = 0;

	while (text[at]) {
		wchar_t wc = (unsigned char)text[at];
		size_t n = 1, wide = 1;

		if (wc >= 0x80) {
			n = mbrtowc(&wc, text + at, strlen(text + at), &state);
			wide = (size_t)wcwidth(wc);
		}
		if (width + wide > room)
			break;
		width += wide;
		at += n;
	}
	*fit = at;
	return width;
}

static void pad(FILE *out, size_t n)
{
	while (n--)
		putc_unlocked(' ', out);
}

/* Left-aligned; the last one is not padded, but cut off at the width of the terminal. */
static void put_text(const struct layout *t, size_t at, const char *text)
{
	bool last = at + 1 == t->list->nr;
	size_t width, fit;

	if (t->raw) {
		fputs_unlocked(text, t->out);
		return;
	}
	width = measure(text, last ? t->last : SIZE_MAX, &fit);
	fwrite_unlocked(text, 1, fit, t->out);
	if (!last)
		pad(t->out, t->width[at] - width);
}

/*
 * Writes a number in front of @end; how a process ended is a word for people.  Return:
 * its beginning.
 */
static char *number_text(const struct layout *t, const struct process *p, enum column_id c,
			 char *end)
{
	char text[EXIT_TEXT_MAX];
	size_t len;

	const struct scale scale = t->list->scale;

	if (!scale_known(scale, p, c)) {
		*--end = '-';
		return end;
	}
	if (scale_of(scale, c) != SCALED_COUNT)
		return digits_hundredths(end, scale_value(scale, p, c));
	if (c != COL_exit_code || t->raw)
		return digits(end, process_shown(p, c));
	len = strlen(exit_code_text(text, p->value[c]));
	return memcpy(end - len, text, len);
}

/* Right-aligned. */
static void put_number(const struct layout *t, size_t at, const struct process *p, bool doubted)
{
	char buffer[128], *end = buffer + sizeof(buffer), *begin = end;

	if (doubted && is_known(p->known, t->list->column[at]))
		*--begin = *DOUBT_MARK;
	begin = number_text(t, p, t->list->column[at], begin);
	while (!t->raw && (size_t)(end - begin) < t->width[at])
		*--begin = ' ';
	fwrite_unlocked(begin, 1, (size_t)(end - begin), t->out);
}

static bool is_number(const struct column_list *list, size_t at)
{
	return list->column[at] < NR_NUMBERS;
}

static void put_headings(const struct layout *t)
{
	char heading[HEADING_MAX];

	for (size_t i = 0; i < t->list->nr; i++) {
		const char *text = scale_heading(t->list->scale, t->list->column[i], heading);

		if (i)
			putc_unlocked(' ', t->out);
		if (is_number(t->list, i) && !t->raw)
			pad(t->out, t->width[i] - strlen(text));
		if (is_number(t->list, i))
			fputs(text, t->out);
		else
			put_text(t, i, text);
	}
	putc_unlocked('\n', t->out);
}

static bool put_rows(const struct layout *t, const struct selection *rows)
{
	for (size_t row = 0; row < rows->nr; row++) {
		const struct process *p = rows->row[row];

		for (size_t i = 0; i < t->list->nr; i++) {
			enum column_id c = t->list->column[i];
			char *text;

			if (i)
				putc_unlocked(' ', t->out);
			if (is_number(t->list, i)) {
				put_number(t, i, p, is_known(rows->doubted, c));
				continue;
			}
			text = cell_text(t, p, c);
			if (!text)
				return false;
			put_text(t, i, text);
			free(text);
		}
		putc_unlocked('\n', t->out);
	}
	return true;
}

static size_t number_width(const struct layout *t, const struct selection *rows,
			   enum column_id column)
{
	const struct scale scale = t->list->scale;
	char buffer[EXIT_TEXT_MAX], *end = buffer + sizeof(buffer);
	uint64_t largest = 0;
	size_t width = 0;

	for (size_t row = 0; column == COL_exit_code && row < rows->nr; row++) {
		size_t len = (size_t)(end - number_text(t, rows->row[row], column, end));

		width = len > width ? len : width;
	}
	if (width)
		return width;

	for (size_t row = 0; row < rows->nr; row++) {
		const struct process *p = rows->row[row];
		uint64_t value = scale_known(scale, p, column) ? scale_value(scale, p, column) : 0;

		largest = value > largest ? value : largest;
	}
	return (size_t)(end - (scale_of(scale, column) == SCALED_COUNT ?
			       digits(end, largest) : digits_hundredths(end, largest))) +
	       is_known(rows->doubted, column);
}

/* Return: the width, 0 if memory ran out. */
static size_t text_width(const struct layout *t, const struct selection *rows,
			 enum column_id column)
{
	size_t widest = 1, width, fit;

	for (size_t row = 0; row < rows->nr; row++) {
		char *text = cell_text(t, rows->row[row], column);

		if (!text)
			return 0;
		width = measure(text, SIZE_MAX, &fit);
		free(text);
		if (width > widest)
			widest = width;
	}
	return widest;
}

/* The width of the terminal, SIZE_MAX if @out is none. */
static size_t terminal_width(FILE *out)
{
	const char *columns = getenv("COLUMNS");
	struct winsize size;

	if (!isatty(fileno(out)))
		return SIZE_MAX;
	if (columns && atoi(columns) > 0)
		return (size_t)atoi(columns);
	if (ioctl(fileno(out), TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
		return size.ws_col;
	return 80;
}

/* Return: false if memory ran out. */
static bool lay_out(struct layout *t, const struct selection *rows)
{
	char heading[HEADING_MAX];
	size_t left = 0, all, width;

	for (size_t i = 0; i < t->list->nr; i++) {
		enum column_id c = t->list->column[i];

		/* The width is the same with headings and without. */
		t->width[i] = strlen(scale_heading(t->list->scale, c, heading));
		/* A last text may be of any length. */
		if (!is_number(t->list, i) && i + 1 == t->list->nr) {
			t->last = t->width[i];
			break;
		}
		width = is_number(t->list, i) ? number_width(t, rows, c) : text_width(t, rows, c);
		if (!width)
			return false;
		if (width > t->width[i])
			t->width[i] = width;
		left += t->width[i] + 1;
	}
	all = terminal_width(t->out);
	if (all == SIZE_MAX)
		t->last = all;
	else if (all > left && all - left > t->last)
		t->last = all - left;
	return true;
}

/**
 * rows_print() - print processes, one a line
 * @mark_ended: mark processes that have ended
 *
 * Whether it was written is for the caller to check, see report_flush().
 */
int rows_print(FILE *out, const struct form *form, const struct column_list *list,
	       const struct selection *rows, bool mark_ended)
{
	struct layout t = {
		.out = out,
		.list = list,
		.raw = form->format == FORMAT_RAW,
		.mark_ended = mark_ended,
	};

	/* A table without rows has no headings. */
	if (!rows->nr)
		return EXIT_DONE;
	if (!t.raw && !lay_out(&t, rows))
		return fail_memory();
	if (!form->no_headings)
		put_headings(&t);
	return put_rows(&t, rows) ? EXIT_DONE : fail_memory();
}
