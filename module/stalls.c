// SPDX-License-Identifier: GPL-2.0
/*
 * stalls.c - stalls for want of memory: those that the kernel accounts as pressure (PSI)
 *
 * The kernel calls psi_memstall_enter() and psi_memstall_leave() around direct reclaim,
 * direct compaction, the sleep of who is above memory.high, and waits for pages that were
 * in use when they were evicted.  Both take a pointer to flags in their caller's frame,
 * which are set if the thread was stalled already: only the outermost stall counts.
 *
 * Where PSI is switched off they are called all the same, and do nothing: then stalls are
 * unknown, and compaction and throttling are not.
 *
 * Context of the handlers: process context, interrupts on, as both functions enable them;
 * preemption off.  They write to the running thread's own record, take no lock, allocate
 * nothing and call nothing that is hooked.  No fault is being counted at that moment, so
 * that the record's sequence counter is free.
 */
#include <linux/namei.h>
#include <linux/path.h>
#include <linux/sched.h>
#include <linux/seqlock.h>
#include <linux/timekeeping.h>

#include "caller.h"
#include "compat.h"
#include "handlers.h"
#include "hits.h"
#include "records.h"
#include "stalls.h"

/*
 * count_stall_begin() - psi_memstall_enter(flags)
 *
 * Who is above memory.high reclaims first, in a stall or several, and may have to sleep
 * then, in one of its own.  Where the compiler has made one function of it all, they have
 * the same caller: a stall in which reclaim begins is no throttling.
 *
 * Context: see above.
 */
static __always_inline void count_stall_begin(const struct pagestat_call *call)
{
	struct pagestat_thread *t = pagestat_thread_current();
	unsigned long from;
	u64 now;

	pagestat_hook_hit(HOOK_STALL_BEGIN);
	if (unlikely(!t))
		return;
	now = ktime_get_mono_fast_ns();
	if (!t->waits.compact)
		t->waits.frame = pagestat_call_argument(call, 0);
	if (pagestat_caller_of(call, &from) == CALLER_OVER_HIGH)
		WRITE_ONCE(t->waits.throttle, now);
	if (compat_in_memstall(current))
		return;
	pagestat_thread_count(t, PAGESTAT_stall, 1);
	WRITE_ONCE(t->waits.stall, now);
}
DEFINE_HANDLER(count_stall_begin, pagestat_count_stall_begin_traced,
	       pagestat_count_stall_begin_probed)

/*
 * count_stall_end() - psi_memstall_leave(flags)
 *
 * The stack grows down: flags further up than those of a stall around compaction are of one
 * around that.
 *
 * Context: see above.
 */
static __always_inline void count_stall_end(const struct pagestat_call *call)
{
	struct pagestat_thread *t = pagestat_thread_current();
	const unsigned long *flags;
	u64 now;

	pagestat_hook_hit(HOOK_STALL_END);
	if (unlikely(!t))
		return;
	flags = (void *)pagestat_call_argument(call, 0);
	raw_write_seqcount_begin(&t->seq);
	now = ktime_get_mono_fast_ns();
	if (t->waits.throttle) {
		pagestat_thread_count(t, PAGESTAT_throttle, 1);
		pagestat_wait_end(t, &t->waits.throttle, PAGESTAT_throttle_ns, now);
	}
	if (t->waits.compact && (unsigned long)flags >= t->waits.frame)
		pagestat_wait_end(t, &t->waits.compact, PAGESTAT_compact_ns, now);
	/* Without PSI, nothing has set the flags. */
	if (t->waits.stall && compat_in_memstall(current) && !*flags)
		pagestat_wait_end(t, &t->waits.stall, PAGESTAT_stall_ns, now);
	raw_write_seqcount_end(&t->seq);
}
DEFINE_HANDLER(count_stall_end, pagestat_count_stall_end_traced, pagestat_count_stall_end_probed)

/*
 * count_compact() - try_to_compact_pages(...): direct compaction; it is called in a stall
 * of its own, which ends right after it
 *
 * Context: see above.
 */
static __always_inline void count_compact(const struct pagestat_call *call)
{
	struct pagestat_thread *t = pagestat_thread_current();

	pagestat_hook_hit(HOOK_COMPACT);
	if (unlikely(!t))
		return;
	pagestat_thread_count(t, PAGESTAT_compact, 1);
	WRITE_ONCE(t->waits.compact, ktime_get_mono_fast_ns());
}
DEFINE_HANDLER(count_compact, pagestat_count_compact_traced, pagestat_count_compact_probed)

/*
 * count_over_high() - (__)mem_cgroup_handle_over_high(...): the caller of stalls that are
 * throttling; if the kernel has no such function, how often is unknown
 *
 * Context: see above; on the way to user mode, or where memory is charged.
 */
static __always_inline void count_over_high(const struct pagestat_call *call)
{
	pagestat_hook_hit(HOOK_OVER_HIGH);
}
DEFINE_HANDLER(count_over_high, pagestat_count_over_high_traced, pagestat_count_over_high_probed)

/**
 * pagestat_stalls_accounted() - whether the kernel accounts stalls
 *
 * It may be built without, or booted with psi=0, which no exported symbol tells.  Then it
 * has no files of pressure.
 *
 * Context: process context; sleeps.
 */
bool pagestat_stalls_accounted(void)
{
	struct path path;

	if (!IS_ENABLED(CONFIG_PSI) || kern_path("/proc/pressure/memory", 0, &path))
		return false;
	path_put(&path);
	return true;
}
