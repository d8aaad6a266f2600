// SPDX-License-Identifier: GPL-2.0
/*
 * caller.c - which function of the kernel called a leaf
 *
 * Each call in the kernel's code has one return address, and few call a leaf.  At the
 * first hit from an address, kallsyms is asked for the function that it is in; later
 * hits find it in a small table.  Which functions the compiler inlined into that one
 * is not known, so several are listed for one meaning: from handle_mm_fault() down to
 * do_anonymous_page() all are CALLER_ANON.
 */
#include <linux/atomic.h>
#include <linux/kallsyms.h>
#include <linux/kernel.h>
#include <linux/string.h>

#include "caller.h"

struct pagestat_call_site pagestat_call_sites[1 << CALL_SITE_BITS];

/* From reading mm/ of 5.10 to 7.1, and as found in the kernels of Debian. */
static const struct {
	const char *function;
	enum pagestat_caller caller;
} caller_names[] = {
	{ "do_anonymous_page",			CALLER_ANON },
	{ "map_anon_folio_pte_nopf",		CALLER_ANON },
	{ "handle_pte_fault",			CALLER_ANON },
	{ "__handle_mm_fault",			CALLER_ANON },
	{ "handle_mm_fault",			CALLER_ANON },
	{ "__do_huge_pmd_anonymous_page",	CALLER_ANON },
	{ "do_huge_pmd_anonymous_page",		CALLER_ANON },
	{ "map_anon_folio_pmd",			CALLER_ANON },
	{ "map_anon_folio_pmd_nopf",		CALLER_ANON },
	{ "map_anon_folio_pmd_pf",		CALLER_ANON },
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
	{ "hugetlb_fault",			CALLER_HUGETLB_NEW },
	{ "hugetlb_no_page",			CALLER_HUGETLB_NEW },
	{ "try_to_unmap_one",			CALLER_UNMAP },
	{ "mem_cgroup_handle_over_high",	CALLER_OVER_HIGH },
	{ "__mem_cgroup_handle_over_high",	CALLER_OVER_HIGH },
	/* arm64: for page table entries that are changed several at a time */
	{ "contpte_ptep_set_access_flags",	CALLER_BETWEEN },
	/* has a hook of its own */
	{ "huge_ptep_set_access_flags",		CALLER_NO_FAULT },
	/* fork copies a pinned page at once */
	{ "copy_page_range",			CALLER_NO_FAULT },
	{ "copy_pte_range",			CALLER_NO_FAULT },
	{ "copy_present_page",			CALLER_NO_FAULT },
	{ "copy_present_ptes",			CALLER_NO_FAULT },
	{ "copy_hugetlb_page_range",		CALLER_NO_FAULT },
	{ "hugetlb_install_page",		CALLER_NO_FAULT },
	{ "hugetlb_install_folio",		CALLER_NO_FAULT },
	/* pages of devices, and young or dirty bits */
	{ "follow_trans_huge_pmd",		CALLER_NO_FAULT },
	{ "insert_pfn",				CALLER_NO_FAULT },
	{ "insert_pfn_pmd",			CALLER_NO_FAULT },
	{ "insert_pmd",				CALLER_NO_FAULT },
	{ "insert_page_into_pte_locked",	CALLER_NO_FAULT },
	{ "vmf_insert_pfn_pmd",			CALLER_NO_FAULT },
	{ "vmf_insert_pfn_pmd_prot",		CALLER_NO_FAULT },
	{ "__vm_insert_mixed",			CALLER_NO_FAULT },
	{ "__wp_page_copy_user",		CALLER_NO_FAULT },
	/* khugepaged, migration, KSM, swapoff, userfaultfd, uprobes */
	{ "collapse_huge_page",			CALLER_NO_FAULT },
	{ "remove_migration_pte",		CALLER_NO_FAULT },
	{ "remove_migration_pmd",		CALLER_NO_FAULT },
	{ "migrate_vma_insert_page",		CALLER_NO_FAULT },
	{ "migrate_vma_pages",			CALLER_NO_FAULT },
	{ "__migrate_device_pages",		CALLER_NO_FAULT },
	{ "try_to_merge_one_page",		CALLER_NO_FAULT },
	{ "replace_page",			CALLER_NO_FAULT },
	{ "unuse_pte",				CALLER_NO_FAULT },
	{ "unuse_pte_range",			CALLER_NO_FAULT },
	{ "try_to_unuse",			CALLER_NO_FAULT },
	{ "mfill_atomic_install_pte",		CALLER_NO_FAULT },
	{ "mcopy_atomic_install_pte",		CALLER_NO_FAULT },
	{ "shmem_mfill_atomic_pte",		CALLER_NO_FAULT },
	{ "hugetlb_mfill_atomic_pte",		CALLER_NO_FAULT },
	{ "hugetlb_mcopy_atomic_pte",		CALLER_NO_FAULT },
	{ "__replace_page",			CALLER_NO_FAULT },
	{ "__split_huge_pmd",			CALLER_NO_FAULT },
	{ "__split_huge_pmd_locked",		CALLER_NO_FAULT },
	{ "split_huge_pmd_locked",		CALLER_NO_FAULT },
};

/* What return probes and the function graph tracer replace return addresses by. */
static const char * const trampolines[] = {
	"arch_rethook_trampoline", "kretprobe_trampoline", "__kretprobe_trampoline",
	"return_to_handler",
};

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
			return caller_names[i].caller;
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
		*from = arch_outer_caller(regs);
		caller = pagestat_caller_at(*from);
	}
	return caller;
}
