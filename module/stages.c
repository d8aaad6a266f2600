// SPDX-License-Identifier: GPL-2.0
/*
 * stages.c - the stages of a fault: what to expect of it
 *
 * Hooks at the entry of a stage (a fault, a write to a protected page, a swap-in)
 * note what to expect.  Those at a leaf, see leaves.c, count the outcome.
 *
 * Context: see faulting.h; count_collapse() and the last two handlers say their own.
 */
#include <linux/fs.h>
#include <linux/mm.h>
#include <linux/pgtable.h>
#include <linux/sched/task_stack.h>
#include <linux/stat.h>

#include "compat.h"
#include "faulting.h"
#include "handlers.h"
#include "hits.h"
#include "latency.h"
#include "lives.h"
#include "pretend.h"

/*
 * Without map_pages(), a file may still be page cache: of SysV shared memory, or hugetlb.
 * Else a driver hands over pages of its own, such as those of perf and KVM.
 */
static noinline bool file_has_page_cache(const struct file *file)
{
	const struct inode *inode = file_inode(file);

	return S_ISREG(inode->i_mode) && !compat_anon_inode(inode);
}

/*
 * Mapping a page of the page cache, or the zero page, has no leaf of its own: a
 * fault on such memory without another outcome did just that.
 */
static __always_inline enum pagestat_counter
expected_outcome(const struct vm_area_struct *vma, unsigned int flags)
{
	if (!vma->vm_ops)	/* anonymous */
		return flags & (FAULT_FLAG_WRITE | COMPAT_FAULT_FLAG_UNSHARE) ?
			       PAGESTAT_other : PAGESTAT_zeromap;
	/* A private write never maps the page cache; devices have none. */
	if (!vma->vm_file || flags & COMPAT_FAULT_FLAG_UNSHARE ||
	    vma->vm_flags & (VM_PFNMAP | VM_MIXEDMAP) ||
	    (flags & FAULT_FLAG_WRITE && !(vma->vm_flags & VM_SHARED)))
		return PAGESTAT_other;
	return likely(vma->vm_ops->map_pages) || file_has_page_cache(vma->vm_file) ?
		       PAGESTAT_filemap : PAGESTAT_other;
}

/* The last call was not accounted, and no other try of it is to come. */
static void count_failed(struct pagestat_thread *t)
{
	/* One that must not wait is left to others. */
	pagestat_thread_count(t, t->fault.flags & FAULT_FLAG_RETRY_NOWAIT ?
				 PAGESTAT_retry : PAGESTAT_error, 1);
	t->fault.uffd = false;
	t->fault.outer = 0;
}

/*
 * The last call was not accounted.  It had to be retried if this one is its second
 * try: the flags say so, or it is not under the lock of the vma any more.  Or it has not
 * ended: a driver's fault handler, which it calls, reads or writes user memory.
 */
static bool count_unaccounted(struct pagestat_thread *t, unsigned long address,
			      unsigned int flags)
{
	const unsigned int vma_lock = COMPAT_FAULT_FLAG_VMA_LOCK;
	const unsigned int access = FAULT_FLAG_WRITE | FAULT_FLAG_INSTRUCTION |
				    FAULT_FLAG_USER | FAULT_FLAG_REMOTE;
	bool again = address == t->fault.address &&
		     !((t->fault.flags ^ flags) & FAULT_FLAG_USER) &&
		     (flags & FAULT_FLAG_TRIED ||
		      t->fault.flags & ~flags & vma_lock);

	if (t->fault.expect == PAGESTAT_NO_FAULT)
		return false;
	if (!again && !(flags & FAULT_FLAG_USER) && compat_in_fault()) {
		t->fault.outer = t->fault.expect + 1;
		t->fault.outer_flags = t->fault.flags & access;
		return false;
	}
	if (again)
		pagestat_thread_count(t, PAGESTAT_retry, 1);
	else
		count_failed(t);
	return again;
}

/*
 * count_fault() - handle_mm_fault(vma, address, flags, regs): a fault begins
 *
 * Context: see faulting.h; no page table lock, the vma is held.
 */
static __always_inline void count_fault(const struct pagestat_call *call)
{
	struct pagestat_thread *t;
	const struct vm_area_struct *vma;
	unsigned long address, minor, major;
	unsigned int flags;
	bool again = false;

	pagestat_hook_hit(HOOK_FAULT);
	t = pagestat_thread_current();
	if (unlikely(!t))
		return;

	vma = (void *)pagestat_call_argument(call, 0);
	address = pagestat_call_argument(call, 1);
	flags = pagestat_call_argument(call, 2);
	minor = current->min_flt;
	major = current->maj_flt;

	raw_write_seqcount_begin(&t->seq);
	if (unlikely(minor + major == t->fault.accounted))
		again = count_unaccounted(t, address, flags);
	else
		pagestat_fault_settle(&t->fault, &t->tally, minor, major);
	t->fault.accounted = minor + major;
	t->fault.major = major;
	t->fault.address = address;
	t->fault.flags = flags;
	t->fault.expect = expected_outcome(vma, flags);
	t->fault.copy = flags & COMPAT_FAULT_FLAG_UNSHARE ? PAGESTAT_unshare :
							    PAGESTAT_NO_COPY;
	raw_write_seqcount_end(&t->seq);
	if (static_branch_unlikely(&pagestat_latency_armed))
		pagestat_latency_entered(t, again, call);
}
DEFINE_HANDLER(count_fault, pagestat_count_fault_traced, pagestat_count_fault_probed)

