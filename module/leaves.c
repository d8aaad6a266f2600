// SPDX-License-Identifier: GPL-2.0
/*
 * leaves.c - the leaves of a fault: its outcome
 *
 * The kernel calls a leaf once for each success, under the page table lock and
 * after it has made sure that no other thread was faster, so that lost races
 * count nothing.  Which outcome it is depends on the function that called the leaf.
 *
 * Context: see faulting.h; the page table lock is held in all of them.  Those for pages
 * of files are attached on demand, see demand.c.
 */
#include <linux/hugetlb.h>
#include <linux/mm.h>

#include "caller.h"
#include "compat.h"
#include "events.h"
#include "faulting.h"
#include "handlers.h"

/* A page is a copy of page frame @old, 0 where that is not known. */
static __always_inline void count_copied(struct pagestat_thread *t,
				   enum pagestat_counter counter,
				   unsigned long pages, unsigned long old,
				   const struct pagestat_call *call)
{
	pagestat_count_outcome(t, counter, pages);
	pagestat_event_copied(counter, old, call);
}

/*
 * count_new_anon() - (folio|page)_add_new_anon_rmap(folio, vma, ...): a new
 * anonymous page gets its first mapping
 *
 * Context: see the top of this file.
 */
static __always_inline void count_new_anon(const struct pagestat_call *call)
{
	struct pagestat_thread *t = pagestat_faulting_thread(HOOK_NEW_ANON);
	unsigned long from;

	if (unlikely(!t))
		return;

	switch (pagestat_caller_of(call, &from)) {
	case CALLER_ANON:
	case CALLER_FAULT_ANON:
	case CALLER_HUGE_WP:	/* over the huge zero page */
		pagestat_count_outcome(t, PAGESTAT_zerofill, pagestat_call_pages(call, 0));
		break;
	case CALLER_WP:
		/*
		 * What was copied is known from count_wp() only.  Without its entry, the
		 * compiler has inlined do_wp_page() into who called this time.
		 */
		if (likely(t->fault.copy != PAGESTAT_NO_COPY))
			count_copied(t, t->fault.copy, 1, t->copied, call);
		else
			pagestat_hook_stray(HOOK_WP, from);
		break;
	case CALLER_MAP_FILE:
		count_copied(t, PAGESTAT_cow_file, pagestat_call_pages(call, 0), 0, call);
		break;
	case CALLER_SWAP:
		pagestat_count_swapped_in(t, pagestat_call_pages(call, 0));
		break;
	case CALLER_NO_FAULT:
		break;
	default:
		pagestat_hook_stray(HOOK_NEW_ANON, from);
	}
}
DEFINE_HANDLER(count_new_anon, pagestat_count_new_anon_traced, pagestat_count_new_anon_probed)

/*
 * Until 6.0 a shared page of a file was made writable by a first try, which then
 * waited without the lock; the second one found it writable.  So it does where a
 * userfaultfd has served the page.
 */
static __always_inline bool made_writable(const struct pagestat_thread *t)
{
	const unsigned int again = FAULT_FLAG_WRITE | FAULT_FLAG_TRIED;

	return COMPAT_SLOWED_DOWN_TWICE && t->fault.expect == PAGESTAT_filemap &&
	       !t->fault.uffd && (t->fault.flags & again) == again;
}

/*
 * A function that all faults go through makes a page writable that was protected against
 * it: so do_wp_page() is inlined into that.  A page that another thread has made writable
 * already is no reuse.
 */
static __always_inline bool was_protected(const struct pagestat_thread *t,
					  const struct pagestat_call *call)
{
	const pte_t *ptep = (void *)pagestat_call_argument(call, 2);

	return t->fault.flags & FAULT_FLAG_WRITE && !pte_write(READ_ONCE(*ptep));
}

