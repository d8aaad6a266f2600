/* SPDX-License-Identifier: GPL-2.0 */
/*
 * compat.h - the only file that knows how kernels differ; arch.h knows architectures
 *
 * Everything else reads as if written for the newest kernel.  What this kernel's headers
 * have is not told by its version, as vendors take parts of newer ones into it: headers.c
 * has been compiled against them, and the answers are in headers.h.  Versions in comments
 * are those of kernel.org.
 *
 * Names of kernel functions are not here: table.c lists the functions that a hook may be
 * attached to, caller.c those that may call a leaf, and what the running kernel has is used.
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

#include "headers.h"

#if KERNEL_HAS_LEAFOPS
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
#if KERNEL_HAS_FAULT_FLAG_VMA_LOCK
#define COMPAT_FAULT_FLAG_VMA_LOCK	FAULT_FLAG_VMA_LOCK
#else
#define COMPAT_FAULT_FLAG_VMA_LOCK	0
#endif

/* Since 5.19 a page is copied so that the kernel can pin it for reading. */
#if KERNEL_HAS_FAULT_FLAG_UNSHARE
#define COMPAT_FAULT_FLAG_UNSHARE	FAULT_FLAG_UNSHARE
#else
#define COMPAT_FAULT_FLAG_UNSHARE	0
#endif

/*
 * Before 6.0 a write to a shared page was tried again when its file had slowed it down.
 * The change that ended this made VM_FAULT_COMPLETED, for such a fault to return.
 */
#define COMPAT_SLOWED_DOWN_TWICE	(!KERNEL_HAS_VM_FAULT_COMPLETED)

/* Since 6.19 a device's memory may have huge pages. */
#define COMPAT_HUGE_DEVICE	KERNEL_HAS_HUGE_DEVICE

/*
 * Whether what is left of an evicted page says that it was in use.  Before 6.14,
 * multi-generational LRU forgot that when it found a page accessed in a page table: it
 * cleared PG_workingset, which was one of the flags in the mask that it clears.
 */
#define COMPAT_SHADOW_SAYS_USED	\
	(!IS_ENABLED(CONFIG_LRU_GEN_ENABLED) || KERNEL_HAS_LRU_GEN_KEEPS_WORKINGSET)

/* Since 6.8 a huge page of a file is mapped by a function of its own. */
#ifdef folio_add_file_rmap_pte
#define COMPAT_FILE_RMAP_PMD	1
#else
#define COMPAT_FILE_RMAP_PMD	0
#endif

/* Which argument of page_add_file_rmap() says that it maps a huge page. */
#define COMPAT_FILE_RMAP_COMPOUND	(KERNEL_HAS_PAGE_ADD_FILE_RMAP_VMA ? 2 : 1)
#define COMPAT_FILE_RMAP_FITS	\
	(KERNEL_HAS_FOLIO_ADD_FILE_RMAP || KERNEL_HAS_PAGE_ADD_FILE_RMAP_VMA || \
	 KERNEL_HAS_PAGE_ADD_FILE_RMAP)

/*
 * Until 6.6 all CPUs took a return probe's instances from one list.  Since then they are
 * in an objpool, which has a list for each.
 */
#define COMPAT_RETURNS_SHARED	(!KERNEL_HAS_RETURNS_OF_EACH_CPU)

/*
 * Whether a handler may do itself what a return probe does at an entry.  Before 5.18,
 * when return probes became rethooks, that takes locks that are safe in a kprobe only;
 * and it needs all registers, which ftrace has on x86-64.
 */
#define COMPAT_RETURNS_DIRECT	\
	(IS_ENABLED(CONFIG_KRETPROBE_ON_RETHOOK) && IS_ENABLED(CONFIG_X86_64))

/*
 * The arguments of reclaim's tracepoints.  Only "reclaimed" is used.  Where they fit no
 * form that is known, the functions are there, but not attached.
 */
#if KERNEL_HAS_RECLAIM_BEGIN_MEMCG
#define COMPAT_RECLAIM_BEGIN	gfp_t gfp, int order, struct mem_cgroup *memcg
#else
#define COMPAT_RECLAIM_BEGIN	int order, gfp_t gfp
#endif
#if KERNEL_HAS_RECLAIM_END_MEMCG
#define COMPAT_RECLAIM_END	unsigned long reclaimed, struct mem_cgroup *memcg
#else
#define COMPAT_RECLAIM_END	unsigned long reclaimed
#endif
#define COMPAT_RECLAIM_BEGIN_FITS	(KERNEL_HAS_RECLAIM_BEGIN || KERNEL_HAS_RECLAIM_BEGIN_MEMCG)
#define COMPAT_RECLAIM_END_FITS		(KERNEL_HAS_RECLAIM_END || KERNEL_HAS_RECLAIM_END_MEMCG)