/* The counter of a copy of the page.  Its page table lock is held. */
static __always_inline enum pagestat_counter copy_counter(pte_t pte)
{
	unsigned long pfn = pte_pfn(pte);
	struct page *page;

	if (is_zero_pfn(pfn))
		return PAGESTAT_zerofill;
	/* A device's memory, or a damaged entry, has no page to look at. */
	if (unlikely(pte_special(pte) || !pfn_valid(pfn)))
		return PAGESTAT_cow_file;

	page = pfn_to_page(pfn);
	if (!compat_page_anon(page))
		return PAGESTAT_cow_file;
	if (unlikely(compat_page_ksm(page)))
		return PAGESTAT_cow_ksm;
	return PAGESTAT_cow_anon;
}

/*
 * count_wp() - do_wp_page(vmf): a write to a write-protected page begins
 *
 * Context: see faulting.h; the page table lock is held and vmf->orig_pte is the
 * current entry, so that its page is still mapped and cannot be freed.
 */
static __always_inline void count_wp(const struct pagestat_call *call)
{
	struct pagestat_thread *t = pagestat_faulting_thread(HOOK_WP);
	const struct vm_fault *vmf;

	if (unlikely(!t || t->fault.copy == PAGESTAT_unshare || pagestat_pretend_inlined))
		return;
	vmf = (void *)pagestat_call_argument(call, 0);
	t->fault.copy = copy_counter(vmf->orig_pte);
	t->copied = pte_pfn(vmf->orig_pte);
}
DEFINE_HANDLER(count_wp, pagestat_count_wp_traced, pagestat_count_wp_probed)

/* Whether that is the struct vm_fault of the thread's fault, which is on its stack. */
static bool is_vm_fault(const struct pagestat_thread *t, const struct vm_fault *vmf)
{
	unsigned long at = (unsigned long)vmf - (unsigned long)task_stack_page(current);

	return at <= THREAD_SIZE - sizeof(*vmf) && IS_ALIGNED(at, sizeof(long)) &&
	       !((vmf->address ^ t->fault.address) & PAGE_MASK);
}

/*
 * count_wp_clone() - the same, where the compiler may have changed its arguments
 *
 * If they are others, what will be copied is not known, and the copy is a stray hit.
 *
 * Context: see faulting.h; the page table lock is held.
 */
static __always_inline void count_wp_clone(const struct pagestat_call *call)
{
	struct pagestat_thread *t = pagestat_thread_current();

	if (likely(t && is_vm_fault(t, (void *)pagestat_call_argument(call, 0))))
		count_wp(call);
	else
		pagestat_hook_hit(HOOK_WP);
}
DEFINE_HANDLER(count_wp_clone, pagestat_count_wp_clone_traced,
	       pagestat_count_wp_clone_probed)

/*
 * count_swap() - do_swap_page(vmf): the page is absent, but not untouched
 *
 * If another thread is faster, or if it is no swap entry, nothing is brought back, and
 * nothing else is mapped either, but where a userfaultfd has protected what was untouched.
 *
 * Context: see faulting.h; no page table lock.
 */
static __always_inline void count_swap(const struct pagestat_call *call)
{
	struct pagestat_thread *t = pagestat_faulting_thread(HOOK_SWAP);

	if (likely(t && !compat_uffd_marker((void *)pagestat_call_argument(call, 0))))
		pagestat_count_no_outcome(t);
}
DEFINE_HANDLER(count_swap, pagestat_count_swap_traced, pagestat_count_swap_probed)

/*
 * A handler for what a fault passes only if it maps nothing, or before a leaf that counts
 * what it maps.
 *
 * Context: see faulting.h.
 */
#define DEFINE_NO_OUTCOME(name, name_traced, name_probed, id)		       \
static __always_inline void name(const struct pagestat_call *call)	       \
{									       \
	struct pagestat_thread *t = pagestat_faulting_thread(id);	       \
									       \
	if (likely(t))							       \
		pagestat_count_no_outcome(t);				       \
}									       \
DEFINE_HANDLER(name, name_traced, name_probed)

/* pmd_migration_entry_wait(): a huge page is being moved */
DEFINE_NO_OUTCOME(count_huge_moves, pagestat_count_huge_moves_traced,
		  pagestat_count_huge_moves_probed, HOOK_HUGE_MOVES)

