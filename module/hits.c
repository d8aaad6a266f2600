// SPDX-License-Identifier: GPL-2.0
/*
 * hits.c - how often each hook was hit
 *
 * Handlers count here, so it is below them; the table of hooks, which names them, is
 * above.
 */
#include "hits.h"

DEFINE_PER_CPU(struct pagestat_hook_hits, pagestat_hook_hits);
unsigned long pagestat_hook_stray_from[NR_HOOKS];