/* Before 6.9, mark_victim passed the id of the task. */
#define COMPAT_OOM_VICTIM_FITS		KERNEL_HAS_OOM_VICTIM

/*
 * Before 5.11 ftrace passed registers only on request, and had to be told where its
 * protection against recursion is not needed; since then, where it is.
 */
#if KERNEL_HAS_FTRACE_REGS
#define compat_ftrace_regs	ftrace_regs
#define COMPAT_FTRACE_SAVE_REGS	0
#else
#define compat_ftrace_regs	pt_regs
#define COMPAT_FTRACE_SAVE_REGS	FTRACE_OPS_FL_SAVE_REGS
#endif
#if KERNEL_HAS_FTRACE_RECURSION
#define COMPAT_FTRACE_OPS_FLAGS	COMPAT_FTRACE_SAVE_REGS
#else
#define COMPAT_FTRACE_OPS_FLAGS	(COMPAT_FTRACE_SAVE_REGS | FTRACE_OPS_FL_RECURSION_SAFE)
#endif

/* The arguments of the function that was entered; the accessor came with 6.2. */
static __always_inline unsigned long
compat_ftrace_argument(struct compat_ftrace_regs *regs, unsigned int n)
{
#if KERNEL_HAS_FTRACE_PT_REGS
	return regs_get_kernel_argument(regs, n);
#elif KERNEL_HAS_FTRACE_ARGUMENT
	return ftrace_regs_get_argument(regs, n);
#else
	return regs_get_kernel_argument(&regs->regs, n);
#endif
}

/*
 * All registers that there are, which is enough for arch.h; in @room, if ftrace has
 * a structure of its own, as on arm64 since 6.2.
 */
static inline struct pt_regs *
compat_ftrace_pt_regs(struct compat_ftrace_regs *regs, struct pt_regs *room)
{
#if KERNEL_HAS_FTRACE_PT_REGS
	return regs;
#elif KERNEL_HAS_FTRACE_REGS_INSIDE
	return &regs->regs;
#elif KERNEL_HAS_FTRACE_ARCH_REGS_INSIDE
	return &arch_ftrace_regs(regs)->regs;
#elif KERNEL_HAS_FTRACE_REGS_FRAME
	room->regs[29] = regs->fp;
	room->regs[30] = regs->lr;
	return room;
#else
	room->regs[29] = arch_ftrace_regs(regs)->fp;
	room->regs[30] = arch_ftrace_regs(regs)->lr;
	return room;
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

#if KERNEL_HAS_IN_USER_FAULT
	in |= current->in_user_fault;
#endif
#if KERNEL_HAS_IN_LRU_FAULT
	in |= current->in_lru_fault;
#endif
	return in;
}

/* Folios took the place of compound pages from 5.16 on. */
#if KERNEL_HAS_FOLIOS
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
#if KERNEL_HAS_PTE_IS_MARKER
	return pte_is_marker(vmf->orig_pte);
#elif KERNEL_HAS_IS_PTE_MARKER
	return is_pte_marker(vmf->orig_pte);
#else
	return false;
#endif
}

#define COMPAT_UFFD_FITS	(KERNEL_HAS_UFFD_CTX || KERNEL_HAS_UFFD_CTX_HIDDEN)

#if defined(CONFIG_USERFAULTFD) && COMPAT_UFFD_FITS
/*
 * Until 6.8 it was known to fs/userfaultfd.c only.  Whether it began so is seen when it is
 * read: where the mm is in its place, all before it is, too.
 */
#if !KERNEL_HAS_UFFD_CTX
struct userfaultfd_ctx {
	wait_queue_head_t waiting[4];
	seqcount_spinlock_t seq;
	refcount_t references;
	unsigned int flags;
	unsigned int features;
	bool released;
	atomic_t changing;
	struct mm_struct *mm;
};
#endif

/* Whether the userfaultfd of the fault can be read as one. */
static inline bool compat_uffd_known(const struct vm_fault *vmf)
{
#if KERNEL_HAS_UFFD_CTX
	return true;
#else
	const struct userfaultfd_ctx *ctx = vmf->vma->vm_userfaultfd_ctx.ctx;

	return !ctx || ctx->mm == vmf->vma->vm_mm;
#endif
}

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
static inline bool compat_uffd_known(const struct vm_fault *vmf)
{
	return false;
}

static inline bool compat_uffd_hands_over(const struct vm_fault *vmf)
{
	return false;
}
#endif

#endif /* PAGESTAT_COMPAT_H */
