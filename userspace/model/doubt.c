// SPDX-License-Identifier: GPL-2.0
/*
 * Counters that lack hits
 *
 * The module counts the hits of which it does not know what they were, for each hook
 * where there are such.  The hook says which counters may lack them.
 */
#include "model/doubt.h"

static bool grew(const struct system *before, const struct system *now, enum system_column c)
{
	return is_known(now->known, c) && now->value[c] > (before ? before->value[c] : 0);
}

/**
 * doubt_columns() - the counters that lack hits
 * @before: only hits since then, NULL for all
 *
 * Return: a bit for each enum column_id.
 */
uint64_t doubt_columns(const struct system *before, const struct system *now)
{
	static const struct {
		enum system_column stray;
		uint64_t counters;
	} leaves[] = {
#define LEAF(name) { SYS_stray_##name, PAGESTAT_LEAF_##name },
		PAGESTAT_LEAVES(LEAF)
#undef LEAF
	};
	uint64_t counters = 0;

	if (!grew(before, now, SYS_stray))
		return 0;
	for (size_t i = 0; i < sizeof(leaves) / sizeof(*leaves); i++)
		/* An older module, or recording, says only that there are some. */
		if (!is_known(now->known, leaves[i].stray) || grew(before, now, leaves[i].stray))
			counters |= leaves[i].counters;
	return counters << FIRST_COUNTER;
}
