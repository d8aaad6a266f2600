/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Tables of a recording, encoded as changes since the table before
 */
#ifndef PAGESTAT_RECORDING_TABLE_H
#define PAGESTAT_RECORDING_TABLE_H

#include "model/snapshot.h"
#include "recording/bytes.h"
#include "recording/format.h"

/**
 * struct recording_row - a row, with the columns and texts of the file
 * @known: bit n is set if value[n] is a number
 * @text: interned; NULL if unknown
 */
struct recording_row {
	uint64_t value[RECORDING_COLUMNS];
	uint64_t known;
	const char *text[RECORDING_TEXTS];
};

/**
 * struct recording_table - all rows
 * @row: owned
 * @room: rows allocated
 */
struct recording_table {
	struct recording_row *row;
	size_t nr;
	size_t room;
};

int recording_table_fill(struct recording_table *table, const struct snapshot *snapshot);
int recording_table_fill_system(struct recording_table *table, const struct system *system);
void recording_table_put(struct bytes *out, const struct recording_table *before,
			 const struct recording_table *now, bool keyed);
bool recording_table_get(struct cursor *in, struct recording_table *table);
void recording_table_free(struct recording_table *table);

#endif /* PAGESTAT_RECORDING_TABLE_H */
