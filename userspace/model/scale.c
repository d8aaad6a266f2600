// SPDX-License-Identifier: GPL-2.0
/*
 * Counters by the second, and times as a share of the time that has passed
 *
 * Rows keep what was counted, and for how long: process->wall_ns.  What is shown is made of
 * both in hundredths, so that all that sorts, aligns and prints numbers has integers.
 */
#include <stdio.h>
#include <string.h>

#include "model/exit_code.h"
#include "model/scale.h"

/**
 * scale_of() - how a column is shown
 */
enum scaled scale_of(struct scale scale, enum column_id column)
{
	const struct column *c = &process_columns[column];

	if (!c->counter)
		return SCALED_COUNT;
	if (scale.share && strcmp(c->unit, "ns") == 0)
		return SCALED_SHARE;
	return scale.rate ? SCALED_RATE : SCALED_COUNT;
}

/**
 * scale_known() - is what is to be shown a number?
 */
bool scale_known(struct scale scale, const struct process *p, enum column_id column)
{
	return is_known(p->known, column) &&
	       (p->wall_ns || scale_of(scale, column) == SCALED_COUNT);
}

/**
 * scale_value() - what is shown: a count, or hundredths of a rate or of a percent
 * @p: its @column is known, as scale_known() has it
 */
uint64_t scale_value(struct scale scale, const struct process *p, enum column_id column)
{
	unsigned __int128 value = p->value[column];

	switch (scale_of(scale, column)) {
	case SCALED_COUNT:
		return process_shown(p, column);
	case SCALED_RATE:
		value *= UINT64_C(1000000000) * SCALE_ONE;
		break;
	case SCALED_SHARE:
		value *= 100 * SCALE_ONE;
		break;
	}
	value = (value + p->wall_ns / 2) / p->wall_ns;
	return value > UINT64_MAX ? UINT64_MAX : (uint64_t)value;
}

/**
 * scale_name() - the name of what is shown, for programs: cow_per_s, stall_percent
 *
 * Return: @name, or the column's own name.
 */
const char *scale_name(struct scale scale, enum column_id column,
			 char name[SCALE_NAME_MAX])
{
	const char *own = process_columns[column].name;

	switch (scale_of(scale, column)) {
	case SCALED_RATE:
		snprintf(name, SCALE_NAME_MAX, "%s_per_s", own);
		return name;
	case SCALED_SHARE:
		snprintf(name, SCALE_NAME_MAX, "%.*s_percent",
			 (int)(strlen(own) - strlen("_ns")), own);
		return name;
	default:
		return own;
	}
}

/**
 * scale_heading() - what tables have above it: COW/S, STALL%; returns @heading
 */
const char *scale_heading(struct scale scale, enum column_id column,
			    char heading[HEADING_MAX])
{
	column_heading(&process_columns[column], heading);
	if (scale_of(scale, column) == SCALED_RATE)
		strcat(heading, "/S");
	else if (scale_of(scale, column) == SCALED_SHARE)
		strcpy(&heading[strlen(heading) - strlen("_ns")], "%");
	return heading;
}

/**
 * scale_lives() - rows of totals: for how long each was counted
 * @process: the rows; their @wall_ns is set
 * @sample: from which they are
 *
 * Since the module was loaded or reset, or since the birth if that was later; to the end,
 * or to now.
 */
void scale_lives(struct process *process, size_t nr, const struct sample *sample)
{
	uint64_t since = sample->begin_ns > sample->system.value[SYS_since_ns] ?
			 sample->begin_ns - sample->system.value[SYS_since_ns] : 0;

	for (size_t i = 0; i < nr; i++) {
		struct process *p = &process[i];
		uint64_t from = p->value[COL_start_ns], to = sample->begin_ns;

		if (from < since)
			from = since;
		if (is_known(p->known, COL_end_ns))
			to = p->value[COL_end_ns];
		p->wall_ns = to > from ? to - from : 0;
	}
}
