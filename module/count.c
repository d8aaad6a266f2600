// SPDX-License-Identifier: GPL-2.0
/*
 * count.c - what a hit of a hook means
 *
 * Two kinds of hooks work together.  Those at the entry of a stage (a fault, a
 * write to a protected page, a swap-in) note what to expect.  Those at a leaf
 * count what came of it: the kernel calls the leaf once for each success, under
 * the page table lock and after it has made sure that no other thread was
 * faster, so that lost races count nothing.  Who called the leaf tells what it
 * was called for.
 *
 * Context of all handlers here but the last two: entry probes in the context of
 * the faulting thread, preemption off, often under the page table lock.  They
 * write to the running thread's own record and to this CPU's hit counters, take
 * no lock, allocate nothing, touch no user memory and call nothing that is
 * probed.
 */
#include <linux/hugetlb.h>
#include <linux/mm.h>
#include <linux/pgtable.h>

#include "caller.h"
#include "compat.h"
#include "count.h"
#include "hooks.h"
#include "record.h"

/*
 * The running thread, if it is in a fault that it entered with its record: the
 * kernel has not accounted it yet.  Stages and leaves are passed outside of
 * faults, too, as by fork, khugepaged and MADV_COLLAPSE.
 */
static __always_inline struct thread *faulting(enum hook_id id)
{
	struct thread *t = thread_current();

	hook_hit(id);
	if (unlikely(!t || t->fault.expect == NO_FAULT))
		return NULL;
	if (unlikely(current->min_flt + current->maj_flt != t->fault.accounted))
		return NULL;
	return t;
}

/* The fault in progress had this outcome. */
static __always_inline void outcome(struct thread *t,
				    enum pagestat_counter counter,
				    unsigned long pages)
{
	WRITE_ONCE(t->tally.n[counter], t->tally.n[counter] + pages);
	t->fault.expect = EXPECT_NOTHING;
}

/* It has none that a leaf tells. */
static __always_inline void no_outcome(struct thread *t)
{
	t->fault.expect = PAGESTAT_other;
}

/*
 * Pages came back from swap.  Read or found is told when the kernel has said
 * major or minor, see fault_settle().
 */
static __always_inline void swapped_in(struct thread *t, unsigned long pages)
{
	t->fault.swapped += pages;
	t->fault.expect = EXPECT_NOTHING;
}

/*
 * Mapping a page of the page cache, or the zero page, has no leaf of its own: a
 * fault on such memory that nobody else claims did just that.
 */
static __always_inline enum pagestat_counter
expected(const struct vm_area_struct *vma, unsigned int flags)
{
	if (!vma->vm_ops)	/* anonymous */
		return flags & (FAULT_FLAG_WRITE | FAULT_FLAG_UNSHARE) ?
			       PAGESTAT_other : PAGESTAT_zeromap;
	/* A private write never maps the page cache; devices have none. */
	if (!vma->vm_file || flags & FAULT_FLAG_UNSHARE ||
	    vma->vm_flags & (VM_HUGETLB | VM_PFNMAP | VM_MIXEDMAP) ||
	    (flags & FAULT_FLAG_WRITE && !(vma->vm_flags & VM_SHARED)))
		return PAGESTAT_other;
	return PAGESTAT_filemap;
}

/*
 * count_fault() - handle_mm_fault(vma, address, flags, regs): a fault begins
 *
 * Context: see the top of this file; no page table lock, the vma is held.
 */
int count_fault(struct kprobe *kp, struct pt_regs *regs)
{
	struct thread *t = thread_current();
	const struct vm_area_struct *vma;
	unsigned long minor, major;
	unsigned int flags;

	hook_hit(HOOK_FAULT);
	if (unlikely(!t))
		return 0;

	vma = (void *)regs_get_kernel_argument(regs, 0);
	flags = regs_get_kernel_argument(regs, 2);
	minor = current->min_flt;
	major = current->maj_flt;

	raw_write_seqcount_begin(&t->seq);
	fault_settle(&t->fault, &t->tally, minor, major);
	t->fault.accounted = minor + major;
	t->fault.major = major;
	t->fault.expect = expected(vma, flags);
	t->fault.copy = flags & FAULT_FLAG_UNSHARE ? PAGESTAT_unshare :
						     EXPECT_NOTHING;
	raw_write_seqcount_end(&t->seq);
	return 0;
}

/* What a copy of the page would be.  Its page table lock is held. */
static __always_inline enum pagestat_counter copy_of(pte_t pte)
{
	unsigned long pfn = pte_pfn(pte);
	struct folio *folio;

	if (is_zero_pfn(pfn))
		return PAGESTAT_zerofill;
	/* A device's memory, or a damaged entry, has no page to look at. */
	if (unlikely(pte_special(pte) || !pfn_valid(pfn)))
		return PAGESTAT_cow_file;

	folio = page_folio(pfn_to_page(pfn));
	if (!folio_test_anon(folio))
		return PAGESTAT_cow_file;
	if (unlikely(folio_test_ksm(folio)))
		return PAGESTAT_cow_ksm;
	return PAGESTAT_cow_anon;
}

/*
 * count_wp() - do_wp_page(vmf): a write to a write-protected page begins
 *
 * Context: see the top of this file; the page table lock is held and
 * vmf->orig_pte is what the table says, so that its page is still mapped and
 * cannot be freed.
 */
