/* SPDX-License-Identifier: GPL-2.0 */
/* caller.h - which function of the kernel called a leaf */
#ifndef PAGESTAT_CALLER_H
#define PAGESTAT_CALLER_H

#include <linux/compiler.h>
#include <linux/hash.h>

#include "handlers.h"

/* What a leaf means depends on who called it.  The most frequent are the first. */
enum pagestat_caller {
	CALLER_ANON,		/* first touch of anonymous memory */
	CALLER_FAULT_ANON,	/* the same, or what CALLER_FAULT is */
	CALLER_HUGE_WP,		/* write to a write-protected huge page */
	CALLER_WP,		/* write to a write-protected page */
	CALLER_MAP_FILE,	/* an absent page of a file is mapped, or a copy of it */
	CALLER_SWAP,		/* swap-in */
	CALLER_FAULT,		/* a page that is there: another thread was faster */
	CALLER_TOUCH,		/* a huge page that was there already */
	CALLER_HUGETLB_WP,	/* write to a write-protected page of hugetlb */
	CALLER_HUGETLB_NEW,	/* first touch of hugetlb memory, or one that is there */
	CALLER_HUGETLB_FAULT,	/* a page of hugetlb that is there */
	CALLER_UNMAP,		/* a page is taken out of a page table */
	CALLER_OVER_HIGH,	/* the control group is above memory.high */
	CALLER_NO_FAULT,	/* known, and none of a fault's outcomes */
	CALLER_UNKNOWN,		/* not in the list: counts as a stray hit */
	/* Not the caller, but something between it and the leaf: */
	CALLER_HIDDEN,		/* a return probe of another tool */
	CALLER_BETWEEN,		/* a function that several callers use */
};

#define CALL_SITE_BITS	7

/* A call site that was looked up; written once. */
struct pagestat_call_site {
	unsigned long address;
	int claimed;
	enum pagestat_caller caller;
};

extern struct pagestat_call_site pagestat_call_sites[1 << CALL_SITE_BITS];

int pagestat_callers_init(void);
enum pagestat_caller pagestat_caller_look_up(unsigned long address);
enum pagestat_caller pagestat_caller_behind(const struct pagestat_call *call,
					    enum pagestat_caller caller, unsigned long *from);

/**
 * pagestat_caller_at() - the caller, by its return address
 * @address: where the function returns to
 *
 * Context: any; takes no lock.
 * Return: the caller.
 */
static __always_inline enum pagestat_caller
pagestat_caller_at(unsigned long address)
{
	struct pagestat_call_site *site =
		&pagestat_call_sites[hash_long(address, CALL_SITE_BITS)];

	/* Pairs with the release in pagestat_caller_look_up(). */
	if (likely(smp_load_acquire(&site->address) == address))
		return site->caller;
	return pagestat_caller_look_up(address);
}

/**
 * pagestat_caller_of() - the caller of a function
 * @call: the call
 * @from: set to the address in the caller that it returns to
 *
 * Context: a handler; takes no lock.
 * Return: the caller.
 */
static __always_inline enum pagestat_caller
pagestat_caller_of(const struct pagestat_call *call, unsigned long *from)
{
	enum pagestat_caller caller;

	*from = call->from;
	caller = pagestat_caller_at(*from);
	return likely(caller < CALLER_HIDDEN) ? caller :
	       pagestat_caller_behind(call, caller, from);
}

#endif /* PAGESTAT_CALLER_H */
