/* SPDX-License-Identifier: GPL-2.0 */
/*
 * compat.h - the only file that knows kernel versions; arch.h knows architectures
 *
 * Everything else reads as if written for the newest kernel.  Names of kernel
 * functions are not here: table.c lists the functions that a hook may be attached to,
 * caller.c those that may call a leaf, and what the running kernel has is used.
 */
#ifndef PAGESTAT_COMPAT_H
#define PAGESTAT_COMPAT_H

#include <linux/cgroup.h>
#include <linux/fs.h>
#include <linux/ftrace.h>
#include <linux/kprobes.h>
#include <linux/mm.h>
#include <linux/ptrace.h>
#include <linux/rmap.h>
#include <linux/swap.h>
#include <linux/userfaultfd_k.h>
#include <linux/version.h>

#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 19, 0)
#include <linux/leafops.h>
#else
#include <linux/swapops.h>
#endif

#include "arch.h"

#if LINUX_VERSION_CODE < KERNEL_VERSION(5, 10, 0)
#error "pagestat needs Linux 5.10 or later"
#endif
#if defined(CONFIG_ARM64) && LINUX_VERSION_CODE < KERNEL_VERSION(6, 1, 0)
#error "pagestat needs Linux 6.1 or later on arm64"
#endif

/* Since 6.4 the first try is made under the lock of one vma. */
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 4, 0)
#define COMPAT_FAULT_FLAG_VMA_LOCK	FAULT_FLAG_VMA_LOCK
#else
#define COMPAT_FAULT_FLAG_VMA_LOCK	0
#endif

/* Since 5.19 a page is copied so that the kernel can pin it for reading. */
#if LINUX_VERSION_CODE >= KERNEL_VERSION(5, 19, 0)
#define COMPAT_FAULT_FLAG_UNSHARE	FAULT_FLAG_UNSHARE
#else
#define COMPAT_FAULT_FLAG_UNSHARE	0
#endif

/* Before 6.0 a write to a shared page was tried again when its file had slowed it down. */
#define COMPAT_SLOWED_DOWN_TWICE	(LINUX_VERSION_CODE < KERNEL_VERSION(6, 0, 0))

/* Since 6.19 a device's memory may have huge pages. */
#define COMPAT_HUGE_DEVICE	(LINUX_VERSION_CODE >= KERNEL_VERSION(6, 19, 0))

/*
 * Whether what is left of an evicted page says that it was in use.  Before 6.14,
 * multi-generational LRU forgot that when it found a page accessed in a page table.
 */
#define COMPAT_SHADOW_SAYS_USED	\
	(!IS_ENABLED(CONFIG_LRU_GEN_ENABLED) || LINUX_VERSION_CODE >= KERNEL_VERSION(6, 14, 0))

/* Since 6.8 a huge page of a file is mapped by a function of its own. */
#ifdef folio_add_file_rmap_pte
#define COMPAT_FILE_RMAP_PMD	1
#else
#define COMPAT_FILE_RMAP_PMD	0
#endif

/* Which argument of page_add_file_rmap() says that it maps a huge page. */
#define COMPAT_FILE_RMAP_COMPOUND	\
	(LINUX_VERSION_CODE >= KERNEL_VERSION(5, 18, 0) ? 2 : 1)

/* Until 6.6 all CPUs took a return probe's instances from one list. */
#define COMPAT_RETURNS_SHARED	(LINUX_VERSION_CODE < KERNEL_VERSION(6, 7, 0))

/*
 * Whether a handler may do itself what a return probe does at an entry.  Before 5.18,
 * when return probes became rethooks, that takes locks that are safe in a kprobe only;
 * and it needs all registers, which ftrace has on x86-64.
 */
#define COMPAT_RETURNS_DIRECT	\
	(IS_ENABLED(CONFIG_KRETPROBE_ON_RETHOOK) && IS_ENABLED(CONFIG_X86_64))

/* The arguments of reclaim's tracepoints.  Only "reclaimed" is used. */
#if LINUX_VERSION_CODE >= KERNEL_VERSION(7, 1, 0)
#define COMPAT_RECLAIM_BEGIN	gfp_t gfp, int order, struct mem_cgroup *memcg
#define COMPAT_RECLAIM_END	unsigned long reclaimed, struct mem_cgroup *memcg
#else
#define COMPAT_RECLAIM_BEGIN	int order, gfp_t gfp
#define COMPAT_RECLAIM_END	unsigned long reclaimed
#endif

/*
 * Before 5.11 ftrace passed registers only on request, and had to be told where its
 * protection against recursion is not needed; since then, where it is.
 */
#if LINUX_VERSION_CODE >= KERNEL_VERSION(5, 11, 0)
#define compat_ftrace_regs	ftrace_regs
#define COMPAT_FTRACE_OPS_FLAGS	0
#else
#define compat_ftrace_regs	pt_regs
#define COMPAT_FTRACE_OPS_FLAGS	\
	(FTRACE_OPS_FL_SAVE_REGS | FTRACE_OPS_FL_RECURSION_SAFE)
#endif

/* The arguments of the function that was entered; the accessor came with 6.2. */
static __always_inline unsigned long
compat_ftrace_argument(struct compat_ftrace_regs *regs, unsigned int n)
{
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 2, 0)
	return ftrace_regs_get_argument(regs, n);
#elif LINUX_VERSION_CODE >= KERNEL_VERSION(5, 11, 0)
	return regs_get_kernel_argument(&regs->regs, n);
#else
	return regs_get_kernel_argument(regs, n);
#endif
}

/*
 * All registers that there are, which is enough for arch.h; in @room, if ftrace has
 * a structure of its own, as on arm64 since 6.2.
 */
