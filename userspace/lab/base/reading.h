/* SPDX-License-Identifier: GPL-2.0 */
/*
 * All that is known of a process and of the machine at one moment
 */
#ifndef PAGESTAT_LAB_READING_H
#define PAGESTAT_LAB_READING_H

#include <sys/types.h>

#include "model/columns.h"
#include "model/reader.h"
#include "model/snapshot.h"

/*
 * LAB_NUMBERS - numbers of /proc, X(name, unit); the counters follow them
 *
 *   vsz		virtual memory (VmSize)
 *   rss, pss	pages in memory; the same, shared pages divided by who shares them
 *   private	of these, not shared and written (Private_Dirty)
 *   huge	in huge pages (AnonHugePages)
 *   swap	in swap
 *   pte	page tables (VmPTE)
 *   map_rss, map_private	as above, of the mapping that the worker shows
 *   free	of the machine (MemFree), with what each processor keeps in reserve
 *   promised	of the machine (Committed_AS)
 *   traffic	pages allocated and freed by all since the machine started
 *   cached, dirty	of the lab's control group: pages of files; of these, to be written
 *   number, errno	what the worker itself reports
 */
#define LAB_NUMBERS(X)							       \
	X(vsz, "KiB") X(rss, "KiB") X(pss, "KiB") X(private, "KiB")	       \
	X(huge, "KiB") X(swap, "KiB") X(pte, "KiB") X(map_rss, "KiB")	       \
	X(map_private, "KiB") X(free, "KiB") X(promised, "KiB")		       \
	X(traffic, "KiB") X(cached, "KiB") X(dirty, "KiB")		       \
	X(number, "") X(errno, "")

#define LAB_ENUM(name, ...)	LAB_##name,
enum lab_column {
	LAB_NUMBERS(LAB_ENUM)
	LAB_FIRST_COUNTER,
	NR_LAB = LAB_FIRST_COUNTER + PAGESTAT_NR
};
#undef LAB_ENUM

/*
 * A counter as a column.  minor and major are the kernel's own numbers, and known
 * without the module.
 */
#define LAB_COUNTER(name)	((enum lab_column)(LAB_FIRST_COUNTER + PAGESTAT_##name))

_Static_assert((int)NR_LAB <= 64, "a bit for every number");

/**
 * struct reading - these numbers
 * @value: by enum lab_column
 * @known: bit n is set if value[n] is a number
 */
struct reading {
	uint64_t value[NR_LAB];
	uint64_t known;
};

static inline bool lab_is_counter(enum lab_column column)
{
	return column >= LAB_FIRST_COUNTER;
}

const char *lab_column_name(enum lab_column column);
const char *lab_column_unit(enum lab_column column);
void reading_set(struct reading *r, enum lab_column column, uint64_t value);
int reading_take(struct reading *r, struct reader *reader, pid_t pid, const void *area);

#endif /* PAGESTAT_LAB_READING_H */
