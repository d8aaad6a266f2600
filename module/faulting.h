/* SPDX-License-Identifier: GPL-2.0 */
/*
 * faulting.h - what the handlers of stages and of leaves have in common
 *
 * Context of those handlers: entry probes in the context of the faulting thread,
 * preemption off, often under the page table lock.  They write to the running
 * thread's own record and to this CPU's hit counters, take no lock, allocate
 * nothing, touch no user memory and call nothing that is probed.
 */
#ifndef PAGESTAT_FAULTING_H
#define PAGESTAT_FAULTING_H

#include <linux/sched.h>

#include "hits.h"
#include "records.h"

/*
 * The running thread, if it is in a fault that it entered when it had a record: the
 * kernel has not accounted it yet.  Stages and leaves are called outside of faults,
 * too, as by fork, khugepaged and MADV_COLLAPSE.
 */
static __always_inline struct pagestat_thread *pagestat_faulting_thread(enum pagestat_hook_id id)
{
	struct pagestat_thread *t = pagestat_thread_current();

	pagestat_hook_hit(id);
	if (unlikely(!t || t->fault.expect == PAGESTAT_NO_FAULT))
		return NULL;
	if (unlikely(current->min_flt + current->maj_flt != t->fault.accounted))
		return NULL;
	return t;
}

/* All CPUs see the outcome of a fault before the kernel accounts it. */
static __always_inline void pagestat_fault_wmb(void)
{
	smp_wmb();	/* pairs with pagestat_thread_read()'s */
}

/* The fault in progress had this outcome. */
static __always_inline void pagestat_count_outcome(struct pagestat_thread *t,
						   enum pagestat_counter counter,
						   unsigned long pages)
{
	pagestat_thread_count(t, counter, pages);
	t->fault.expect = counter | PAGESTAT_COUNTED;
	pagestat_fault_wmb();
}

/* It has none that a leaf counts. */
static __always_inline void pagestat_count_no_outcome(struct pagestat_thread *t)
{
	t->fault.expect = PAGESTAT_other;
	pagestat_fault_wmb();
}

/*
 * Pages came back from swap.  Whether they were read or found in the swap cache is
 * counted when the kernel has accounted it, see pagestat_fault_settle().
 */
static __always_inline void pagestat_count_swapped_in(struct pagestat_thread *t,
						      unsigned long pages)
{
	t->fault.swapped += pages;
	t->fault.expect = PAGESTAT_swapin | PAGESTAT_COUNTED;
	pagestat_fault_wmb();
}

#endif /* PAGESTAT_FAULTING_H */
