// SPDX-License-Identifier: GPL-2.0
/*
 * caller.c - which function of the kernel called a leaf
 *
 * Each call in the kernel's code has one return address, and few call a leaf.  At the
 * first hit from an address, kallsyms is asked for the function that it is in; later
 * hits find it in a small table.  Which functions the compiler inlined into that one
 * is not known, so several are listed for one meaning.  Those that all faults go through
 * say nothing but where the compiler has inlined do_anonymous_page() into them.
 */
#include <linux/atomic.h>
#include <linux/kallsyms.h>
#include <linux/kernel.h>
#include <linux/string.h>

#include "caller.h"
#include "pretend.h"
#include "symbols.h"

struct pagestat_call_site pagestat_call_sites[1 << CALL_SITE_BITS];

/* From reading mm/ of 5.10 to 7.2, and as found in the kernels of Debian and Ubuntu. */
static const struct {
	const char *function;
	enum pagestat_caller caller;
} caller_names[] = {
	{ "do_anonymous_page",			CALLER_ANON },
	{ "map_anon_folio_pte_nopf",		CALLER_ANON },
	{ "__do_huge_pmd_anonymous_page",	CALLER_ANON },
	{ "do_huge_pmd_anonymous_page",		CALLER_ANON },
	{ "do_huge_zero_wp_pmd",		CALLER_ANON },
	{ "map_anon_folio_pmd",			CALLER_ANON },
	{ "map_anon_folio_pmd_nopf",		CALLER_ANON },
	{ "map_anon_folio_pmd_pf",		CALLER_ANON },
	/* what all faults on small pages go through */
	{ "do_pte_missing",			CALLER_FAULT },
	{ "handle_pte_fault",			CALLER_FAULT },
	{ "__handle_mm_fault",			CALLER_FAULT },
	{ "handle_mm_fault",			CALLER_FAULT },
	{ "touch_pmd",				CALLER_TOUCH },
	{ "huge_pmd_set_accessed",		CALLER_TOUCH },
	{ "do_wp_page",				CALLER_WP },
	{ "wp_page_copy",			CALLER_WP },
	{ "wp_page_reuse",			CALLER_WP },
	{ "wp_page_shared",			CALLER_WP },
	{ "wp_pfn_shared",			CALLER_WP },
	{ "finish_mkwrite_fault",		CALLER_WP },
	{ "set_pte_range",			CALLER_MAP_FILE },
	{ "alloc_set_pte",			CALLER_MAP_FILE },
	{ "do_set_pte",				CALLER_MAP_FILE },
	{ "finish_fault",			CALLER_MAP_FILE },
	{ "do_set_pmd",				CALLER_MAP_FILE },
	{ "do_swap_page",			CALLER_SWAP },
	{ "do_huge_pmd_wp_page",		CALLER_HUGE_WP },
	{ "hugetlb_wp",				CALLER_HUGETLB_WP },
	{ "hugetlb_cow",			CALLER_HUGETLB_WP },
	{ "set_huge_ptep_writable",		CALLER_HUGETLB_WP },
	{ "set_huge_ptep_maybe_writable",	CALLER_HUGETLB_WP },
	{ "hugetlb_no_page",			CALLER_HUGETLB_NEW },
	{ "hugetlb_fault",			CALLER_HUGETLB_FAULT },
	{ "try_to_unmap_one",			CALLER_UNMAP },
	{ "mem_cgroup_handle_over_high",	CALLER_OVER_HIGH },
	{ "__mem_cgroup_handle_over_high",	CALLER_OVER_HIGH },
	/* arm64: for page table entries that are changed several at a time */
	{ "contpte_ptep_set_access_flags",	CALLER_BETWEEN },
	/* 6.3 to 6.7: a wrapper of folio_add_new_anon_rmap(), which need not be jumped to */
	{ "page_add_new_anon_rmap",		CALLER_BETWEEN },
	/* has a hook of its own */
	{ "huge_ptep_set_access_flags",		CALLER_NO_FAULT },
	/* fork copies a pinned page at once */
	{ "copy_page_range",			CALLER_NO_FAULT },
	{ "copy_p4d_range",			CALLER_NO_FAULT },
	{ "copy_pud_range",			CALLER_NO_FAULT },
	{ "copy_pmd_range",			CALLER_NO_FAULT },
	{ "copy_pte_range",			CALLER_NO_FAULT },
	{ "copy_present_page",			CALLER_NO_FAULT },
	{ "copy_present_ptes",			CALLER_NO_FAULT },
	{ "copy_hugetlb_page_range",		CALLER_NO_FAULT },
	{ "hugetlb_install_page",		CALLER_NO_FAULT },
	{ "hugetlb_install_folio",		CALLER_NO_FAULT },
	/* pages of devices, and young or dirty bits */
	{ "follow_trans_huge_pmd",		CALLER_NO_FAULT },
	{ "follow_devmap_pmd",			CALLER_NO_FAULT },
	{ "follow_huge_pmd",			CALLER_NO_FAULT },
	{ "insert_pfn",				CALLER_NO_FAULT },
	{ "insert_pfn_pmd",			CALLER_NO_FAULT },
	{ "insert_pmd",				CALLER_NO_FAULT },
	{ "insert_page",			CALLER_NO_FAULT },
	{ "insert_page_into_pte_locked",	CALLER_NO_FAULT },
	{ "vm_insert_page",			CALLER_NO_FAULT },
	{ "vmf_insert_page_mkwrite",		CALLER_NO_FAULT },
	{ "vmf_insert_pfn_prot",		CALLER_NO_FAULT },
	{ "vmf_insert_pfn_pmd",			CALLER_NO_FAULT },
	{ "vmf_insert_pfn_pmd_prot",		CALLER_NO_FAULT },
	{ "vmf_insert_folio_pmd",		CALLER_NO_FAULT },
	{ "__vm_insert_mixed",			CALLER_NO_FAULT },
	{ "vmf_insert_mixed",			CALLER_NO_FAULT },
	{ "vmf_insert_mixed_prot",		CALLER_NO_FAULT },
	{ "vmf_insert_mixed_mkwrite",		CALLER_NO_FAULT },
	{ "__wp_page_copy_user",		CALLER_NO_FAULT },
	/* khugepaged, and the like in the context of a thread */
	{ "khugepaged",				CALLER_NO_FAULT },
	{ "khugepaged_do_scan",			CALLER_NO_FAULT },
	{ "khugepaged_scan_mm_slot",		CALLER_NO_FAULT },
	{ "khugepaged_scan_pmd",		CALLER_NO_FAULT },
	{ "collapse_scan_mm_slot",		CALLER_NO_FAULT },
	{ "hpage_collapse_scan_pmd",		CALLER_NO_FAULT },
	{ "collapse_scan_pmd",			CALLER_NO_FAULT },
	{ "collapse_single_pmd",		CALLER_NO_FAULT },
	{ "collapse_huge_page",			CALLER_NO_FAULT },
	{ "madvise_collapse",			CALLER_NO_FAULT },
	/* migration, KSM, swapoff, userfaultfd, uprobes */
	{ "remove_migration_pte",		CALLER_NO_FAULT },
	{ "remove_migration_pmd",		CALLER_NO_FAULT },
	{ "migrate_vma_insert_page",		CALLER_NO_FAULT },
	{ "migrate_vma_insert_huge_pmd_page",	CALLER_NO_FAULT },
	{ "migrate_vma_pages",			CALLER_NO_FAULT },
	{ "migrate_device_pages",		CALLER_NO_FAULT },
	{ "__migrate_device_pages",		CALLER_NO_FAULT },
	{ "try_to_merge_one_page",		CALLER_NO_FAULT },
	{ "replace_page",			CALLER_NO_FAULT },
	{ "unuse_pte",				CALLER_NO_FAULT },
	{ "unuse_pte_range",			CALLER_NO_FAULT },
	{ "unuse_vma",				CALLER_NO_FAULT },
	{ "unuse_mm",				CALLER_NO_FAULT },
	{ "try_to_unuse",			CALLER_NO_FAULT },
	{ "__do_sys_swapoff",			CALLER_NO_FAULT },
	{ "__se_sys_swapoff",			CALLER_NO_FAULT },
	{ "__x64_sys_swapoff",			CALLER_NO_FAULT },
	{ "__ia32_sys_swapoff",			CALLER_NO_FAULT },
	{ "__arm64_sys_swapoff",		CALLER_NO_FAULT },
	{ "mcopy_atomic",			CALLER_NO_FAULT },
	{ "__mcopy_atomic",			CALLER_NO_FAULT },
	{ "mcopy_atomic_pte",			CALLER_NO_FAULT },
	{ "mfill_atomic",			CALLER_NO_FAULT },
	{ "mfill_atomic_copy",			CALLER_NO_FAULT },
	{ "mfill_atomic_continue",		CALLER_NO_FAULT },
	{ "mfill_atomic_pte",			CALLER_NO_FAULT },
	{ "mfill_atomic_pte_copy",		CALLER_NO_FAULT },
	{ "mfill_atomic_pte_continue",		CALLER_NO_FAULT },
	{ "mfill_atomic_install_pte",		CALLER_NO_FAULT },
	{ "mcopy_atomic_install_pte",		CALLER_NO_FAULT },
	{ "shmem_mfill_atomic_pte",		CALLER_NO_FAULT },
	{ "hugetlb_mfill_atomic_pte",		CALLER_NO_FAULT },
	{ "hugetlb_mcopy_atomic_pte",		CALLER_NO_FAULT },
	{ "__replace_page",			CALLER_NO_FAULT },
	{ "__uprobe_write",			CALLER_NO_FAULT },
	{ "uprobe_write",			CALLER_NO_FAULT },
	{ "uprobe_write_opcode",		CALLER_NO_FAULT },
	{ "__split_huge_pmd",			CALLER_NO_FAULT },
	{ "__split_huge_pmd_locked",		CALLER_NO_FAULT },
	{ "split_huge_pmd_locked",		CALLER_NO_FAULT },
};