static inline struct pt_regs *
compat_ftrace_pt_regs(struct compat_ftrace_regs *regs, struct pt_regs *room)
{
#if defined(CONFIG_ARM64) && LINUX_VERSION_CODE >= KERNEL_VERSION(6, 2, 0)
#ifndef arch_ftrace_regs
#define arch_ftrace_regs(regs)	(regs)
#endif
	room->regs[29] = arch_ftrace_regs(regs)->fp;
	room->regs[30] = arch_ftrace_regs(regs)->lr;
	return room;
#elif defined(arch_ftrace_regs)
	return &arch_ftrace_regs(regs)->regs;
#elif LINUX_VERSION_CODE >= KERNEL_VERSION(5, 11, 0)
	return &regs->regs;
#else
	return regs;
#endif
}

/* A task of the process whose memory it is; under RCU.  Known to memory cgroups only. */
static inline struct task_struct *compat_owner(struct mm_struct *mm)
{
#ifdef CONFIG_MEMCG
	return rcu_dereference(mm->owner);
#else
	return NULL;
#endif
}

/* The control group that a task's memory is charged to; under RCU. */
static inline u64 compat_cgroup_id(struct task_struct *task)
{
#ifdef CONFIG_MEMCG
	/* cgroup v1: the memory controller has a hierarchy of its own. */
	if (!cgroup_subsys_on_dfl(memory_cgrp_subsys))
		return cgroup_id(task_css(task, memory_cgrp_id)->cgroup);
#endif
#ifdef CONFIG_CGROUPS
	return cgroup_id(task_dfl_cgroup(task));
#else
	return 0;
#endif
}

/* Whether the kernel accounts a stall of the task now. */
static inline bool compat_in_memstall(const struct task_struct *task)
{
#ifdef CONFIG_PSI
	return task->in_memstall;
#else
	return false;
#endif
}

/* Since 6.17 files without a name are marked so; before, they were no regular files. */
static inline bool compat_anon_inode(const struct inode *inode)
{
#ifdef S_ANON_INODE
	return inode->i_flags & S_ANON_INODE;
#else
	return false;
#endif
}

/*
 * Whether the thread is in handle_mm_fault(), as far as the kernel notes it: for memory
 * cgroups, or for multi-generational LRU, where not in a mapping that is read in order or
 * at random.
 */
static inline bool compat_in_fault(void)
{
	bool in = false;

#if defined(CONFIG_MEMCG_V1) || \
	(defined(CONFIG_MEMCG) && LINUX_VERSION_CODE < KERNEL_VERSION(6, 11, 0))
	in |= current->in_user_fault;
#endif
#ifdef CONFIG_LRU_GEN
	in |= current->in_lru_fault;
#endif
	return in;
}

/* Folios took the place of compound pages from 5.16 on. */
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 1, 0)
static inline bool compat_page_anon(struct page *page)
{
	return folio_test_anon(page_folio(page));
}

static inline bool compat_page_ksm(struct page *page)
{
	return folio_test_ksm(page_folio(page));
}

static inline unsigned long compat_page_pages(struct page *page)
{
	return folio_nr_pages(page_folio(page));
}
#else
static inline bool compat_page_anon(struct page *page)
{
	return PageAnon(page);
}

static inline bool compat_page_ksm(struct page *page)
{
	return PageKsm(page);
}

static inline unsigned long compat_page_pages(struct page *page)
{
	return compound_nr(compound_head(page));
}
#endif

/*
 * The page was absent when a userfaultfd protected it, and the mapping still is: it is
 * mapped as if nothing was there.  Since 5.19 there is such an entry.
 */
static inline bool compat_uffd_marker(const struct vm_fault *vmf)
{
	if (!userfaultfd_wp(vmf->vma))
		return false;
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 19, 0)
	return pte_is_marker(vmf->orig_pte);
#elif LINUX_VERSION_CODE >= KERNEL_VERSION(5, 19, 0)
	return is_pte_marker(vmf->orig_pte);
#else
	return false;
#endif
}

#ifdef CONFIG_USERFAULTFD
/* Until then it began so, but was known to fs/userfaultfd.c only. */
#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 9, 0)
struct userfaultfd_ctx {
	wait_queue_head_t waiting[4];
	seqcount_spinlock_t seq;
	refcount_t references;
	unsigned int flags;
	unsigned int features;
	bool released;
};
#endif

/* Since 5.11; the bit means nothing before. */
#ifndef UFFD_USER_MODE_ONLY
#define UFFD_USER_MODE_ONLY	0
#endif

/* Whether handle_userfault() will hand the fault over; it decides by the same. */
static inline bool compat_uffd_hands_over(const struct vm_fault *vmf)
{
	const unsigned int retry = FAULT_FLAG_ALLOW_RETRY | FAULT_FLAG_RETRY_NOWAIT;
	const struct userfaultfd_ctx *ctx = vmf->vma->vm_userfaultfd_ctx.ctx;

	if (current->flags & (PF_EXITING | PF_DUMPCORE) || !ctx)
		return false;
	if (!(vmf->flags & FAULT_FLAG_USER) && ctx->flags & UFFD_USER_MODE_ONLY)
		return false;
	return !(ctx->features & UFFD_FEATURE_SIGBUS) && !READ_ONCE(ctx->released) &&
	       (vmf->flags & retry) == FAULT_FLAG_ALLOW_RETRY;
}
#else
static inline bool compat_uffd_hands_over(const struct vm_fault *vmf)
{
	return false;
}
#endif

#endif /* PAGESTAT_COMPAT_H */
