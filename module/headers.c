// SPDX-License-Identifier: GPL-2.0
/*
 * headers.c - what the kernel's headers are asked, a question a part
 *
 * Vendors take parts of newer kernels into older ones, so that the version says little.
 * Kbuild compiles this file once for each part, with the part's name defined, and
 * headers.awk writes into headers.h whether that went well: KERNEL_HAS_<name>, 1 or 0.
 * The file is in no object of the module.
 *
 * Beside the name is what is expected of a part:
 *
 *   must fit	else the compiler or the headers do not work
 *   must not	else the compiler accepts what is wrong
 *   one of: X	of those with the same X one has to fit; there may be several X
 *   optional	what is left out without it reads "-", or never happens
 *
 * Where this is not so, the build ends, and says why.
 *
 * All parts begin with the same headers, which are those of compat.h and reclaim.c:
 * only the part itself can be what does not fit.
 */
#include <linux/build_bug.h>
#include <linux/cgroup.h>
#include <linux/compiler.h>
#include <linux/fs.h>
#include <linux/ftrace.h>
#include <linux/kprobes.h>
#include <linux/mm.h>
#include <linux/mmzone.h>
#include <linux/page-flags.h>
#include <linux/ptrace.h>
#include <linux/rmap.h>
#include <linux/sched.h>
#include <linux/swap.h>
#include <linux/userfaultfd_k.h>
#include <trace/events/oom.h>
#include <trace/events/vmscan.h>

#if __has_include("linux/leafops.h")
#include <linux/leafops.h>
#else
#include <linux/swapops.h>
#endif

/* A tracepoint passes these arguments. */
#define PASSES(tracepoint, ...)						\
	static_assert(__same_type(check_trace_callback_type_##tracepoint,	\
				  void (void (*)(void *, __VA_ARGS__))))

#if defined(PROBE_ALWAYS)		/* must fit */

static inline unsigned int probe(struct task_struct *task)
{
	return task->flags & PF_EXITING;
}

#elif defined(PROBE_NEVER_A_NAME)	/* must not */

static inline unsigned int probe(void)
{
	return FAULT_FLAG_THAT_NO_KERNEL_HAS;
}

#elif defined(PROBE_NEVER_A_CALL)	/* must not */

static inline unsigned int probe(struct page *page)
{
	return function_that_no_kernel_has(page);
}

#elif defined(PROBE_NEVER_A_TYPE)	/* must not */

PASSES(mm_vmscan_direct_reclaim_begin, struct page *);

#elif defined(PROBE_FAULT_FLAG_VMA_LOCK)	/* one of: FAULT_FLAG_VMA_LOCK */

static inline unsigned int probe(void)
{
	return FAULT_FLAG_VMA_LOCK;
}

#elif defined(PROBE_NO_VMA_LOCK)		/* one of: FAULT_FLAG_VMA_LOCK */

#ifdef CONFIG_PER_VMA_LOCK
#error "vmas are locked"
#endif

#elif defined(PROBE_FAULT_FLAG_UNSHARE)		/* one of: FAULT_FLAG_UNSHARE */

static inline unsigned int probe(void)
{
	return FAULT_FLAG_UNSHARE;
}

/* Pages marked as of one process came with it.  There are no two constants of one name. */
#elif defined(PROBE_NO_UNSHARE)			/* one of: FAULT_FLAG_UNSHARE */

enum {
	PG_anon_exclusive
};

#elif defined(PROBE_VM_FAULT_COMPLETED)		/* optional */

static inline vm_fault_t probe(void)
{
	return VM_FAULT_COMPLETED;
}

#elif defined(PROBE_HUGE_DEVICE)		/* optional */

static inline vm_fault_t probe(struct vm_fault *vmf)
{
	return do_huge_pmd_device_private(vmf);
}

/* What is cleared in a page's flags when it is found accessed: not this one. */
#elif defined(PROBE_LRU_GEN_KEEPS_WORKINGSET)	/* optional */

#define PG_workingset	not_to_be_cleared

static inline unsigned long probe(void)
{
	return LRU_REFS_FLAGS;
}

#elif defined(PROBE_FOLIO_ADD_FILE_RMAP)	/* optional */

static_assert(__same_type(folio_add_file_rmap_ptes,
			  void (struct folio *, struct page *, int,
				struct vm_area_struct *)));

#elif defined(PROBE_PAGE_ADD_FILE_RMAP_VMA)	/* optional */

static_assert(__same_type(page_add_file_rmap,
			  void (struct page *, struct vm_area_struct *, bool)));

#elif defined(PROBE_PAGE_ADD_FILE_RMAP)		/* optional */

static_assert(__same_type(page_add_file_rmap, void (struct page *, bool)));

/* Where return probes take their instances from. */
#elif defined(PROBE_RETURNS_OF_EACH_CPU)	/* optional */

#ifdef CONFIG_KRETPROBE_ON_RETHOOK
static_assert(__same_type(((struct rethook *)0)->pool, struct objpool_head));
#else
static_assert(__same_type(((struct kretprobe_holder *)0)->pool, struct objpool_head));
#endif

#elif defined(PROBE_IN_USER_FAULT)		/* optional */

static inline bool probe(struct task_struct *task)
{
	return task->in_user_fault;
}

#elif defined(PROBE_IN_LRU_FAULT)		/* optional */

static inline bool probe(struct task_struct *task)
{
	return task->in_lru_fault;
}

#elif defined(PROBE_RECLAIM_BEGIN)		/* optional */

PASSES(mm_vmscan_direct_reclaim_begin, int, gfp_t);
#ifdef CONFIG_MEMCG
PASSES(mm_vmscan_memcg_reclaim_begin, int, gfp_t);
#endif