/* In a shared mapping nothing would have been copied. */
static __always_inline void count_reused(struct pagestat_thread *t,
					 const struct vm_area_struct *vma)
{
	if (!(vma->vm_flags & VM_SHARED))
		pagestat_count_outcome(t, PAGESTAT_reuse, 1);
}

/* A page that is mapped already is made writable, or young. */
static __always_inline void made_accessible(const struct pagestat_call *call,
					    enum pagestat_hook_id id)
{
	struct pagestat_thread *t = pagestat_faulting_thread(id);
	unsigned long from;
	struct vm_area_struct *vma;

	if (unlikely(!t))
		return;

	vma = (void *)pagestat_call_argument(call, 0);
	switch (pagestat_caller_of(call, &from)) {
	case CALLER_WP:
		count_reused(t, vma);
		break;
	case CALLER_HUGE_WP:
		pagestat_count_outcome(t, PAGESTAT_reuse, PMD_SIZE / PAGE_SIZE);
		break;
	case CALLER_FAULT:
	case CALLER_FAULT_ANON:
		if (unlikely(id == HOOK_REUSE && was_protected(t, call)))
			count_reused(t, vma);
		else if (!made_writable(t))
			pagestat_count_no_outcome(t);
		break;
	case CALLER_TOUCH:
	case CALLER_HUGETLB_NEW:
	case CALLER_HUGETLB_FAULT:
		pagestat_count_no_outcome(t);
		break;
	case CALLER_HUGETLB_WP:
		/* The kernel calls it for a page that this fault has filled, too. */
		if (!(vma->vm_flags & VM_SHARED) &&
		    !(t->fault.expect & PAGESTAT_COUNTED))
			pagestat_count_outcome(t, PAGESTAT_reuse,
					       pages_per_huge_page(hstate_vma(vma)));
		break;
	case CALLER_NO_FAULT:
		break;
	default:
		pagestat_hook_stray(id, from);
	}
}

/*
 * count_reuse() - ptep_set_access_flags(vma, address, ptep, entry, dirty), or
 * __ptep_set_access_flags_anysz(), which has the size of the page as one more
 *
 * Context: see the top of this file.
 */
static __always_inline void count_reuse(const struct pagestat_call *call)
{
	made_accessible(call, HOOK_REUSE);
}
DEFINE_HANDLER(count_reuse, pagestat_count_reuse_traced, pagestat_count_reuse_probed)

/*
 * count_huge_reuse() - pmdp_set_access_flags(vma, address, pmdp, entry, dirty), or
 * huge_ptep_set_access_flags(vma, address, ptep, entry, dirty): those that do not call
 * ptep_set_access_flags()
 *
 * Context: see the top of this file.
 */
static __always_inline void count_huge_reuse(const struct pagestat_call *call)
{
	made_accessible(call, HOOK_HUGE_REUSE);
}
DEFINE_HANDLER(count_huge_reuse, pagestat_count_huge_reuse_traced,
	       pagestat_count_huge_reuse_probed)

/*
 * count_hugetlb() - (hugetlb|hugepage)_add_new_anon_rmap(folio, vma, address)
 *
 * Context: see the top of this file.
 */
static __always_inline void count_hugetlb(const struct pagestat_call *call)
{
	struct pagestat_thread *t = pagestat_faulting_thread(HOOK_HUGETLB);
	unsigned long from;

	if (unlikely(!t))
		return;

	switch (pagestat_caller_of(call, &from)) {
	case CALLER_HUGETLB_NEW:
		pagestat_count_outcome(t, PAGESTAT_zerofill, pagestat_call_pages(call, 0));
		break;
	case CALLER_HUGETLB_WP:
		count_copied(t, t->fault.copy == PAGESTAT_unshare ?
			  PAGESTAT_unshare : PAGESTAT_cow_huge,
		       pagestat_call_pages(call, 0), 0, call);
		break;
	case CALLER_NO_FAULT:
		break;
	default:
		pagestat_hook_stray(HOOK_HUGETLB, from);
	}
}
DEFINE_HANDLER(count_hugetlb, pagestat_count_hugetlb_traced, pagestat_count_hugetlb_probed)

