/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The live table
 */
#ifndef PAGESTAT_TOP_TOP_H
#define PAGESTAT_TOP_TOP_H

#include "base/clock.h"
#include "model/meminfo.h"
#include "model/query.h"
#include "model/sample.h"
#include "model/select.h"
#include "top/history.h"

struct player;

enum counts { COUNTS_DELTA, COUNTS_TOTAL, COUNTS_SINCE, NR_COUNTS };

#define ASCII_ESC	27
#define TYPED_MAX	64
#define TOP_MESSAGE_MAX	256

/**
 * struct series - the samples of one file
 * @first: from which COUNTS_SINCE counts; may share its rows with @before
 * @before: the one before the last
 * @now: the last one
 * @nr: 0: none is valid; 1: @now is; 2: all are
 */
struct series {
	struct sample first;
	struct sample before;
	struct sample now;
	unsigned int nr;
};

/**
 * struct top_request - what pagestat top was asked
 * @period: of the samples
 * @query: which rows
 * @only: argument of -o, NULL for the usual columns
 * @recording: the file that is played, NULL if the table is live
 */
struct top_request {
	struct period period;
	struct query query;
	const char *only;
	const char *recording;
};

/**
 * struct top - the live table: what was asked for, and its state
 * @period: of the samples
 * @query: which rows, by the command line and the keys
 * @only: argument of -o, NULL for the usual columns
 * @columns: the columns of the table
 * @width: of the terminal for which they were chosen
 * @fixed: they do not go by the width any more
 * @recording: the file that is played, NULL if the table is live
 * @reader: where samples come from, NULL if from @player
 * @player: of the recording, NULL if the table is live
 * @series: of "processes" and "threads"
 * @counts: what the numbers are
 * @row: all rows, before they are selected; owned
 * @shown: the rows of the table
 * @elapsed_ns: the time in which the counts grew, 0 for totals
 * @history: the last minute
 * @memory: of the machine
 * @filter: as typed
 * @typed: what is being typed after @prompt
 * @prompt: '/' for the filter, 's' for the order, 0 for nothing
 * @message: to be shown until the next key
 * @first_row: the first row on the screen
 * @skip: how many columns after the first are scrolled out
 * @refreshes: so far
 * @frozen: no new samples
 * @help: show that page of the keys instead; 0 for none
 * @done: end
 */
struct top {
	struct period period;
	struct query query;
	const char *only;
	struct column_list columns;
	int width;
	bool fixed;
	const char *recording;
	struct reader *reader;
	struct player *player;
	struct series series[2];
	enum counts counts;
	struct process *row;
	struct selection shown;
	uint64_t elapsed_ns;
	struct history history;
	struct meminfo memory;
	char filter[TYPED_MAX];
	char typed[TYPED_MAX];
	char prompt;
	char message[TOP_MESSAGE_MAX];
	size_t first_row;
	size_t skip;
	uint64_t refreshes;
	bool frozen;
	unsigned int help;
	bool done;
};

static inline struct series *top_series(struct top *top)
{
	return &top->series[top->query.by == BY_THREAD];
}

/* columns.c */
bool top_needs_column(const struct top *top, enum column_id column);
void top_choose_columns(struct top *top);
void top_fit_columns(struct top *top, int width);

/* rows.c */
int top_refresh(struct top *top);
int top_view(struct top *top);
void top_count_from_now(struct top *top);
void top_free(struct top *top);

/* top.c */
void top_begin(struct top *top, const struct top_request *request);

/* keys.c */
int top_key(struct top *top, int key);

#endif /* PAGESTAT_TOP_TOP_H */
