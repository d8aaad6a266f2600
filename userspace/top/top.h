/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The live table
 */
#ifndef PAGESTAT_TOP_H
#define PAGESTAT_TOP_H

#include "base/clock.h"
#include "model/meminfo.h"
#include "model/query.h"
#include "model/sample.h"
#include "model/select.h"
#include "top/history.h"

struct player;

enum counts { COUNTS_DELTA, COUNTS_TOTAL, COUNTS_SINCE, NR_COUNTS };

#define ASCII_ESC		27
#define TYPED_MAX	64
#define TOP_MESSAGE_MAX	256

/**
 * struct series - the samples of one file
 * @first: since when COUNTS_SINCE counts
 * @before: the one before the last
 * @now: the last
 * @nr: how many there were, 0 to 2: what is valid is @now, then all
 */
struct series {
	struct sample first;
	struct sample before;
	struct sample now;
	unsigned int nr;
};

/**
 * struct top - all that the live table is made from
 * @period: of the samples
 * @query: which rows, as the command line had it and the keys changed it
 * @only: the columns as the command line names them, NULL for the usual ones
 * @columns: those it comes to for rows of this kind
 * @recording: the file that is played, NULL if the table is live
 * @reader: where the samples come from; NULL if that is @player
 * @player: of a recording, NULL if the table is live
 * @series: of "processes" and "threads"
 * @counts: what the numbers are
 * @row: all rows, before they are selected; owned
 * @shown: the rows of the table
 * @elapsed_ns: the time that the counts are of, 0 for totals
 * @history: the last minute
 * @memory: of the machine
 * @filter: as typed
 * @typed: what is being typed after @prompt
 * @prompt: '/' for the filter, 's' for the order, 0 for nothing
 * @message: to be shown once
 * @first_row: of the table, the first on the screen
 * @skip: columns that are left out, for those that follow
 * @refreshes: so far
 * @frozen: no new samples
 * @help: shows the keys instead
 * @done: has been told to end
 */
struct top {
	struct period period;
	struct query query;
	const char *only;
	struct column_list columns;
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
	bool help;
	bool done;
};

int top_refresh(struct top *top);
int top_view(struct top *top);
int top_begin_anew(struct top *top);
void top_free(struct top *top);
static inline struct series *top_series(struct top *top)
{
	return &top->series[top->query.by == BY_THREAD];
}

int top_key(struct top *top, int key);
int top_choose_columns(struct top *top);

#endif /* PAGESTAT_TOP_H */
