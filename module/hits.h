/* SPDX-License-Identifier: GPL-2.0 */
/* hits.h - the hooks by number, and how often each was hit */
#ifndef PAGESTAT_HITS_H
#define PAGESTAT_HITS_H

#include <linux/compiler.h>
#include <linux/cpumask.h>
#include <linux/percpu.h>
#include <linux/types.h>

enum pagestat_hook_id {
	HOOK_SELF,
	HOOK_SELF_KPROBE,
	HOOK_FAULT,
	HOOK_WP,
	HOOK_SWAP,
	HOOK_NUMA,
	HOOK_UFFD,
	HOOK_REFAULT,
	HOOK_NEW_ANON,
	HOOK_REUSE,
	HOOK_HUGE_REUSE,
	HOOK_HUGETLB,
	HOOK_HUGETLB_MOVES,
	HOOK_HUGE_MOVES,
	HOOK_HUGE_THERE,
	HOOK_HUGE_HINT,
	HOOK_HUGE_DEVICE,
	HOOK_COLLAPSE,
	HOOK_MAPPED,
	HOOK_MAPPED_HUGE,
	HOOK_SWAP_MAP,
	HOOK_UNMAP,
	HOOK_SWAP_OUT,
	HOOK_RECLAIM_BEGIN,
	HOOK_RECLAIM_END,
	HOOK_LIMIT_BEGIN,
	HOOK_LIMIT_END,
	HOOK_STALL_BEGIN,
	HOOK_STALL_END,
	HOOK_COMPACT,
	HOOK_OVER_HIGH,
	HOOK_OOM,
	HOOK_RETURN,
	HOOK_DEATH,
	HOOK_BIRTH,
	NR_HOOKS
};

/* The hooks of PAGESTAT_LEAVES, by the names there. */
enum pagestat_leaf {
	LEAF_wp = HOOK_WP,
	LEAF_new_anon = HOOK_NEW_ANON,
	LEAF_reuse = HOOK_REUSE,
	LEAF_huge_reuse = HOOK_HUGE_REUSE,
	LEAF_hugetlb = HOOK_HUGETLB,
	LEAF_swap_map = HOOK_SWAP_MAP,
	LEAF_swap_out = HOOK_SWAP_OUT,
};

/* What each CPU has seen of each hook. */
struct pagestat_hook_hits {
	u64 hits[NR_HOOKS];
	u64 stray[NR_HOOKS];
};

DECLARE_PER_CPU(struct pagestat_hook_hits, pagestat_hook_hits);
extern unsigned long pagestat_hook_stray_from[NR_HOOKS];

/* The sum of a per-CPU variable over all CPUs. */
#define pagestat_percpu_sum(variable) ({				\
	u64 sum_ = 0;							\
	int cpu_;							\
									\
	for_each_possible_cpu(cpu_)					\
		sum_ += per_cpu(variable, cpu_);			\
	sum_;								\
})

static inline void pagestat_hook_hit(enum pagestat_hook_id id)
{
	this_cpu_inc(pagestat_hook_hits.hits[id]);
}

/* A hit whose caller, at @address, is unknown. */
static inline void pagestat_hook_stray(enum pagestat_hook_id id, unsigned long address)
{
	this_cpu_inc(pagestat_hook_hits.stray[id]);
	WRITE_ONCE(pagestat_hook_stray_from[id], address);
}

#endif /* PAGESTAT_HITS_H */
