/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Tables of a recording, as what changed since the one before
 */
#ifndef PAGESTAT_RECORD_ROWS_H
#define PAGESTAT_RECORD_ROWS_H

#include "model/snapshot.h"
#include "recording/bytes.h"
#include "recording/format.h"

/**
 * struct record_row - a row, with the columns and texts that the file has
 * @value: its numbers
 * @known: bit n is set if value[n] is a number
 * @text: its texts, which last; NULL if not known
 */
struct record_row {
	uint64_t value[RECORD_COLUMNS];
	uint64_t known;
	const char *text[RECORD_TEXTS];
};

/**
 * struct record_table - all rows
 * @row: owned
 * @nr: how many
 * @room: for how many there is memory
 */
struct record_table {
	struct record_row *row;
	size_t nr;
	size_t room;
};

int record_table_fill(struct record_table *table, const struct snapshot *snapshot);
int record_table_fill_system(struct record_table *table, const struct system *system);
void record_table_put(struct bytes *out, const struct record_table *before,
		      const struct record_table *now, bool keyed);
bool record_table_get(struct cursor *in, struct record_table *table);
void record_table_free(struct record_table *table);

#endif /* PAGESTAT_RECORD_ROWS_H */