static __always_inline void count_swap_mapped(const struct pagestat_call *call,
				     unsigned long pages)
{
	struct pagestat_thread *t = pagestat_faulting_thread(HOOK_SWAP_MAP);
	unsigned long from;

	if (unlikely(!t))
		return;

	switch (pagestat_caller_of(call, &from)) {
	case CALLER_SWAP:
		pagestat_count_swapped_in(t, pages);
		break;
	case CALLER_HIDDEN:
		pagestat_hook_stray(HOOK_SWAP_MAP, from);
		break;
	default:	/* no fault: migration and the like map a page again */
		break;
	}
}

/*
 * count_swap_map() - page_add_anon_rmap(page, vma, address, flags)
 *
 * Context: see the top of this file.
 */
static __always_inline void count_swap_map(const struct pagestat_call *call)
{
	count_swap_mapped(call, 1);
}
DEFINE_HANDLER(count_swap_map, pagestat_count_swap_map_traced, pagestat_count_swap_map_probed)

/*
 * count_swap_map_pages() - folio_add_anon_rmap_ptes(folio, page, pages, ...)
 *
 * Context: see the top of this file.
 */
static __always_inline void count_swap_map_pages(const struct pagestat_call *call)
{
	count_swap_mapped(call, (unsigned int)pagestat_call_argument(call, 2));
}
DEFINE_HANDLER(count_swap_map_pages, pagestat_count_swap_map_pages_traced,
	       pagestat_count_swap_map_pages_probed)

/*
 * A page of a file is mapped.  That is no outcome: what the fault is counted as is known
 * without, see stages.c.
 */
static __always_inline void count_file_mapped(const struct pagestat_call *call,
					      enum pagestat_hook_id id, unsigned long pages)
{
	struct pagestat_thread *t = pagestat_faulting_thread(id);
	unsigned long from;

	if (unlikely(!t))
		return;

	switch (pagestat_caller_of(call, &from)) {
	case CALLER_MAP_FILE:
		pagestat_thread_count(t, PAGESTAT_mapped, pages);
		pagestat_fault_wmb();
		break;
	case CALLER_NO_FAULT:
		break;
	default:
		pagestat_hook_stray(id, from);
	}
}

/*
 * count_mapped() - folio_add_file_rmap_ptes(folio, page, pages, vma)
 *
 * Context: see the top of this file.
 */
static __always_inline void count_mapped(const struct pagestat_call *call)
{
	count_file_mapped(call, HOOK_MAPPED, (unsigned int)pagestat_call_argument(call, 2));
}
DEFINE_HANDLER(count_mapped, pagestat_count_mapped_traced, pagestat_count_mapped_probed)

/*
 * count_mapped_page() - page_add_file_rmap(page, ..., compound)
 *
 * Context: see the top of this file.
 */
static __always_inline void count_mapped_page(const struct pagestat_call *call)
{
	bool huge = (u8)pagestat_call_argument(call, COMPAT_FILE_RMAP_COMPOUND);

	count_file_mapped(call, HOOK_MAPPED, huge ? PMD_SIZE / PAGE_SIZE : 1);
}
DEFINE_HANDLER(count_mapped_page, pagestat_count_mapped_page_traced,
	       pagestat_count_mapped_page_probed)

/*
 * count_mapped_huge() - folio_add_file_rmap_pmd(folio, page, vma)
 *
 * Context: see the top of this file.
 */
static __always_inline void count_mapped_huge(const struct pagestat_call *call)
{
	count_file_mapped(call, HOOK_MAPPED_HUGE, PMD_SIZE / PAGE_SIZE);
}
DEFINE_HANDLER(count_mapped_huge, pagestat_count_mapped_huge_traced,
	       pagestat_count_mapped_huge_probed)