int count_wp(struct kprobe *kp, struct pt_regs *regs)
{
	struct thread *t = faulting(HOOK_WP);
	const struct vm_fault *vmf;

	if (unlikely(!t || t->fault.copy == PAGESTAT_unshare))
		return 0;
	vmf = (void *)regs_get_kernel_argument(regs, 0);
	t->fault.copy = copy_of(vmf->orig_pte);
	return 0;
}

/*
 * count_swap() - do_swap_page(vmf): an absent page that is somewhere else
 *
 * Should another thread be faster, or should it be no swap entry, then nothing
 * was brought back, and nothing else was mapped either.
 *
 * Context: see the top of this file; no page table lock.
 */
int count_swap(struct kprobe *kp, struct pt_regs *regs)
{
	struct thread *t = faulting(HOOK_SWAP);

	if (likely(t))
		no_outcome(t);
	return 0;
}

/*
 * count_numa() - task_numa_fault(...): a page was made absent to see who uses it
 *
 * Context: see the top of this file; no page table lock.
 */
int count_numa(struct kprobe *kp, struct pt_regs *regs)
{
	struct thread *t = faulting(HOOK_NUMA);

	if (likely(t))
		outcome(t, PAGESTAT_numa, 1);
	return 0;
}

/*
 * count_new_anon() - (folio|page)_add_new_anon_rmap(folio, vma, ...): a new
 * anonymous page gets its first mapping
 *
 * Context: see the top of this file; the page table lock is held.
 */
int count_new_anon(struct kprobe *kp, struct pt_regs *regs)
{
	struct thread *t = faulting(HOOK_NEW_ANON);
	unsigned long from = compat_caller(regs);

	if (unlikely(!t))
		return 0;

	switch (caller_at(from)) {
	case CALLER_ANON:
		outcome(t, PAGESTAT_zerofill, compat_pages(regs, 0));
		break;
	case CALLER_WP:
		/* Without count_wp() nobody knows what was copied. */
		if (likely(t->fault.copy != EXPECT_NOTHING))
			outcome(t, t->fault.copy, 1);
		else
			hook_stray(HOOK_NEW_ANON, from);
		break;
	case CALLER_MAP_FILE:
		outcome(t, PAGESTAT_cow_file, compat_pages(regs, 0));
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
 * Context: see the top of this file; the page table lock is held.
 */
int count_reuse(struct kprobe *kp, struct pt_regs *regs)
{
	struct thread *t = faulting(HOOK_REUSE);
	unsigned long from = compat_caller(regs);
	struct vm_area_struct *vma;

	if (unlikely(!t))
		return 0;

	vma = (void *)regs_get_kernel_argument(regs, 0);
	switch (caller_at(from)) {
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
		    t->fault.expect != EXPECT_NOTHING)
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
 * Context: see the top of this file; the page table lock is held.
 */
int count_huge_reuse(struct kprobe *kp, struct pt_regs *regs)
{
	struct thread *t = faulting(HOOK_HUGE_REUSE);
	unsigned long from = compat_caller(regs);

	if (unlikely(!t))
		return 0;

	switch (caller_at(from)) {
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
 * Context: see the top of this file; the page table lock is held.
 */
int count_hugetlb(struct kprobe *kp, struct pt_regs *regs)
{
	struct thread *t = faulting(HOOK_HUGETLB);
	unsigned long from = compat_caller(regs);

	if (unlikely(!t))
		return 0;

	switch (caller_at(from)) {
	case CALLER_HUGETLB_NEW:
		outcome(t, PAGESTAT_zerofill, compat_pages(regs, 0));
		break;
	case CALLER_HUGETLB_WP:
		outcome(t, t->fault.copy == PAGESTAT_unshare ?
			   PAGESTAT_unshare : PAGESTAT_cow_huge,
			compat_pages(regs, 0));
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

	/* All others who map an old anonymous page move it about. */
	if (likely(t) && caller_at(compat_caller(regs)) == CALLER_SWAP)
		swapped_in(t, pages);
	return 0;
}

/*
 * count_swap_map() - page_add_anon_rmap(page, vma, address, flags)
 *
 * Context: see the top of this file; the page table lock is held.
 */
int count_swap_map(struct kprobe *kp, struct pt_regs *regs)
{
	return swap_map(regs, 1);
}

/*
 * count_swap_map_pages() - folio_add_anon_rmap_ptes(folio, page, pages, ...)
 *
 * Context: see the top of this file; the page table lock is held.
 */
int count_swap_map_pages(struct kprobe *kp, struct pt_regs *regs)
{
	return swap_map(regs, (unsigned int)regs_get_kernel_argument(regs, 2));
}

/*
 * count_birth() - wake_up_new_task(task)
 *
 * Context: no fault, but the parent's process context, preemption off, before
 * any lock of the scheduler is taken; see thread_born().
 */
int count_birth(struct kprobe *kp, struct pt_regs *regs)
{
	hook_hit(HOOK_BIRTH);
	thread_born((void *)regs_get_kernel_argument(regs, 0));
	return 0;
}

/*
 * count_death() - cgroup_release(task), which release_task() calls for each task
 *
 * Context: no fault, but process context of the reaper, preemption off, no lock
 * of the kernel held; see thread_died().
 */
int count_death(struct kprobe *kp, struct pt_regs *regs)
{
	hook_hit(HOOK_DEATH);
	thread_died((void *)regs_get_kernel_argument(regs, 0));
	return 0;
}
