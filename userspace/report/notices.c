// SPDX-License-Identifier: GPL-2.0
/*
 * Notices of what a report lacks
 *
 * The module counts what it lost.  The notice goes to stderr, where people see it and
 * pipes do not.
 */
#include <inttypes.h>
#include <stdio.h>

#include "base/errors.h"
#include "base/sums.h"
#include "model/doubt.h"
#include "report/notices.h"

static void say_doubts(uint64_t doubted)
{
	char text[512] = "";
	int len = 0;

	for (unsigned int i = FIRST_COUNTER; i < NR_NUMBERS; i++)
		if (is_known(doubted, i))
			len += snprintf(text + len, sizeof(text) - (size_t)len, "%s%s",
					len ? ", " : "", process_columns[i].name);
	if (len)
		notice("these counters are not exact, as hits by unknown functions of the kernel are in none (pagestat --probes): %s",
		       text);
}

/**
 * notices_losses() - print what could not be counted or summed up, if anything
 * @before: print only losses since then, NULL for all
 */
void notices_losses(const struct system *before, const struct system *now)
{
	static const enum system_column losses[] = {
		SYS_lost_tasks, SYS_lost_hits, SYS_missed, SYS_stray,
	};
	char text[512];
	int len = 0;

	for (size_t i = 0; i < sizeof(losses) / sizeof(*losses); i++) {
		enum system_column c = losses[i];
		uint64_t then = before ? before->value[c] : 0;

		if (!is_known(now->known, c) || now->value[c] <= then)
			continue;
		len += snprintf(text + len, sizeof(text) - (size_t)len,
				"%s%s %" PRIu64 " (%s)", len ? ", " : "",
				system_columns[c].name, now->value[c] - then,
				system_columns[c].text);
	}
	if (sums_too_large())
		notice(SUMS_TOO_LARGE);
	if (is_known(now->known, SYS_silenced) && now->value[SYS_silenced])
		notice("nothing is being counted: kprobes are switched off; echo 1 >/sys/kernel/debug/kprobes/enabled");
	if (len)
		notice("not everything was counted: %s", text);
	say_doubts(doubt_columns(before, now));
}

/**
 * notices_absent() - print which counters the module does not have, if any
 */
void notices_absent(const struct snapshot *snapshot)
{
	for (unsigned int i = FIRST_COUNTER; i < NR_NUMBERS; i++)
		if (is_known(snapshot->absent, i))
			notice("the module has no counter %s: it shows as \"-\". Is the module older than the tool?",
			       process_columns[i].name);
}
