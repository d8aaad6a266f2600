// SPDX-License-Identifier: GPL-2.0
/*
 * Sets of columns that answer one question, for -o @NAME
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/ascii.h"
#include "model/column_sets.h"

#define SET(n, t, ...)	{							\
	.name = n, .text = t, .column = { __VA_ARGS__ },			\
	.nr = sizeof((enum column_id[]){ __VA_ARGS__ }) / sizeof(enum column_id),	\
}

const struct column_set column_sets[NR_COLUMN_SETS] = {
	SET("@swap", "swap, and pages that are evicted too early",
	    COL_swapin, COL_swapin_io, COL_swapin_cache, COL_swapout, COL_refault, COL_thrash),
	SET("@cow", "copying after fork, and what is done instead",
	    COL_cow, COL_cow_anon, COL_cow_file, COL_cow_ksm, COL_cow_huge, COL_reuse,
	    COL_unshare),
	SET("@huge", "huge pages: first touch, copies, and the search for room",
	    COL_zerofill, COL_cow_huge, COL_compact, COL_compact_ns),
	SET("@numa", "NUMA balancing",
	    COL_minor, COL_numa),
	SET("@stall", "time lost for want of memory, and to what",
	    COL_stall, COL_stall_ns, COL_reclaim, COL_reclaim_ns, COL_compact, COL_compact_ns,
	    COL_throttle, COL_throttle_ns),
	SET("@file", "files: mapped, copied, and read again",
	    COL_major, COL_filemap, COL_cow_file, COL_refault, COL_thrash),
};

/**
 * column_set_find() - the set of that name, in either case; NULL if there is none
 * @name: with its @; need not be NUL-terminated
 */
const struct column_set *column_set_find(const char *name, size_t len)
{
	for (size_t i = 0; i < NR_COLUMN_SETS; i++)
		if (strlen(column_sets[i].name) == len &&
		    ascii_same(column_sets[i].name, name, len))
			return &column_sets[i];
	return NULL;
}

/**
 * column_set_text() - what a set is about, and its columns; to be freed, NULL without memory
 */
char *column_set_text(const struct column_set *set)
{
	char *text = NULL;
	size_t size;
	FILE *out = open_memstream(&text, &size);

	if (!out)
		return NULL;
	fprintf(out, "%s:", set->text);
	for (size_t i = 0; i < set->nr; i++)
		fprintf(out, "%s %s", i ? "," : "", process_columns[set->column[i]].name);
	if (fclose(out)) {
		free(text);
		return NULL;
	}
	return text;
}
