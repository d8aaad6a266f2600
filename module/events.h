/* SPDX-License-Identifier: GPL-2.0 */
/*
 * events.h - handlers emit trace events, where these have readers
 *
 * Context of the inline functions: that of the handlers, see faulting.h.
 */
#ifndef PAGESTAT_EVENTS_H
#define PAGESTAT_EVENTS_H

#include "fault.h"
#include "handlers.h"
#include "trace.h"

int pagestat_follow_by(int (*arm)(bool on));

void pagestat_emit_served(const struct pagestat_fault *fault, enum pagestat_kind kind,
			  enum pagestat_counter outcome, bool major, u64 ns);
void pagestat_emit_unserved(const struct pagestat_fault *fault, bool retry, u64 ns);
void pagestat_emit_copied(enum pagestat_counter counter, unsigned long old,
			  const struct pagestat_call *call);

/* The fault returns, and the kernel has accounted it. */
static __always_inline void
pagestat_event_served(const struct pagestat_fault *fault, enum pagestat_kind kind,
		      enum pagestat_counter outcome, bool major, u64 ns)
{
	if (trace_fault_enabled() || trace_swapin_enabled())
		pagestat_emit_served(fault, kind, outcome, major, ns);
}

/* The fault returns, and the kernel has not accounted it. */
static __always_inline void
pagestat_event_unserved(const struct pagestat_fault *fault, bool retry, u64 ns)
{
	if (trace_fault_enabled())
		pagestat_emit_unserved(fault, retry, ns);
}

/* A leaf has a copy of page frame @old in argument 0 and its address in argument 2. */
static __always_inline void
pagestat_event_copied(enum pagestat_counter counter, unsigned long old,
		      const struct pagestat_call *call)
{
	if (trace_cow_enabled())
		pagestat_emit_copied(counter, old, call);
}

#endif /* PAGESTAT_EVENTS_H */
