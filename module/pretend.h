/* SPDX-License-Identifier: GPL-2.0 */
/*
 * pretend.h - the module sees another kernel than there is; only where that is tested
 */
#ifndef PAGESTAT_PRETEND_H
#define PAGESTAT_PRETEND_H

#include "caller.h"

#ifdef PAGESTAT_PRETEND
extern bool pagestat_pretend_clone;
extern bool pagestat_pretend_inlined;

enum pagestat_caller pagestat_pretend_caller(const char *function,
					     enum pagestat_caller caller);
#else
/* The function that a hook is on has the name of a clone. */
#define pagestat_pretend_clone		false
/* Entries of do_wp_page() are not seen. */
#define pagestat_pretend_inlined	false

/* What a function that calls a leaf is taken for. */
static inline enum pagestat_caller pagestat_pretend_caller(const char *function,
							   enum pagestat_caller caller)
{
	return caller;
}
#endif

#endif /* PAGESTAT_PRETEND_H */
