// SPDX-License-Identifier: GPL-2.0
/*
 * reclaim.c - memory pressure: reclaim, refaults, swap-out, the OOM killer
 *
 * A module cannot link to the kernel's tracepoints, so attach.c finds them by name.
 * That their arguments are what these functions take is checked here, when they are
 * built, against the kernel's headers.  Where they are not, the hook is unfit.
 *
 * Context at tracepoints: process context, preemption off or on by version of the
 * kernel, so they disable it.  They write to the running thread's own record, but for
 * the last, which takes a raw lock that no interrupt takes.  Between a begin and its
 * end the thread may sleep.
 */
#include <linux/ktime.h>
#include <linux/preempt.h>
#include <linux/xarray.h>
#include <trace/events/oom.h>
#include <trace/events/vmscan.h>

#include "caller.h"
#include "compat.h"
#include "handlers.h"
#include "hits.h"
#include "lives.h"
#include "reclaim.h"
#include "records.h"
#include "trace.h"

static void reclaim_enter(enum pagestat_hook_id id)
{
	struct pagestat_thread *t;

	preempt_disable();
	pagestat_hook_hit(id);
	t = pagestat_thread_current();
	if (t) {
		pagestat_thread_count(t, PAGESTAT_reclaim, 1);
		t->waits.reclaim = ktime_get_mono_fast_ns();
		/* See count_stall_begin(). */
		t->waits.throttle = 0;
	}
	preempt_enable();
}

static void reclaim_leave(enum pagestat_hook_id id, unsigned long reclaimed)
{
	struct pagestat_thread *t;
	u64 ns;

	preempt_disable();
	pagestat_hook_hit(id);
	t = pagestat_thread_current();
	if (t && t->waits.reclaim) {
		raw_write_seqcount_begin(&t->seq);
		ns = pagestat_wait_end(t, &t->waits.reclaim, PAGESTAT_reclaim_ns,
				       ktime_get_mono_fast_ns());
		raw_write_seqcount_end(&t->seq);
		trace_reclaim(ns, reclaimed);
	}
	preempt_enable();
}

/* mm_vmscan_direct_reclaim_begin: the machine is short of memory */
void pagestat_reclaim_begin(void *unused, COMPAT_RECLAIM_BEGIN)
{
	reclaim_enter(HOOK_RECLAIM_BEGIN);
}

/* mm_vmscan_direct_reclaim_end */
void pagestat_reclaim_end(void *unused, COMPAT_RECLAIM_END)
{
	reclaim_leave(HOOK_RECLAIM_END, reclaimed);
}

/* mm_vmscan_memcg_reclaim_begin: the process's control group is at its limit */
void pagestat_limit_begin(void *unused, COMPAT_RECLAIM_BEGIN)
{
	reclaim_enter(HOOK_LIMIT_BEGIN);
}

/* mm_vmscan_memcg_reclaim_end */
void pagestat_limit_end(void *unused, COMPAT_RECLAIM_END)
{
	reclaim_leave(HOOK_LIMIT_END, reclaimed);
}

/* mark_victim: the OOM killer has chosen a task; current is who asked for memory */
void pagestat_oom_victim(void *unused, struct task_struct *task, uid_t uid)
{
	preempt_disable();
	pagestat_hook_hit(HOOK_OOM);
	pagestat_thread_oom(task);
	preempt_enable();
}

/*
 * count_refault() - workingset_refault(folio, shadow): a page that was evicted
 * before is read, by a fault or by read() and the like
 *
 * What the kernel has left in its place says in the lowest bit whether it was in use.
 *
 * Context: that of the reader, preemption off.
 */
static __always_inline void count_refault(const struct pagestat_call *call)
{
	struct pagestat_thread *t = pagestat_thread_current();
	unsigned long pages;

	pagestat_hook_hit(HOOK_REFAULT);
	if (unlikely(!t))
		return;
	pages = pagestat_call_pages(call, 0);
	pagestat_thread_count(t, PAGESTAT_refault, pages);
	if (xa_to_value((void *)pagestat_call_argument(call, 1)) & 1)
		pagestat_thread_count(t, PAGESTAT_thrash, pages);
}
DEFINE_HANDLER(count_refault, pagestat_count_refault_traced, pagestat_count_refault_probed)

