// SPDX-License-Identifier: GPL-2.0
/*
 * table.c - all hooks: the function, its handler, and the counters that need it
 *
 * Those that count are on entries of functions, or on tracepoints.  A return probe on
 * a function that sleeps needs an instance for each sleeping task and loses hits when
 * they run out; no counter needs one.
 */
#include <linux/mman.h>

#include "hooks.h"
#include "latency.h"
#include "reclaim.h"
#include "uapi/pagestat.h"

/* C(cow) is the bit of PAGESTAT_cow. */
#define C(name) BIT_ULL(PAGESTAT_##name)
static_assert(PAGESTAT_NR <= 64);

/* What the kernel is built without never happens: its counters are 0, not unknown. */
#define IF(config, counters) (IS_ENABLED(config) ? (counters) : 0)

/* Whether a thread can collapse memory itself. */
#ifdef MADV_COLLAPSE
#define COLLAPSE(function)	function
#define COLLAPSE_COUNTERS	(C(zerofill) | C(swapin) | C(swapin_io) | C(swapin_cache))
#else
#define COLLAPSE(function)	NULL
#define COLLAPSE_COUNTERS	0
#endif

struct pagestat_hook pagestat_hooks[NR_HOOKS] = {
	[HOOK_SELF] = {
		.name = "self",
		.on = { { "pagestat_self", HANDLER_count_self } },
	},
	[HOOK_SELF_KPROBE] = {
		.name = "self-kprobe",
		.on = { { "pagestat_self", HANDLER_count_self_kprobe } },
		.kprobe = true,
	},
	[HOOK_FAULT] = {
		.name = "fault",
		.required = true,
		.feeds = C(zeromap) | C(filemap) | C(swapin) | C(swapin_io) |
			 C(swapin_cache) | C(retry) | C(error) | C(read) |
			 C(write) | C(exec) | C(kernel) | C(remote) | C(other),
		.on = { { "handle_mm_fault", HANDLER_count_fault } },
	},
	[HOOK_WP] = {
		.name = "wp",
		.local = true,
		.feeds = PAGESTAT_LEAF_wp,
		.on = { { "do_wp_page", HANDLER_count_wp } },
		.clone = HANDLER_count_wp_clone,
	},
	[HOOK_SWAP] = {
		.name = "swap",
		.feeds = IF(CONFIG_SWAP, C(zeromap) | C(filemap) | C(other)),
		.on = { { "do_swap_page", HANDLER_count_swap } },
	},
	[HOOK_NUMA] = {
		.name = "numa",
		.feeds = IF(CONFIG_NUMA_BALANCING,
			    C(numa) | C(zeromap) | C(filemap) | C(other)),
		.on = { { "mpol_misplaced", HANDLER_count_numa } },
	},
	[HOOK_UFFD] = {
		.name = "uffd",
		.unfit = !COMPAT_UFFD_FITS,
		.feeds = IF(CONFIG_USERFAULTFD, C(uffd)),
		.on = { { "handle_userfault", HANDLER_count_uffd } },
	},
	[HOOK_REFAULT] = {
		.name = "refault",
		.feeds = C(refault) | C(thrash),
		.on = { { "workingset_refault", HANDLER_count_refault } },
	},
	[HOOK_NEW_ANON] = {
		.name = "new-anon",
		.required = true,
		.feeds = PAGESTAT_LEAF_new_anon,
		.on = { { "folio_add_new_anon_rmap", HANDLER_count_new_anon },
			{ "page_add_new_anon_rmap", HANDLER_count_new_anon } },
	},
	[HOOK_REUSE] = {
		.name = "reuse",
		.feeds = PAGESTAT_LEAF_reuse,
		/* arm64 has the first since 7.1, and had the second before. */
		.on = { { "__ptep_set_access_flags_anysz", HANDLER_count_reuse },
			{ "__ptep_set_access_flags", HANDLER_count_reuse },
			{ "ptep_set_access_flags", HANDLER_count_reuse } },
	},
	[HOOK_HUGE_REUSE] = {
		.name = "huge-reuse",
		.feeds = IF(CONFIG_TRANSPARENT_HUGEPAGE, PAGESTAT_LEAF_huge_reuse),
		/* One of them is a function, the other is inlined: x86, arm64. */
		.on = { { "pmdp_set_access_flags", HANDLER_count_huge_reuse },
			{ "huge_ptep_set_access_flags", HANDLER_count_huge_reuse } },
	},
	[HOOK_HUGETLB] = {
		.name = "hugetlb",
		.feeds = IF(CONFIG_HUGETLB_PAGE, PAGESTAT_LEAF_hugetlb),
		.on = { { "hugetlb_add_new_anon_rmap", HANDLER_count_hugetlb },
			{ "hugepage_add_new_anon_rmap", HANDLER_count_hugetlb } },
	},
	[HOOK_HUGETLB_MOVES] = {
		.name = "hugetlb-moves",
		.feeds = IF(CONFIG_HUGETLB_PAGE,
			    IF(CONFIG_MIGRATION, C(filemap) | C(other))),
		.on = { { "migration_entry_wait_huge", HANDLER_count_hugetlb_moves } },
	},
	[HOOK_HUGE_MOVES] = {
		.name = "huge-moves",
		.feeds = IF(CONFIG_ARCH_ENABLE_THP_MIGRATION,
			    C(zeromap) | C(filemap) | C(other)),
		.on = { { "pmd_migration_entry_wait", HANDLER_count_huge_moves } },
	},
	[HOOK_HUGE_THERE] = {
		.name = "huge-there",
		.feeds = IF(CONFIG_TRANSPARENT_HUGEPAGE,
			    C(zeromap) | C(filemap) | C(other)),
		.on = { { "huge_pmd_set_accessed", HANDLER_count_huge_there } },
	},
	[HOOK_HUGE_HINT] = {
		.name = "huge-hint",
		.feeds = IF(CONFIG_NUMA_BALANCING,
			    IF(CONFIG_TRANSPARENT_HUGEPAGE,
			       C(zeromap) | C(filemap) | C(other))),
		.on = { { "do_huge_pmd_numa_page", HANDLER_count_huge_hint } },
	},
	[HOOK_HUGE_DEVICE] = {
		.name = "huge-device",
		.feeds = COMPAT_HUGE_DEVICE ?
			 IF(CONFIG_TRANSPARENT_HUGEPAGE, C(zeromap) | C(other)) : 0,
		.on = { { COMPAT_HUGE_DEVICE ? "do_huge_pmd_device_private" : NULL,
			  HANDLER_count_huge_device } },
	},
	/* Any of them is entered before pages are filled or brought back. */
	[HOOK_COLLAPSE] = {
		.name = "collapse",
		.feeds = IF(CONFIG_TRANSPARENT_HUGEPAGE, COLLAPSE_COUNTERS),
		.on = { { COLLAPSE("madvise_collapse"), HANDLER_count_collapse },
			{ COLLAPSE("hpage_collapse_scan_pmd"), HANDLER_count_collapse },
			{ COLLAPSE("collapse_huge_page"), HANDLER_count_collapse } },
	},
	[HOOK_MAPPED] = {
		.name = "mapped",
		.unfit = !COMPAT_FILE_RMAP_FITS,
		.on_demand = true,
		.feeds = C(mapped),
		.on = { { "folio_add_file_rmap_ptes", HANDLER_count_mapped },
			{ "folio_add_file_rmap_range", HANDLER_count_mapped },
			{ "page_add_file_rmap", HANDLER_count_mapped_page } },
	},
	[HOOK_MAPPED_HUGE] = {
		.name = "mapped-huge",
		.on_demand = true,
		.feeds = COMPAT_FILE_RMAP_PMD ?
			 IF(CONFIG_TRANSPARENT_HUGEPAGE, C(mapped)) : 0,
		.on = { { COMPAT_FILE_RMAP_PMD ? "folio_add_file_rmap_pmd" : NULL,
			  HANDLER_count_mapped_huge } },
	},
	[HOOK_SWAP_MAP] = {
		.name = "swap-map",
		.feeds = PAGESTAT_LEAF_swap_map,
		.on = { { "folio_add_anon_rmap_ptes", HANDLER_count_swap_map_pages },
			{ "do_page_add_anon_rmap", HANDLER_count_swap_map },
			{ "page_add_anon_rmap", HANDLER_count_swap_map } },
	},
	[HOOK_UNMAP] = {
		.name = "unmap",
		.feeds = IF(CONFIG_SWAP, C(swapout)),
		.on = { { "try_to_unmap_one", HANDLER_count_unmap } },
	},
	[HOOK_SWAP_OUT] = {
		.name = "swap-out",
		.feeds = IF(CONFIG_SWAP, PAGESTAT_LEAF_swap_out),
		.on = { { "folio_dup_swap", HANDLER_count_swap_out_folio },
			{ "swap_duplicate_nr", HANDLER_count_swap_out_pages },
			{ "swap_duplicate", HANDLER_count_swap_out } },
	},
	[HOOK_RECLAIM_BEGIN] = {
		.name = "reclaim-begin",
		.unfit = !COMPAT_RECLAIM_BEGIN_FITS,
		.feeds = C(reclaim) | C(reclaim_ns),
		.event = "mm_vmscan_direct_reclaim_begin",
		.probe = pagestat_reclaim_begin,
	},
	[HOOK_RECLAIM_END] = {
		.name = "reclaim-end",
		.unfit = !COMPAT_RECLAIM_END_FITS,
		.feeds = C(reclaim_ns),
		.event = "mm_vmscan_direct_reclaim_end",
		.probe = pagestat_reclaim_end,
	},
	[HOOK_LIMIT_BEGIN] = {
		.name = "limit-begin",
		.unfit = !COMPAT_RECLAIM_BEGIN_FITS,
		.feeds = IF(CONFIG_MEMCG, C(reclaim) | C(reclaim_ns)),
		.event = "mm_vmscan_memcg_reclaim_begin",
		.probe = pagestat_limit_begin,
	},
	[HOOK_LIMIT_END] = {
		.name = "limit-end",
		.unfit = !COMPAT_RECLAIM_END_FITS,
		.feeds = IF(CONFIG_MEMCG, C(reclaim_ns)),
		.event = "mm_vmscan_memcg_reclaim_end",
		.probe = pagestat_limit_end,
	},
	[HOOK_STALL_BEGIN] = {
		.name = "stall-begin",
		.feeds = C(stall) | C(stall_ns) | IF(CONFIG_COMPACTION, C(compact_ns)) |
			 IF(CONFIG_MEMCG, C(throttle) | C(throttle_ns)),
		.on = { { "psi_memstall_enter", HANDLER_count_stall_begin } },
	},
	[HOOK_STALL_END] = {
		.name = "stall-end",
		.feeds = C(stall_ns) | IF(CONFIG_COMPACTION, C(compact_ns)) |
			 IF(CONFIG_MEMCG, C(throttle) | C(throttle_ns)),
		.on = { { "psi_memstall_leave", HANDLER_count_stall_end } },
	},
	[HOOK_COMPACT] = {
		.name = "compact",
		.feeds = IF(CONFIG_COMPACTION, C(compact) | C(compact_ns)),
		.on = { { "try_to_compact_pages", HANDLER_count_compact } },
	},
	[HOOK_OVER_HIGH] = {
		.name = "over-high",
		.feeds = IF(CONFIG_MEMCG, C(throttle) | C(throttle_ns)),
		.on = { { "__mem_cgroup_handle_over_high", HANDLER_count_over_high },
			{ "mem_cgroup_handle_over_high", HANDLER_count_over_high } },
	},
	[HOOK_OOM] = {
		.name = "oom",
		.unfit = !COMPAT_OOM_VICTIM_FITS,
		.feeds = C(oom),
		.event = "mark_victim",
		.probe = pagestat_oom_victim,
	},
	[HOOK_RETURN] = {
		.name = "return",
		.returns = &pagestat_latency_probe,
	},
	/*
	 * Not release_task() itself: a leader that nobody waits for is released in a
	 * second round of the same call, which is not entered again.
	 */
	[HOOK_DEATH] = {
		.name = "death",
		.required = true,
		.feeds = C(minor) | C(major),
		.on = { { "cgroup_task_release", HANDLER_count_death },
			{ "cgroup_release", HANDLER_count_death },
			{ "release_task", HANDLER_count_death } },
	},
	[HOOK_BIRTH] = {
		.name = "birth",
		.required = true,
		.feeds = C(minor) | C(major),
		.on = { { "wake_up_new_task", HANDLER_count_birth } },
	},
};
