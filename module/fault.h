/* SPDX-License-Identifier: GPL-2.0 */
/*
 * fault.h - the fault that a thread entered last, and how it is counted
 *
 * No return probe is needed to learn how a fault ended: the kernel accounts it to
 * the thread before that can enter the next one.  So the next entry, or a reader,
 * compares the thread's own min_flt and maj_flt with what they were.
 */
#ifndef PAGESTAT_FAULT_H
#define PAGESTAT_FAULT_H

#include <linux/compiler.h>
#include <linux/mm.h>

#include "uapi/pagestat.h"

struct pagestat_tally {
	u64 n[PAGESTAT_NR];
};

/* What struct pagestat_fault.expect and .copy say beside a counter. */
#define PAGESTAT_COUNTED	0x80		/* with a counter: it was counted */
#define PAGESTAT_NO_FAULT	PAGESTAT_NR	/* no fault was seen yet */
#define PAGESTAT_NO_COPY	PAGESTAT_NR	/* do_wp_page() was not seen */

/**
 * struct pagestat_fault - the fault that a thread entered last
 * @accounted: min_flt + maj_flt of the thread when it entered
 * @major:     maj_flt when it entered
 * @address:   the address
 * @flags:     FAULT_FLAG_* of the call
 * @swapped:   pages that swap-in mapped, not yet counted as read or found
 * @uffd:      it went to a userfaultfd, by this try or one before
 * @outer:     @expect of the fault whose handler made this one, plus 1; or 0
 * @outer_flags: its FAULT_FLAG_*, as many as say how memory was accessed
 * @expect:    the counter of its outcome, unless a leaf says otherwise; or the one
 *             that a leaf has counted, and PAGESTAT_COUNTED
 * @copy:      the counter of a copy, if do_wp_page() makes one
 */
struct pagestat_fault {
	unsigned long accounted;
	unsigned long major;
	unsigned long address;
	unsigned int flags;
	unsigned int swapped;
	bool uffd;
	unsigned char outer;
	unsigned short outer_flags;
	unsigned char expect;
	unsigned char copy;
};

/* How memory was accessed by a fault that was accounted. */
static __always_inline void pagestat_fault_access(unsigned int flags,
						  struct pagestat_tally *tally)
{
	if (flags & FAULT_FLAG_WRITE)
		tally->n[PAGESTAT_write]++;
	else if (unlikely(flags & FAULT_FLAG_INSTRUCTION))
		tally->n[PAGESTAT_exec]++;
	else
		tally->n[PAGESTAT_read]++;

	if (unlikely(!(flags & FAULT_FLAG_USER)))
		tally->n[PAGESTAT_kernel]++;
	if (unlikely(flags & FAULT_FLAG_REMOTE))
		tally->n[PAGESTAT_remote]++;
}

/* Of several faults that were accounted, those beyond the one that was entered last. */
static __always_inline void pagestat_fault_settle_others(const struct pagestat_fault *fault,
							 unsigned long faults,
							 struct pagestat_tally *tally)
{
	if (fault->outer) {
		faults--;
		if (fault->outer <= PAGESTAT_NR)
			tally->n[fault->outer - 1]++;
		pagestat_fault_access(fault->outer_flags, tally);
	}
	tally->n[PAGESTAT_other] += faults;
}

/**
 * pagestat_fault_settle() - count what the kernel's accounting says of the last fault
 * @fault: the fault; its pages from swap are counted
 * @tally: where to count
 * @minor: the thread's min_flt now
 * @major: the thread's maj_flt now
 *
 * A fault that was not accounted was retried or failed: it had no outcome, but
 * pages it may have brought back, which are counted with the one that is accounted.
 * A fault beyond the one that was entered last is the one whose handler made that; or
 * the hook never saw it (it missed it, or it began before the record): these count as
 * "other", so that every fault the kernel counted is in some counter.  One that went to
 * a userfaultfd and then finds the page in place was counted as "uffd" only.
 */
static __always_inline void pagestat_fault_settle(struct pagestat_fault *fault,
						  struct pagestat_tally *tally,
						  unsigned long minor,
						  unsigned long major)
{
	unsigned long faults = minor + major - fault->accounted;

	if (!faults)
		return;
	if (fault->expect < PAGESTAT_NR &&
	    likely(!fault->uffd || fault->expect != PAGESTAT_other))
		tally->n[fault->expect]++;
	if (likely(fault->expect != PAGESTAT_NO_FAULT))
		pagestat_fault_access(fault->flags, tally);
	if (unlikely(fault->swapped)) {
		tally->n[major != fault->major ? PAGESTAT_swapin_io :
			 PAGESTAT_swapin_cache] += fault->swapped;
		fault->swapped = 0;
	}
	if (unlikely(faults > 1 || fault->expect == PAGESTAT_NO_FAULT))
		pagestat_fault_settle_others(fault,
					     faults - (fault->expect != PAGESTAT_NO_FAULT),
					     tally);
	/* The compiler makes it one store. */
	fault->uffd = false;
	fault->outer = 0;
	fault->outer_flags = 0;
}

#endif /* PAGESTAT_FAULT_H */