/* What return probes and the function graph tracer replace return addresses by. */
static const char * const trampolines[] = {
	"arch_rethook_trampoline", "kretprobe_trampoline", "__kretprobe_trampoline",
	"return_to_handler",
};

/* Whether they are functions of their own, and not inlined into what calls them. */
static bool anon_is_function __read_mostly;
static bool hugetlb_is_function __read_mostly;

/* What a function that has several callees inlined stands for in this kernel. */
static enum pagestat_caller caller_resolve(enum pagestat_caller caller)
{
	if (caller == CALLER_FAULT && !anon_is_function)
		return CALLER_FAULT_ANON;
	if (caller == CALLER_HUGETLB_FAULT && !hugetlb_is_function)
		return CALLER_HUGETLB_NEW;
	return caller;
}

/*
 * Ask kallsyms.  It searches a sorted array and takes no lock for an address in
 * the kernel itself.  What the compiler appends (.isra.0, .cold) is cut off.
 */
static noinline enum pagestat_caller caller_by_symbol(unsigned long address)
{
	char name[KSYM_SYMBOL_LEN];
	int i;

	sprint_symbol_no_offset(name, address);
	for (i = 0; i < ARRAY_SIZE(trampolines); i++)
		if (!strcmp(name, trampolines[i]))
			return CALLER_HIDDEN;

	/* The call itself lies before the address it returns to. */
	sprint_symbol(name, address - 1);
	name[strcspn(name, ".+")] = '\0';

	for (i = 0; i < ARRAY_SIZE(caller_names); i++)
		if (!strcmp(name, caller_names[i].function))
			return caller_resolve(pagestat_pretend_caller(name, caller_names[i].caller));
	return CALLER_UNKNOWN;
}

