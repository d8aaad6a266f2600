// SPDX-License-Identifier: GPL-2.0
/*
 * Which lines a plot has, by the sums of the survey, and their titles
 */
#include <inttypes.h>
#include <search.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/errors.h"
#include "model/group.h"
#include "model/scale.h"
#include "plot/lines.h"

#define NAME_MOST	28	/* bytes of a name in a legend */

/* All rows of the tree, in any order. */
struct ranking {
	struct plot_row **row;
	size_t nr;
};

static void count_node(const void *node, VISIT visit, void *ranking)
{
	(void)node;
	((struct ranking *)ranking)->nr += visit == preorder || visit == leaf;
}

static void list_node(const void *node, VISIT visit, void *arg)
{
	struct ranking *ranking = arg;

	if (visit == preorder || visit == leaf)
		ranking->row[ranking->nr++] = *(struct plot_row *const *)node;
}

/* The largest sum first; equal ones in the order of their keys. */
static int by_sum(const void *left, const void *right, void *by)
{
	const struct plot_row *a = *(struct plot_row *const *)left;
	const struct plot_row *b = *(struct plot_row *const *)right;

	if (a->sum != b->sum)
		return a->sum < b->sum ? 1 : -1;
	return group_compare(&a->key, &b->key, *(enum by *)by);
}

static int rank_rows(struct plot_lines *lines, uint64_t limit)
{
	enum by by = lines->asked.query.by;
	struct ranking all = { 0 };

	twalk_r(lines->rows, count_node, &all);
	all.row = calloc(all.nr + 1, sizeof(*all.row));
	if (!all.row)
		return fail_memory();
	all.nr = 0;
	twalk_r(lines->rows, list_node, &all);
	qsort_r(all.row, all.nr, sizeof(*all.row), by_sum, &by);
	for (size_t i = 0; i < all.nr; i++) {
		all.row[i]->at = i < limit ? i : PLOT_ROWS_MAX;
		if (i < limit)
			lines->shown[lines->nr_shown++] = all.row[i];
	}
	/* Only a stack has a line of others: it is to show all faults. */
	lines->others = lines->stacked && all.nr > lines->nr_shown;
	free(all.row);
	return EXIT_DONE;
}

static int leave_out_unknown(struct plot_lines *lines)
{
	size_t nr = 0;

	for (size_t i = 0; i < lines->nr_parts; i++) {
		enum column_id part = lines->part[i];

		if (lines->known >> part & 1)
			lines->part[nr++] = part;
		else
			notice("%s is unknown in all of the recording, and is not plotted",
			       process_columns[part].name);
	}
	lines->nr_parts = nr;
	return nr ? EXIT_DONE :
	       fail(EXIT_BAD_DATA, "all columns asked for are unknown in all of the recording");
}

/* A legend leaves room for the picture: names are cut, those of control groups in front. */
static void name_text(char *to, size_t size, const char *text, bool path)
{
	size_t len = strlen(text), from = path && len > NAME_MOST ? len - NAME_MOST : 0;

	/* Not within a character. */
	while (from && ((unsigned char)text[from] & 0xc0) == 0x80)
		from++;
	len = len - from < NAME_MOST ? len - from : NAME_MOST;
	while (text[from + len] && ((unsigned char)text[from + len] & 0xc0) == 0x80)
		len--;
	snprintf(to, size, "%s%.*s%s", from ? "..." : "", (int)len, text + from,
		 text[from + len] ? "..." : "");
}

static void name_row(char *to, size_t size, const struct plot_row *row, enum by by)
{
	const struct process *key = &row->key;
	const char *text = by == BY_CGROUP ? key->cgroup : by == BY_USER ? key->user : key->comm;
	char name[2 * NAME_MOST];

	name_text(name, sizeof(name), text ? text : "-", by == BY_CGROUP);
	if (by == BY_PROCESS)
		snprintf(to, size, "%s %" PRIu64, name, key->value[COL_pid]);
	else if (by == BY_THREAD)
		snprintf(to, size, "%s %" PRIu64, name, key->value[COL_tid]);
	else if (by == BY_USER && !text)
		snprintf(to, size, "%" PRIu64, key->value[COL_uid]);
	else
		snprintf(to, size, "%s", name);
}

static unsigned int colour_of(enum column_id part, const enum column_id *of, size_t nr)
{
	unsigned int at = 0;

	while (at < nr && of[at] != part)
		at++;
	return at;
}

static void name_lines(struct plot_lines *lines, const enum column_id *all, size_t nr_all)
{
	bool split = lines->asked.by_given;
	size_t nr = split && lines->stacked ? 1 : lines->nr_parts;
	char name[CHART_TITLE_MAX - HEADING_MAX];

	for (size_t i = 0; i < lines->chart.nr_lines; i++) {
		struct chart_line *line = &lines->chart.line[i];
		enum column_id part = lines->part[i % nr];
		const char *column = process_columns[part].name;

		line->unit = lines->stacked ? "faults or pages" :
			     scale_of(lines->asked.query.scale, part) == SCALED_SHARE ? PLOT_SHARE :
			     process_columns[part].unit;
		line->colour = split ? (unsigned int)i : colour_of(part, all, nr_all);
		if (!split) {
			snprintf(line->title, sizeof(line->title), "%s", column);
			continue;
		}
		if (i / nr < lines->nr_shown)
			name_row(name, sizeof(name), lines->shown[i / nr], lines->asked.query.by);
		else
			strcpy(name, "all others");
		snprintf(line->title, sizeof(line->title), "%s%s%s", name, nr > 1 ? ": " : "",
			 nr > 1 ? column : "");
	}
}

/**
 * plot_lines_choose() - decide on the lines, after the survey of all intervals
 * @lines: surveyed
 * @limit: how many rows of --by at most
 *
 * Return: EXIT_DONE, or another exit status after a message.
 */
int plot_lines_choose(struct plot_lines *lines, uint64_t limit)
{
	const struct plot_request *asked = &lines->asked;
	enum column_id all[NR_COLUMNS];
	size_t nr_all = lines->nr_parts, nr;
	int rc;

	memcpy(all, lines->part, sizeof(all));
	if (!plot_of_machine(asked) && !lines->rows_seen)
		return fail(EXIT_NO_PROCESS, "%s: none of the processes asked for is in it",
			    asked->recording);
	rc = leave_out_unknown(lines);
	if (!rc && asked->by_given)
		rc = rank_rows(lines, limit == UINT64_MAX ? PLOT_ROWS : limit);
	if (rc)
		return rc;
	nr = !asked->by_given ? lines->nr_parts :
	     lines->stacked ? lines->nr_shown + lines->others :
	     lines->nr_shown * lines->nr_parts;
	lines->value = calloc(nr + 1, sizeof(*lines->value));
	lines->unknown = calloc(nr + 1, sizeof(*lines->unknown));
	if (!lines->value || !lines->unknown)
		return fail_memory();
	rc = chart_open(&lines->chart, nr, lines->intervals);
	if (!rc)
		name_lines(lines, all, nr_all);
	return rc;
}