/* huge_pmd_set_accessed(): it was there, or has changed before it was locked */
DEFINE_NO_OUTCOME(count_huge_there, pagestat_count_huge_there_traced,
		  pagestat_count_huge_there_probed, HOOK_HUGE_THERE)

/* do_huge_pmd_numa_page(): count_numa() follows, unless it has changed */
DEFINE_NO_OUTCOME(count_huge_hint, pagestat_count_huge_hint_traced,
		  pagestat_count_huge_hint_probed, HOOK_HUGE_HINT)

/* do_huge_pmd_device_private(): it is in a device's memory, and brought back */
DEFINE_NO_OUTCOME(count_huge_device, pagestat_count_huge_device_traced,
		  pagestat_count_huge_device_probed, HOOK_HUGE_DEVICE)

/* migration_entry_wait_huge(): a page of hugetlb is being moved */
DEFINE_NO_OUTCOME(count_hugetlb_moves, pagestat_count_hugetlb_moves_traced,
		  pagestat_count_hugetlb_moves_probed, HOOK_HUGETLB_MOVES)

/*
 * count_collapse() - madvise_collapse(...): a thread begins to collapse memory into huge
 * pages
 *
 * The functions that fill these and bring pages back are those of faults.  So the fault
 * before, if it was not accounted, is ended here: it failed.
 *
 * Context: no fault, but process context, preemption off, the mm may be locked.  Writes to
 * the running thread's own record, and takes no lock.
 */
static __always_inline void count_collapse(const struct pagestat_call *call)
{
	struct pagestat_thread *t = pagestat_faulting_thread(HOOK_COLLAPSE);

	if (likely(!t))
		return;
	raw_write_seqcount_begin(&t->seq);
	count_failed(t);
	t->fault.expect = PAGESTAT_NO_FAULT;
	raw_write_seqcount_end(&t->seq);
}
DEFINE_HANDLER(count_collapse, pagestat_count_collapse_traced,
	       pagestat_count_collapse_probed)

/*
 * count_uffd() - handle_userfault(vmf, reason)
 *
 * If the fault is handed over, the call will be retried when the reader of the userfaultfd
 * has served it.  Else it fails, or maps nothing.
 *
 * Context: see faulting.h; no page table lock, the vma is held, and so is its userfaultfd.
 */
static __always_inline void count_uffd(const struct pagestat_call *call)
{
	struct pagestat_thread *t = pagestat_faulting_thread(HOOK_UFFD);
	const struct vm_fault *vmf;

	if (unlikely(!t))
		return;
	vmf = (void *)pagestat_call_argument(call, 0);
	if (unlikely(!compat_uffd_known(vmf))) {
		pagestat_hook_stray(HOOK_UFFD, call->from);
	} else if (compat_uffd_hands_over(vmf)) {
		pagestat_thread_count(t, PAGESTAT_uffd, 1);
		t->fault.uffd = true;
	} else {
		pagestat_count_no_outcome(t);
	}
}
DEFINE_HANDLER(count_uffd, pagestat_count_uffd_traced, pagestat_count_uffd_probed)

/*
 * count_numa() - mpol_misplaced(...): a page was made absent to see who uses it
 *
 * Called once for each hint that the kernel counts (numa_hint_faults), whether or not the
 * page is moved then.
 *
 * Context: see faulting.h; the page table lock is held.
 */
static __always_inline void count_numa(const struct pagestat_call *call)
{
	struct pagestat_thread *t = pagestat_faulting_thread(HOOK_NUMA);

	if (likely(t))
		pagestat_count_outcome(t, PAGESTAT_numa, 1);
}
DEFINE_HANDLER(count_numa, pagestat_count_numa_traced, pagestat_count_numa_probed)

/*
 * count_birth() - wake_up_new_task(task)
 *
 * Context: no fault, but the parent's process context, preemption off, before
 * any lock of the scheduler is taken; see pagestat_thread_born().
 */
static __always_inline void count_birth(const struct pagestat_call *call)
{
	pagestat_hook_hit(HOOK_BIRTH);
	pagestat_thread_born((void *)pagestat_call_argument(call, 0));
}
DEFINE_HANDLER(count_birth, pagestat_count_birth_traced, pagestat_count_birth_probed)

/*
 * count_death() - cgroup_release(task), which release_task() calls for each task
 *
 * Context: no fault, but process context of the reaper, preemption off, no lock
 * of the kernel held; see pagestat_thread_died().
 */
static __always_inline void count_death(const struct pagestat_call *call)
{
	pagestat_hook_hit(HOOK_DEATH);
	pagestat_thread_died((void *)pagestat_call_argument(call, 0));
}
DEFINE_HANDLER(count_death, pagestat_count_death_traced, pagestat_count_death_probed)
