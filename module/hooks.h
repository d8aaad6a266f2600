/* SPDX-License-Identifier: GPL-2.0 */
/* hooks.h - the places in the kernel where pagestat counts */
#ifndef PAGESTAT_HOOKS_H
#define PAGESTAT_HOOKS_H

#include <linux/errno.h>
#include <linux/kprobes.h>
#include <linux/types.h>

#include "handlers.h"
#include "hits.h"

struct seq_file;
struct tracepoint;

enum pagestat_hook_state {
	HOOK_STATE_MISSING,
	HOOK_STATE_ATTACHED,
	HOOK_STATE_AMBIGUOUS,
	HOOK_STATE_UNFIT,
	HOOK_STATE_LEFT_OUT,
	HOOK_STATE_FAILED,
	HOOK_STATE_OFF
};

/**
 * struct pagestat_hook - one place to count at
 * @name:     its name in "probes" and in the parameter "without"
 * @required: the module does not load without it
 * @local:    the symbol is static: others may have the same name
 * @on_demand: attached while the counters that it feeds are asked for
 * @feeds:    the counters that are unknown without it, a bit each
 * @on:       the functions to attach to, tried in turn, the newest kernel's first
 * @on.symbol: its name
 * @on.handler: the handler that counts
 * @clone:    the handler of what the compiler has made of a local function (do_wp_page.isra.0),
 *            which has to tell whether its arguments are the same; 0: none
 * @kprobe:   only as a kprobe
 * @unfit:    how to read its arguments is not known, see headers.c: it is not attached
 * @event:    or the tracepoint
 * @probe:    the function that counts there
 * @returns:  or the return probe, attached on demand
 * @state:    whether it is attached, and if not, why
 * @error:    errno, where @state is HOOK_STATE_FAILED
 * @missed:   hits that the kernel skipped when it was attached before
 * @traced:   it is called by ftrace, and by no kprobe
 * @kp:       the kprobe, or what found the function for ftrace
 * @tp:       the tracepoint
 */
struct pagestat_hook {
	const char *name;
	bool required;
	bool local;
	bool on_demand;
	u64 feeds;
	struct {
		const char *symbol;
		enum pagestat_handler handler;
	} on[3];
	enum pagestat_handler clone;
	bool kprobe;
	bool unfit;
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

/**
 * struct pagestat_hook_losses - hits that reached no counter
 * @missed:    those that the kernel skipped, all hooks
 * @stray:     those from unknown callers, all hooks
 * @stray_of:  these by hook
 */
struct pagestat_hook_losses {
	u64 missed;
	u64 stray;
	u64 stray_of[NR_HOOKS];
};

/* table.c */
extern struct pagestat_hook pagestat_hooks[NR_HOOKS];

/* switches.c */
bool pagestat_switches_silent(enum pagestat_hook_id id);

/* state.c */
const char *pagestat_hook_place(const struct pagestat_hook *hook);
const char *pagestat_hook_state_word(const struct pagestat_hook *hook, char *buf, size_t size);
bool pagestat_hooks_silenced(void);
void pagestat_hooks_losses(struct pagestat_hook_losses *losses);
void pagestat_hooks_reset(void);
void pagestat_hooks_show(struct seq_file *m);

/* dispatch.c; without ftrace it calls for no function, and all hooks are kprobes */
#ifdef CONFIG_FUNCTION_TRACER
int pagestat_dispatch_add(unsigned long address, enum pagestat_handler handler);
int pagestat_dispatch_register(void);
int pagestat_dispatch_demand(bool on);
void pagestat_dispatch_unregister(void);
#else
static inline int pagestat_dispatch_add(unsigned long address, enum pagestat_handler handler)
{
	return -EOPNOTSUPP;
}

static inline int pagestat_dispatch_register(void)
{
	return 0;
}

static inline int pagestat_dispatch_demand(bool on)
{
	return 0;
}

static inline void pagestat_dispatch_unregister(void)
{
}
#endif

/* find.c */
void pagestat_kprobe_prepare(struct kprobe *kp, const char *symbol, bool enabled);
int pagestat_hook_find(struct pagestat_hook *hook, bool enabled,
		       enum pagestat_handler *handler);

/* attach.c */
int pagestat_hooks_attach(void);
void pagestat_hooks_detach(void);
u64 pagestat_hooks_known(void);
void pagestat_hooks_set_known(u64 feeds, bool known);
int pagestat_hook_arm(enum pagestat_hook_id id);
void pagestat_hook_disarm(enum pagestat_hook_id id);

/* demand.c */
int pagestat_demand_init(void);
void pagestat_demand_exit(void);

#endif /* PAGESTAT_HOOKS_H */
