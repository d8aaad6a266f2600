/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Counters that lack hits
 */
#ifndef PAGESTAT_MODEL_DOUBT_H
#define PAGESTAT_MODEL_DOUBT_H

#include "model/snapshot.h"

/* What tables and CSV have behind a number of such a counter. */
#define DOUBT_MARK	"?"

uint64_t doubt_columns(const struct system *before, const struct system *now);

/* The mark behind a number, or nothing. */
static inline const char *doubt_mark(uint64_t doubted, unsigned int column)
{
	return column < NR_NUMBERS && is_known(doubted, column) ? DOUBT_MARK : "";
}

#endif /* PAGESTAT_MODEL_DOUBT_H */