/**
 * pagestat_caller_look_up() - the caller, if it is not the first its hash leads to
 * @address: where the function returns to
 *
 * If the table is full, kallsyms is asked at every hit.
 *
 * Context: any; takes no lock.
 * Return: the caller.
 */
enum pagestat_caller pagestat_caller_look_up(unsigned long address)
{
	unsigned int start = hash_long(address, CALL_SITE_BITS);
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(pagestat_call_sites); i++) {
		struct pagestat_call_site *site;
		unsigned long seen;

		site = &pagestat_call_sites[(start + i) % ARRAY_SIZE(pagestat_call_sites)];
		/* Pairs with the release below: the caller is read after it. */
		seen = smp_load_acquire(&site->address);
		if (seen == address)
			return site->caller;
		if (seen || cmpxchg(&site->claimed, 0, 1))
			continue;
		site->caller = caller_by_symbol(address);
		/* Pairs with the acquires above and in pagestat_caller_at(). */
		smp_store_release(&site->address, address);
		return site->caller;
	}
	return caller_by_symbol(address);
}

/**
 * pagestat_caller_behind() - the caller, where something is between it and a function
 * @call:   the call
 * @caller: what that is: CALLER_HIDDEN or CALLER_BETWEEN
 * @from:   set to the address in the real caller
 *
 * Context: a handler; takes no lock.
 * Return: the caller; CALLER_HIDDEN where the kernel does not know it either.
 */
enum pagestat_caller pagestat_caller_behind(const struct pagestat_call *call,
					    enum pagestat_caller caller, unsigned long *from)
{
	struct pt_regs room;
	struct pt_regs *regs = pagestat_call_registers(call, &room);

	if (caller == CALLER_HIDDEN) {
		*from = arch_hidden_caller(regs);
		caller = *from ? pagestat_caller_at(*from) : CALLER_HIDDEN;
	}
	if (caller == CALLER_BETWEEN) {
		unsigned long outer = arch_outer_caller(regs);

		if (!outer)
			return CALLER_HIDDEN;
		*from = outer;
		caller = pagestat_caller_at(outer);
	}
	return caller;
}

/**
 * pagestat_callers_init() - find out what the compiler has inlined; before any hook is attached
 *
 * Context: process context; sleeps.
 * Return: 0, or -ENOMEM.
 */
int pagestat_callers_init(void)
{
	int anon = pagestat_symbols_have("do_anonymous_page", "handle_mm_fault");
	int hugetlb = pagestat_symbols_have("hugetlb_no_page", "hugetlb_fault");

	anon_is_function = anon;
	hugetlb_is_function = hugetlb;
	return anon < 0 || hugetlb < 0 ? -ENOMEM : 0;
}
