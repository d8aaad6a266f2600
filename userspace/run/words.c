// SPDX-License-Identifier: GPL-2.0
/*
 * Words and amounts for the bill of one run and that of many
 */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "run/bill.h"

/* How a line begins; without an entry, by the name of the counter. */
static const char *const words[NR_COLUMNS] = {
	[COL_minor]	   = "served without waiting",
	[COL_major]	   = "waited for a device",
	[COL_cow]	   = "copied",
	[COL_cow_anon]	   = "copied after fork",
	[COL_cow_file]	   = "copied from files",
	[COL_cow_ksm]	   = "copied, had been merged",
	[COL_cow_huge]	   = "copied, huge",
	[COL_reuse]	   = "kept without copying",
	[COL_unshare]	   = "copied to be pinned",
	[COL_zerofill]	   = "filled with zeroes",
	[COL_zeromap]	   = "read, never written",
	[COL_filemap]	   = "mapped from files",
	[COL_mapped]	   = "pages of files mapped",
	[COL_swapin]	   = "brought back from swap",
	[COL_swapin_io]	   = "read from swap",
	[COL_swapin_cache] = "found in swap cache",
	[COL_swapout]	   = "sent to swap",
	[COL_refault]	   = "evicted before",
	[COL_thrash]	   = "evicted too early",
	[COL_reclaim]	   = "reclaimed memory",
	[COL_reclaim_ns]   = "which took",
	[COL_oom]	   = "killed to get memory",
	[COL_numa]	   = "NUMA hints",
	[COL_uffd]	   = "left to a userfaultfd",
	[COL_retry]	   = "had to be retried",
	[COL_error]	   = "failed",
	[COL_read]	   = "by reading",
	[COL_write]	   = "by writing",
	[COL_exec]	   = "by executing",
	[COL_kernel]	   = "in the kernel",
	[COL_remote]	   = "on others' memory",
	[COL_other]	   = "none of these",
	[COL_stall]	   = "stalled for memory",
	[COL_stall_ns]	   = "which took",
	[COL_compact]	   = "compacted memory",
	[COL_compact_ns]   = "which took",
	[COL_throttle]	   = "slowed down by cgroup",
	[COL_throttle_ns]  = "which took",
};

const char *bill_words(enum column_id column)
{
	return words[column] ? words[column] : process_columns[column].name;
}

/* 1234567 becomes 1,234,567, in any locale. */
void bill_group_digits(char to[32], uint64_t n)
{
	char digits[24];
	int len = snprintf(digits, sizeof(digits), "%" PRIu64, n);

	for (int i = 0; i < len; i++) {
		*to++ = digits[i];
		if (i + 1 < len && (len - i - 1) % 3 == 0)
			*to++ = ',';
	}
	*to = '\0';
}

/* "= 100.0 MiB" for pages, "= 1.234 s" for ns, "" for other units. */
void bill_size(char to[32], const struct column *column, double n, uint64_t page_size)
{
	static const char prefix[] = "KMGTPE";
	const char *p = prefix;
	double size;

	*to = '\0';
	if (strcmp(column->unit, "ns") == 0) {
		snprintf(to, 32, "= %.3f s", n / 1e9);
	} else if (strcmp(column->unit, "pages") == 0) {
		/* What rounds to 1024.0 is 1.0 of the next unit. */
		for (size = n * (double)page_size / 1024; size >= 1023.95 && p[1]; p++)
			size /= 1024;
		snprintf(to, 32, "= %.1f %ciB", size, *p);
	}
}

/* A counter of a bill as it is, by the second, or in percent of the time that it ran. */
double bill_scaled(const struct bill *bill, struct scale scale, enum column_id c)
{
	double value = (double)bill->cost.value[c], seconds = (double)bill->wall_ns / 1e9;

	switch (scale_of(scale, c)) {
	case SCALED_RATE:
		return value / seconds;
	case SCALED_SHARE:
		return value / seconds / 1e7;
	default:
		return value;
	}
}

void bill_print_command(FILE *out, char **command)
{
	for (size_t i = 0; command[i]; i++) {
		char *safe = text_escape_dup(command[i], TEXT_FOR_TERMINAL);

		fprintf(out, "%s%s", i ? " " : "", safe ? safe : "?");
		free(safe);
	}
}