/*
 * count_unmap() - try_to_unmap_one(folio, vma, address, arg): a page is to be unmapped
 *
 * Context: that of the thread that reclaims memory, preemption off.
 */
static __always_inline void count_unmap(const struct pagestat_call *call)
{
	struct pagestat_thread *t = pagestat_thread_current();
	const struct vm_area_struct *vma;

	pagestat_hook_hit(HOOK_UNMAP);
	if (unlikely(!t))
		return;
	vma = (void *)pagestat_call_argument(call, 1);
	t->unmaps = vma->vm_mm;
}
DEFINE_HANDLER(count_unmap, pagestat_count_unmap_traced, pagestat_count_unmap_probed)

/*
 * Swap entries take the place of pages.  fork() does that, too, for pages that are in swap
 * already.
 */
static __always_inline void count_swapped_out(const struct pagestat_call *call,
					      unsigned long pages)
{
	struct pagestat_thread *t = pagestat_thread_current();
	struct task_struct *owner;
	enum pagestat_caller caller;
	unsigned long from;

	pagestat_hook_hit(HOOK_SWAP_OUT);
	if (unlikely(!t))
		return;
	caller = pagestat_caller_of(call, &from);
	if (unlikely(caller == CALLER_HIDDEN))
		pagestat_hook_stray(HOOK_SWAP_OUT, from);
	if (caller != CALLER_UNMAP || !t->unmaps)
		return;

	rcu_read_lock();
	owner = compat_owner(t->unmaps);
	if (owner)
		pagestat_thread_swapped_out(owner, pages);
	rcu_read_unlock();
}

/*
 * count_swap_out() - swap_duplicate(entry)
 *
 * Context: that of the thread that reclaims memory, preemption off, the page table
 * lock held: so the mm and its owner cannot go away.
 */
static __always_inline void count_swap_out(const struct pagestat_call *call)
{
	count_swapped_out(call, 1);
}
DEFINE_HANDLER(count_swap_out, pagestat_count_swap_out_traced, pagestat_count_swap_out_probed)

/*
 * count_swap_out_pages() - swap_duplicate_nr(entry, pages)
 *
 * Context: that of count_swap_out().
 */
static __always_inline void count_swap_out_pages(const struct pagestat_call *call)
{
	count_swapped_out(call, (unsigned int)pagestat_call_argument(call, 1));
}
DEFINE_HANDLER(count_swap_out_pages, pagestat_count_swap_out_pages_traced,
	       pagestat_count_swap_out_pages_probed)

/*
 * count_swap_out_folio() - folio_dup_swap(folio, page): of a page, or of the whole folio
 * where that is NULL
 *
 * Context: that of count_swap_out().
 */
static __always_inline void count_swap_out_folio(const struct pagestat_call *call)
{
	count_swapped_out(call, likely(pagestat_call_argument(call, 1)) ?
				1 : pagestat_call_pages(call, 0));
}
DEFINE_HANDLER(count_swap_out_folio, pagestat_count_swap_out_folio_traced,
	       pagestat_count_swap_out_folio_probed)

/* Never called. */
static void __always_unused check_prototypes(void)
{
#if COMPAT_RECLAIM_BEGIN_FITS
	check_trace_callback_type_mm_vmscan_direct_reclaim_begin(pagestat_reclaim_begin);
#ifdef CONFIG_MEMCG
	check_trace_callback_type_mm_vmscan_memcg_reclaim_begin(pagestat_limit_begin);
#endif
#endif
#if COMPAT_RECLAIM_END_FITS
	check_trace_callback_type_mm_vmscan_direct_reclaim_end(pagestat_reclaim_end);
#ifdef CONFIG_MEMCG
	check_trace_callback_type_mm_vmscan_memcg_reclaim_end(pagestat_limit_end);
#endif
#endif
#if COMPAT_OOM_VICTIM_FITS
	check_trace_callback_type_mark_victim(pagestat_oom_victim);
#endif
}
