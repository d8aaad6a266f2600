/* SPDX-License-Identifier: GPL-2.0 */
/* hooks.h - the places in the kernel where pagestat counts */
#ifndef PAGESTAT_HOOKS_H
#define PAGESTAT_HOOKS_H

#include <linux/compiler.h>
#include <linux/cpumask.h>
#include <linux/kprobes.h>
#include <linux/percpu.h>
#include <linux/types.h>

#include "handlers.h"

struct seq_file;
struct tracepoint;

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
	HOOK_SWAP_MAP,
	HOOK_UNMAP,
	HOOK_SWAP_OUT,
	HOOK_RECLAIM_BEGIN,
	HOOK_RECLAIM_END,
	HOOK_LIMIT_BEGIN,
	HOOK_LIMIT_END,
	HOOK_OOM,
	HOOK_RETURN,
	HOOK_DEATH,
	HOOK_BIRTH,
	NR_HOOKS
};

enum pagestat_hook_state { HOOK_STATE_MISSING, HOOK_STATE_ATTACHED, HOOK_STATE_AMBIGUOUS, HOOK_STATE_LEFT_OUT, HOOK_STATE_FAILED, HOOK_STATE_OFF };

/**
 * struct pagestat_hook - one place to count at
 * @name:     its name in "probes" and in the parameter "without"
 * @required: the module does not load without it
 * @local:    the symbol is static: others may bear the same name
 * @feeds:    the counters that are unknown without it, a bit each
 * @on:       the functions to sit on, tried in turn, the newest kernel's first
 * @on.symbol: its name
 * @on.handler: who counts
 * @kprobe:   only as a kprobe
 * @event:    or the tracepoint
 * @probe:    who counts there
 * @returns:  or the return probe, attached on demand
 * @state:    what became of it
 * @error:    errno, where @state is HOOK_STATE_FAILED
 * @missed:   hits that the kernel skipped when it was attached before
 * @traced:   it is called by ftrace, and by no kprobe
 * @kp:       the kprobe, or what found the place for ftrace
 * @tp:       the tracepoint
 */
struct pagestat_hook {
	const char *name;
	bool required;
	bool local;
	u64 feeds;
	struct {
		const char *symbol;
		enum pagestat_handler handler;
	} on[3];
	bool kprobe;
	const char *event;
	void *probe;
	struct kretprobe *returns;
	enum pagestat_hook_state state;
	int error;
	u64 missed;
	bool traced;
	struct kprobe kp;
	struct tracepoint *tp;
};

extern struct pagestat_hook pagestat_hooks[NR_HOOKS];

/* What each CPU has seen of each hook. */
struct pagestat_hook_hits {
	u64 hits[NR_HOOKS];
	u64 stray[NR_HOOKS];
};

DECLARE_PER_CPU(struct pagestat_hook_hits, pagestat_hook_hits);
extern unsigned long pagestat_hook_stray_from[NR_HOOKS];

/* What a variable of each CPU comes to. */
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

/* A hit from @address that no counter is told by. */
static inline void pagestat_hook_stray(enum pagestat_hook_id id, unsigned long address)
{
	this_cpu_inc(pagestat_hook_hits.stray[id]);
	WRITE_ONCE(pagestat_hook_stray_from[id], address);
}

int pagestat_hooks_attach(void);
void pagestat_hooks_detach(void);
int pagestat_hook_arm(enum pagestat_hook_id id);
void pagestat_hook_disarm(enum pagestat_hook_id id);

const char *pagestat_hook_place(const struct pagestat_hook *hook);
const char *pagestat_hook_state_word(const struct pagestat_hook *hook, char *buf, size_t size);
u64 pagestat_hooks_known(void);
bool pagestat_hooks_silenced(void);
void pagestat_hooks_losses(u64 *missed, u64 *stray);
void pagestat_hooks_reset(void);
void pagestat_hooks_show(struct seq_file *m);

#endif /* PAGESTAT_HOOKS_H */