#elif defined(PROBE_RECLAIM_BEGIN_MEMCG)	/* optional */

PASSES(mm_vmscan_direct_reclaim_begin, gfp_t, int, struct mem_cgroup *);
#ifdef CONFIG_MEMCG
PASSES(mm_vmscan_memcg_reclaim_begin, gfp_t, int, struct mem_cgroup *);
#endif

#elif defined(PROBE_RECLAIM_END)		/* optional */

PASSES(mm_vmscan_direct_reclaim_end, unsigned long);
#ifdef CONFIG_MEMCG
PASSES(mm_vmscan_memcg_reclaim_end, unsigned long);
#endif

#elif defined(PROBE_RECLAIM_END_MEMCG)		/* optional */

PASSES(mm_vmscan_direct_reclaim_end, unsigned long, struct mem_cgroup *);
#ifdef CONFIG_MEMCG
PASSES(mm_vmscan_memcg_reclaim_end, unsigned long, struct mem_cgroup *);
#endif

#elif defined(PROBE_OOM_VICTIM)			/* optional */

PASSES(mark_victim, struct task_struct *, uid_t);

#elif defined(PROBE_FTRACE_REGS)		/* one of: ftrace's callback */

static_assert(__same_type(ftrace_func_t,
			  void (*)(unsigned long, unsigned long, struct ftrace_ops *,
				   struct ftrace_regs *)));

/*
 * Then the arguments and the registers are known, too.  A kernel without ftrace calls
 * nothing by it: what would be called need only compile.
 */
#elif defined(PROBE_FTRACE_PT_REGS)	/* one of: ftrace's callback, ftrace's arguments, ftrace's registers */

#ifdef CONFIG_FUNCTION_TRACER
static_assert(__same_type(ftrace_func_t,
			  void (*)(unsigned long, unsigned long, struct ftrace_ops *,
				   struct pt_regs *)) &&
	      FTRACE_OPS_FL_SAVE_REGS);
#endif

/* The same bit, with the contrary meaning. */
#elif defined(PROBE_FTRACE_RECURSION)		/* one of: ftrace's recursion flag */

#ifdef CONFIG_FUNCTION_TRACER
static_assert(FTRACE_OPS_FL_RECURSION);
#endif

#elif defined(PROBE_FTRACE_RECURSION_SAFE)	/* one of: ftrace's recursion flag */

static_assert(FTRACE_OPS_FL_RECURSION_SAFE);

#elif defined(PROBE_FTRACE_ARGUMENT)		/* one of: ftrace's arguments */

static inline unsigned long probe(struct ftrace_regs *regs)
{
	return ftrace_regs_get_argument(regs, 1);
}

#elif defined(PROBE_FTRACE_ARGUMENT_INSIDE)	/* one of: ftrace's arguments */

static inline unsigned long probe(struct ftrace_regs *regs)
{
	return regs_get_kernel_argument(&regs->regs, 1);
}

#elif defined(PROBE_FTRACE_REGS_INSIDE)		/* one of: ftrace's registers */

static inline struct pt_regs *probe(struct ftrace_regs *regs)
{
	return &regs->regs;
}

#elif defined(PROBE_FTRACE_ARCH_REGS_INSIDE)	/* one of: ftrace's registers */

static inline struct pt_regs *probe(struct ftrace_regs *regs)
{
	return &arch_ftrace_regs(regs)->regs;
}

#elif defined(PROBE_FTRACE_REGS_FRAME)		/* one of: ftrace's registers */

static inline void probe(struct ftrace_regs *regs, struct pt_regs *room)
{
	room->regs[29] = regs->fp;
	room->regs[30] = regs->lr;
}

#elif defined(PROBE_FTRACE_ARCH_REGS_FRAME)	/* one of: ftrace's registers */

static inline void probe(struct ftrace_regs *regs, struct pt_regs *room)
{
	room->regs[29] = arch_ftrace_regs(regs)->fp;
	room->regs[30] = arch_ftrace_regs(regs)->lr;
}

#elif defined(PROBE_FOLIOS)			/* one of: pages or folios */

static inline unsigned long probe(struct page *page)
{
	return folio_test_anon(page_folio(page)) + folio_test_ksm(page_folio(page)) +
	       folio_nr_pages(page_folio(page));
}

#elif defined(PROBE_PAGES)			/* one of: pages or folios */

static inline unsigned long probe(struct page *page)
{
	return PageAnon(page) + PageKsm(page) + compound_nr(compound_head(page));
}

#elif defined(PROBE_LEAFOPS)			/* optional */

#if !__has_include("linux/leafops.h")
#error "no such header"
#endif

#elif defined(PROBE_PTE_IS_MARKER)		/* one of: page table markers */

static inline bool probe(pte_t pte)
{
	return pte_is_marker(pte);
}

#elif defined(PROBE_IS_PTE_MARKER)		/* one of: page table markers */

static inline bool probe(pte_t pte)
{
	return is_pte_marker(pte);
}

#elif defined(PROBE_NO_PTE_MARKER)		/* one of: page table markers */

#ifdef PTE_MARKER_UFFD_WP
#error "there are markers"
#endif

#elif defined(PROBE_UFFD_CTX)			/* optional */

static inline bool probe(struct userfaultfd_ctx *ctx)
{
	return ctx->flags + ctx->features + ctx->released;
}

/* Two structures of one name do not fit. */
#elif defined(PROBE_UFFD_CTX_HIDDEN)		/* optional */

struct userfaultfd_ctx {
	int nothing;
};

#else
#error "no such part"
#endif
