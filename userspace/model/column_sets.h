/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Sets of columns that answer one question, for -o @NAME
 */
#ifndef PAGESTAT_MODEL_COLUMN_SETS_H
#define PAGESTAT_MODEL_COLUMN_SETS_H

#include "model/columns.h"

#define COLUMN_SET_MAX	10	/* columns of a set */
#define NR_COLUMN_SETS	6

/**
 * struct column_set - columns that answer one question
 * @name: with its @
 * @text: what about
 * @column: all are counters
 * @nr: how many
 */
struct column_set {
	const char *name;
	const char *text;
	enum column_id column[COLUMN_SET_MAX];
	size_t nr;
};

extern const struct column_set column_sets[NR_COLUMN_SETS];

const struct column_set *column_set_find(const char *name, size_t len);
char *column_set_text(const struct column_set *set);

#endif /* PAGESTAT_MODEL_COLUMN_SETS_H */
