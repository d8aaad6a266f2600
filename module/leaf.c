// SPDX-License-Identifier: GPL-2.0
/*
 * leaf.c - the leaves of a fault: what came of it
 *
 * The kernel calls a leaf once for each success, under the page table lock and
 * after it has made sure that no other thread was faster, so that lost races
 * count nothing.  Who called the leaf tells what it was called for.
 *
 * Context: see faulting.h; the page table lock is held in all of them.
 */
#include <linux/hugetlb.h>
#include <linux/mm.h>

#include "caller.h"
#include "compat.h"
#include "count.h"
#include "events.h"
#include "faulting.h"

/* A page was filled with what was in page frame @old, 0 where that is not known. */
static __always_inline void copied(struct thread *t,
				   enum pagestat_counter counter,
				   unsigned long pages, unsigned long old,
				   struct pt_regs *regs)
{
	outcome(t, counter, pages);
	tell_copied(counter, old, regs);
}

/*
 * count_new_anon() - (folio|page)_add_new_anon_rmap(folio, vma, ...): a new
 * anonymous page gets its first mapping
 *
 * Context: see the top of this file.
 */
int count_new_anon(struct kprobe *kp, struct pt_regs *regs)
{
	struct thread *t = faulting(HOOK_NEW_ANON);
	unsigned long from;

	if (unlikely(!t))
		return 0;

	switch (caller_of(regs, &from)) {
	case CALLER_ANON:
		outcome(t, PAGESTAT_zerofill, compat_pages(regs, 0));
		break;
	case CALLER_WP:
		/* Without count_wp() nobody knows what was copied. */
		if (likely(t->fault.copy != NO_COPY))
			copied(t, t->fault.copy, 1, t->copied, regs);
		else
			hook_stray(HOOK_NEW_ANON, from);
		break;
	case CALLER_MAP_FILE:
		copied(t, PAGESTAT_cow_file, compat_pages(regs, 0), 0, regs);
		break;
	case CALLER_SWAP:
		swapped_in(t, compat_pages(regs, 0));
		break;
	case CALLER_NO_FAULT:
		break;
	default:
		hook_stray(HOOK_NEW_ANON, from);
	}
	return 0;
}

/*
 * count_reuse() - ptep_set_access_flags(vma, address, ptep, entry, dirty): a
 * page that is mapped already is made writable, or young
 *
 * In a shared mapping nothing would have been copied, so nothing is spared.
 *
 * Context: see the top of this file.
 */
int count_reuse(struct kprobe *kp, struct pt_regs *regs)
{
	struct thread *t = faulting(HOOK_REUSE);
	unsigned long from;
	struct vm_area_struct *vma;

	if (unlikely(!t))
		return 0;

	vma = (void *)regs_get_kernel_argument(regs, 0);
	switch (caller_of(regs, &from)) {
	case CALLER_WP:
		if (!(vma->vm_flags & VM_SHARED))
			outcome(t, PAGESTAT_reuse, 1);
		break;
	case CALLER_ANON:	/* it was there: another thread was faster */
		no_outcome(t);
		break;
	case CALLER_HUGETLB_WP:
		/* A page filled by this very fault goes the same way. */
		if (!(vma->vm_flags & VM_SHARED) &&
		    !(t->fault.expect & COUNTED))
			outcome(t, PAGESTAT_reuse,
				pages_per_huge_page(hstate_vma(vma)));
		break;
	case CALLER_HUGETLB_NEW:
	case CALLER_NO_FAULT:
		break;
	default:
		hook_stray(HOOK_REUSE, from);
	}
	return 0;
}

/*
 * count_huge_reuse() - pmdp_set_access_flags(vma, address, pmdp, entry, dirty)
 *
 * Context: see the top of this file.
 */
int count_huge_reuse(struct kprobe *kp, struct pt_regs *regs)
{
	struct thread *t = faulting(HOOK_HUGE_REUSE);
	unsigned long from;

	if (unlikely(!t))
		return 0;

	switch (caller_of(regs, &from)) {
	case CALLER_HUGE_WP:
		outcome(t, PAGESTAT_reuse, PMD_SIZE / PAGE_SIZE);
		break;
	case CALLER_ANON:	/* it was there: another thread was faster */
	case CALLER_TOUCH:
		no_outcome(t);
		break;
	case CALLER_NO_FAULT:
		break;
	default:
		hook_stray(HOOK_HUGE_REUSE, from);
	}
	return 0;
}

/*
 * count_hugetlb() - (hugetlb|hugepage)_add_new_anon_rmap(folio, vma, address)
 *
 * Context: see the top of this file.
 */
int count_hugetlb(struct kprobe *kp, struct pt_regs *regs)
{
	struct thread *t = faulting(HOOK_HUGETLB);
	unsigned long from;

	if (unlikely(!t))
		return 0;

	switch (caller_of(regs, &from)) {
	case CALLER_HUGETLB_NEW:
		outcome(t, PAGESTAT_zerofill, compat_pages(regs, 0));
		break;
	case CALLER_HUGETLB_WP:
		copied(t, t->fault.copy == PAGESTAT_unshare ?
			  PAGESTAT_unshare : PAGESTAT_cow_huge,
		       compat_pages(regs, 0), 0, regs);
		break;
	case CALLER_NO_FAULT:
		break;
	default:
		hook_stray(HOOK_HUGETLB, from);
	}
	return 0;
}

static __always_inline int swap_map(struct pt_regs *regs, unsigned long pages)
{
	struct thread *t = faulting(HOOK_SWAP_MAP);
	unsigned long from;

	if (unlikely(!t))
		return 0;

	switch (caller_of(regs, &from)) {
	case CALLER_SWAP:
		swapped_in(t, pages);
		break;
	case CALLER_HIDDEN:
		hook_stray(HOOK_SWAP_MAP, from);
		break;
	default:	/* all others who map an old page move it about */
		break;
	}
	return 0;
}

/*
 * count_swap_map() - page_add_anon_rmap(page, vma, address, flags)
 *
 * Context: see the top of this file.
 */
int count_swap_map(struct kprobe *kp, struct pt_regs *regs)
{
	return swap_map(regs, 1);
}

/*
 * count_swap_map_pages() - folio_add_anon_rmap_ptes(folio, page, pages, ...)
 *
 * Context: see the top of this file.
 */
int count_swap_map_pages(struct kprobe *kp, struct pt_regs *regs)
{
	return swap_map(regs, (unsigned int)regs_get_kernel_argument(regs, 2));
}
