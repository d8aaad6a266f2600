/* SPDX-License-Identifier: GPL-2.0 */
/*
 * trace.h - the trace events of pagestat: single faults
 *
 * For perf, trace-cmd and bpftrace, in events/pagestat/.  Words are those of
 * uapi/pagestat.h.  An event without a reader costs a branch that is patched out;
 * while "fault" or "swapin" has readers, faults are followed to their return.
 *
 * Made by macros: trace_fault(), trace_swapin(), trace_cow(), trace_reclaim() and, with
 * _enabled at the end, what says whether they have readers.
 *
 * Fields are of C's own types: bpftrace knows these without the kernel's headers.
 */
#undef TRACE_SYSTEM
#define TRACE_SYSTEM pagestat

#if !defined(PAGESTAT_TRACE_H) || defined(TRACE_HEADER_MULTI_READ)
#define PAGESTAT_TRACE_H

#include <linux/sched.h>
#include <linux/string.h>
#include <linux/tracepoint.h>

#ifndef PAGESTAT_WORD
#define PAGESTAT_WORD	13	/* the longest name of a counter, and its end */
#endif

int pagestat_follow(void);
void pagestat_unfollow(void);
int pagestat_trace_cow_reg(void);
void pagestat_trace_cow_unreg(void);

/*
 * fault - a call of handle_mm_fault() returns
 *
 *   address	the byte that was touched
 *   ip		the instruction in user space that touched it, or that entered the
 *		kernel, which did; 0 for a kernel thread
 *   access	read, write or exec
 *   user	1: by the instruction itself; 0: by the kernel
 *   result	minor, major, retry (not accounted, to be tried again) or error
 *   kind	one of PAGESTAT_KINDS; "-" unless minor or major
 *   outcome	its counter; "-" unless minor or major
 *   ns		since the fault began, the tries before included
 *   tgid	the process; common_pid is the thread
 */
TRACE_EVENT_FN(fault,

	TP_PROTO(unsigned long address, unsigned long ip, const char *access,
		 bool user, const char *result, const char *kind,
		 const char *outcome, u64 ns),

	TP_ARGS(address, ip, access, user, result, kind, outcome, ns),

	TP_STRUCT__entry(
		__field(unsigned long,	address)
		__field(unsigned long,	ip)
		__field(unsigned long long, ns)
		__field(int,		tgid)
		__array(char,		access,		6)
		__array(char,		result,		6)
		__array(char,		kind,		PAGESTAT_WORD)
		__array(char,		outcome,	PAGESTAT_WORD)
		__field(unsigned char,	user)
	),

	TP_fast_assign(
		__entry->address = address;
		__entry->ip = ip;
		__entry->ns = ns;
		__entry->tgid = current->tgid;
		strscpy(__entry->access, access, sizeof(__entry->access));
		strscpy(__entry->result, result, sizeof(__entry->result));
		strscpy(__entry->kind, kind, sizeof(__entry->kind));
		strscpy(__entry->outcome, outcome, sizeof(__entry->outcome));
		__entry->user = user;
	),

	TP_printk("address=%#lx ip=%#lx access=%s user=%u result=%s kind=%s outcome=%s ns=%llu tgid=%d",
		  __entry->address, __entry->ip, __entry->access, __entry->user,
		  __entry->result, __entry->kind, __entry->outcome,
		  __entry->ns, __entry->tgid),

	pagestat_follow, pagestat_unfollow
);

/*
 * swapin - a fault that brought pages back from swap returns
 *
 *   address	the byte that was touched
 *   from	cache or device
 *   pages	how many base pages
 *   ns		since the fault began
 *   tgid	the process
 */
TRACE_EVENT_FN(swapin,

	TP_PROTO(unsigned long address, const char *from, unsigned int pages,
		 u64 ns),

	TP_ARGS(address, from, pages, ns),

	TP_STRUCT__entry(
		__field(unsigned long,	address)
		__field(unsigned long long, ns)
		__field(unsigned int,	pages)
		__field(int,		tgid)
		__array(char,		from,	7)
	),

	TP_fast_assign(
		__entry->address = address;
		__entry->ns = ns;
		__entry->pages = pages;
		__entry->tgid = current->tgid;
		strscpy(__entry->from, from, sizeof(__entry->from));
	),

	TP_printk("address=%#lx from=%s pages=%u ns=%llu tgid=%d",
		  __entry->address, __entry->from, __entry->pages, __entry->ns,
		  __entry->tgid),

	pagestat_follow, pagestat_unfollow
);

/*
 * cow - a page is copied to break sharing
 *
 *   address	the page's
 *   kind	cow_anon, cow_file, cow_ksm or cow_huge
 *   old_pfn	the page frame that was copied; 0 where the page was never mapped
 *   new_pfn	the page frame of the copy
 *   order	of the copy: 2^order base pages
 *   tgid	the process
 *
 * Both frames are 0 unless the first reader may see them, see pagestat_trace_cow_reg();
 * later readers see what it sees, as they do in the kernel's own events.
 */
TRACE_EVENT_FN(cow,

	TP_PROTO(unsigned long address, const char *kind, unsigned long old_pfn,
		 unsigned long new_pfn, unsigned int order),

	TP_ARGS(address, kind, old_pfn, new_pfn, order),

	TP_STRUCT__entry(
		__field(unsigned long,	address)
		__field(unsigned long,	old_pfn)
		__field(unsigned long,	new_pfn)
		__field(unsigned int,	order)
		__field(int,		tgid)
		__array(char,		kind,	PAGESTAT_WORD)
	),

	TP_fast_assign(
		__entry->address = address;
		__entry->old_pfn = old_pfn;
		__entry->new_pfn = new_pfn;
		__entry->order = order;
		__entry->tgid = current->tgid;
		strscpy(__entry->kind, kind, sizeof(__entry->kind));
	),

	TP_printk("address=%#lx kind=%s old_pfn=%#lx new_pfn=%#lx order=%u tgid=%d",
		  __entry->address, __entry->kind, __entry->old_pfn,
		  __entry->new_pfn, __entry->order, __entry->tgid),

	pagestat_trace_cow_reg, pagestat_trace_cow_unreg
);

/*
 * reclaim - a thread has reclaimed memory itself
 *
 *   ns		how long
 *   pages	how many pages it got
 *   tgid	the process
 */
TRACE_EVENT(reclaim,

	TP_PROTO(u64 ns, unsigned long pages),

	TP_ARGS(ns, pages),

	TP_STRUCT__entry(
		__field(unsigned long long, ns)
		__field(unsigned long,	pages)
		__field(int,		tgid)
	),

	TP_fast_assign(
		__entry->ns = ns;
		__entry->pages = pages;
		__entry->tgid = current->tgid;
	),

	TP_printk("ns=%llu pages=%lu tgid=%d",
		  __entry->ns, __entry->pages, __entry->tgid)
);

#endif /* PAGESTAT_TRACE_H */

#undef TRACE_INCLUDE_PATH
#define TRACE_INCLUDE_PATH .
#undef TRACE_INCLUDE_FILE
#define TRACE_INCLUDE_FILE trace
#include <trace/define_trace.h>
