/* SPDX-License-Identifier: GPL-2.0 */
/*
 * handlers.h - the handlers that count at the entry of a kernel function
 *
 * A handler is written once, and has two entries: ftrace calls the one, and a kprobe
 * the other where ftrace cannot patch the function.
 */
#ifndef PAGESTAT_HANDLERS_H
#define PAGESTAT_HANDLERS_H

#include <linux/build_bug.h>
#include <linux/compiler.h>
#include <linux/kprobes.h>
#include <linux/preempt.h>

#include "compat.h"

/*
 * Handlers, the most frequent first: in this order dispatch.c compares addresses.  Those
 * that are attached on demand are apart, so that the others do not become slower.
 * Of count_fault are made HANDLER_count_fault, pagestat_count_fault_traced() and
 * pagestat_count_fault_probed(), and so on.
 */
#define HANDLERS_ALWAYS(X)						       \
	X(count_fault) X(count_new_anon) X(count_reuse) X(count_wp)	       \
	X(count_swap) X(count_swap_map_pages) X(count_swap_map)		       \
	X(count_refault) X(count_unmap) X(count_swap_out_folio)		       \
	X(count_swap_out_pages) X(count_swap_out)			       \
	X(count_huge_reuse) X(count_hugetlb) X(count_numa) X(count_uffd)       \
	X(count_birth) X(count_death) X(count_self) X(count_self_kprobe)       \
	X(count_hugetlb_moves) X(count_huge_moves) X(count_huge_there)	       \
	X(count_huge_hint) X(count_huge_device) X(count_collapse)		       \
	X(count_stall_begin) X(count_stall_end) X(count_compact) X(count_over_high) \
	X(count_wp_clone)
#define HANDLERS_ON_DEMAND(X)						       \
	X(count_mapped) X(count_mapped_page) X(count_mapped_huge)
#define HANDLERS(X) HANDLERS_ALWAYS(X) HANDLERS_ON_DEMAND(X)

enum pagestat_handler {
#define HANDLER(name) HANDLER_##name,
	HANDLERS_ALWAYS(HANDLER)
	NR_HANDLERS_ALWAYS,
	HANDLER_LAST_ALWAYS = NR_HANDLERS_ALWAYS - 1,
	HANDLERS_ON_DEMAND(HANDLER)
#undef HANDLER
	NR_HANDLERS
};

/**
 * struct pagestat_call - the call of a hooked function, at its entry
 * @from:   the address it will return to
 * @traced: the registers, if ftrace called, or NULL
 * @probed: the registers, if a kprobe did
 */
struct pagestat_call {
	unsigned long from;
	struct compat_ftrace_regs *traced;
	struct pt_regs *probed;
};

/**
 * pagestat_call_argument() - an argument of the function
 * @call: the call
 * @n:    which argument, from 0
 *
 * Context: a handler.
 */
static __always_inline unsigned long pagestat_call_argument(const struct pagestat_call *call,
							    unsigned int n)
{
	return call->traced ? compat_ftrace_argument(call->traced, n) :
			      regs_get_kernel_argument(call->probed, n);
}

/* All registers that there are, as compat_ftrace_pt_regs() has them. */
static __always_inline struct pt_regs *pagestat_call_registers(const struct pagestat_call *call,
							       struct pt_regs *room)
{
	return call->traced ? compat_ftrace_pt_regs(call->traced, room) :
			      call->probed;
}

/*
 * How many base pages the page or folio in argument @n has.  Until 6.3 the leaves took
 * a page, since then a folio: its address is that of its first page.
 */
static __always_inline unsigned long pagestat_call_pages(const struct pagestat_call *call,
							 unsigned int n)
{
	return compat_page_pages((struct page *)pagestat_call_argument(call, n));
}

#define DECLARE_HANDLER(name)						       \
	void pagestat_##name##_traced(unsigned long from,		       \
				      struct compat_ftrace_regs *regs);	       \
	int pagestat_##name##_probed(struct kprobe *kp, struct pt_regs *regs);
HANDLERS(DECLARE_HANDLER)
#undef DECLARE_HANDLER

#ifdef CONFIG_FUNCTION_TRACER
#define DEFINE_TRACED(name, name_traced)				       \
void name_traced(unsigned long from, struct compat_ftrace_regs *regs)	       \
{									       \
	const struct pagestat_call call = { .from = from, .traced = regs };    \
									       \
	preempt_disable_notrace();					       \
	name(&call);							       \
	preempt_enable_notrace();					       \
}
#else
#define DEFINE_TRACED(name, name_traced)
#endif

/*
 * The two entries of a handler.  It is inlined into each, so that the compiler knows
 * where the arguments are.  Kprobes disable preemption themselves.
 */
#define DEFINE_HANDLER(name, name_traced, name_probed)			       \
static_assert(HANDLER_##name < NR_HANDLERS);				       \
DEFINE_TRACED(name, name_traced)					       \
									       \
int name_probed(struct kprobe *kp, struct pt_regs *regs)		       \
{									       \
	const struct pagestat_call call = {				       \
		.from = arch_caller(regs),				       \
		.probed = regs,						       \
	};								       \
									       \
	name(&call);							       \
	return 0;							       \
}

#endif /* PAGESTAT_HANDLERS_H */
