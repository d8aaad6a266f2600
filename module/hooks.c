// SPDX-License-Identifier: GPL-2.0
/*
 * hooks.c - the one table of hooks, and what became of each
 *
 * All are entry probes.  A return probe on a path that sleeps needs an instance
 * a sleeper and loses hits when they run out; nothing here can run out.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/kprobes.h>
#include <linux/moduleparam.h>
#include <linux/seq_file.h>
#include <linux/sizes.h>
#include <linux/string.h>

#include "count.h"
#include "hooks.h"
#include "uapi/pagestat.h"

DEFINE_PER_CPU(struct hook_hits, hook_hits);
unsigned long hook_stray_from[NR_HOOKS];

static char *without;
module_param(without, charp, 0444);
MODULE_PARM_DESC(without, "hooks to leave out, separated by commas; what they feed reads \"-\"");

#define C(name) BIT_ULL(PAGESTAT_##name)
static_assert(PAGESTAT_NR <= 64);

/* Where the kernel lacks the thing, its part of a sum is 0 and not unknown. */
#define IF(config, counters) (IS_ENABLED(config) ? (counters) : 0)

enum hook_state { MISSING, ATTACHED, AMBIGUOUS, LEFT_OUT, FAILED };

/*
 * struct hook - one place to count at
 * @name:     its name in "probes" and in the parameter "without"
 * @required: the module does not load without it
 * @local:    the symbol is static: others may bear the same name
 * @feeds:    the counters that are unknown without it
 * @on:       the functions to try in turn, newest kernel's first
 * @state:    what became of it
 * @error:    errno of register_kprobe() where @state is FAILED
 * @kp:       the probe
 */
static struct hook {
	const char *name;
	bool required;
	bool local;
	u64 feeds;
	struct {
		const char *symbol;
		kprobe_pre_handler_t handler;
	} on[3];
	enum hook_state state;
	int error;
	struct kprobe kp;
} hooks[NR_HOOKS] = {
	[HOOK_FAULT] = {
		.name = "fault",
		.required = true,
		.feeds = C(zeromap) | C(filemap) | C(swapin) | C(swapin_io) |
			 C(swapin_cache) | C(other),
		.on = { { "handle_mm_fault", count_fault } },
	},
	[HOOK_WP] = {
		.name = "wp",
		.local = true,
		.feeds = C(cow) | C(cow_anon) | C(cow_file) | C(cow_ksm) |
			 C(unshare) | C(zerofill) | C(other),
		.on = { { "do_wp_page", count_wp } },
	},
	[HOOK_SWAP] = {
		.name = "swap",
		.feeds = IF(CONFIG_SWAP, C(zeromap) | C(filemap) | C(other)),
		.on = { { "do_swap_page", count_swap } },
	},
	[HOOK_NUMA] = {
		.name = "numa",
		.feeds = C(numa) | IF(CONFIG_NUMA_BALANCING,
				      C(zeromap) | C(filemap) | C(other)),
		.on = { { "task_numa_fault", count_numa } },
	},
	[HOOK_NEW_ANON] = {
		.name = "new-anon",
		.required = true,
		.feeds = C(cow) | C(cow_anon) | C(cow_file) | C(cow_ksm) |
			 C(unshare) | C(zerofill) | C(swapin) | C(swapin_io) |
			 C(swapin_cache) | C(other),
		.on = { { "folio_add_new_anon_rmap", count_new_anon },
			{ "page_add_new_anon_rmap", count_new_anon } },
	},
	[HOOK_REUSE] = {
		.name = "reuse",
		.feeds = C(reuse) | C(zeromap) | C(filemap) | C(other),
		.on = { { "ptep_set_access_flags", count_reuse } },
	},
	[HOOK_HUGE_REUSE] = {
		.name = "huge-reuse",
		.feeds = IF(CONFIG_TRANSPARENT_HUGEPAGE,
			    C(reuse) | C(zeromap) | C(filemap) | C(other)),
		.on = { { "pmdp_set_access_flags", count_huge_reuse } },
	},
	[HOOK_HUGETLB] = {
		.name = "hugetlb",
		.feeds = C(cow_huge) | IF(CONFIG_HUGETLB_PAGE,
					  C(cow) | C(zerofill) | C(other)),
		.on = { { "hugetlb_add_new_anon_rmap", count_hugetlb },
			{ "hugepage_add_new_anon_rmap", count_hugetlb } },
	},
	[HOOK_SWAP_MAP] = {
		.name = "swap-map",
		.feeds = C(swapin) | C(swapin_io) | C(swapin_cache) | C(other),
		.on = { { "folio_add_anon_rmap_ptes", count_swap_map_pages },
			{ "page_add_anon_rmap", count_swap_map } },
	},
	/*
	 * Not release_task() itself: for a leader that nobody waits for it goes
	 * round a second time and is not entered again.
	 */
	[HOOK_DEATH] = {
		.name = "death",
		.required = true,
		.feeds = C(minor) | C(major),
		.on = { { "cgroup_task_release", count_death },
			{ "cgroup_release", count_death },
			{ "release_task", count_death } },
	},
	[HOOK_BIRTH] = {
		.name = "birth",
		.required = true,
		.feeds = C(minor) | C(major),
		.on = { { "wake_up_new_task", count_birth } },
	},
};

static u64 feeds_any;		/* what some hook feeds: the rest is not built */
static u64 feeds_missing;	/* what some hook should feed and does not */
static u64 missed_before;	/* losses at the last reset */
static u64 stray_before;

static struct kprobe *attached[NR_HOOKS];
static int nr_attached;

static bool left_out(const char *name)
{
	const char *at = without;
	size_t len = strlen(name);

	while (at && *at) {
		size_t word = strcspn(at, ",");

		if (word == len && !strncmp(at, name, len))
			return true;
		at += word;
		at += *at == ',';
	}
	return false;
}

/* Every word of "without" has to be the name of a hook. */
static int check_without(void)
{
	const char *at = without;

	while (at && *at) {
		size_t word = strcspn(at, ",");
		int i;

		for (i = 0; i < NR_HOOKS; i++)
			if (strlen(hooks[i].name) == word &&
			    !strncmp(at, hooks[i].name, word))
				break;
		if (i == NR_HOOKS) {
			pr_err("without=%s: no hook \"%.*s\"; see the first column of \"probes\"\n",
			       without, (int)word, at);
			return -EINVAL;
		}
		at += word;
		at += *at == ',';
	}
	return 0;
}

/*
 * register_kprobe() takes the first symbol of a name.  The static ones wanted
 * here live in mm/memory.o, and so does handle_mm_fault(): its object is some
 * ten KiB of code, and a namesake elsewhere is far away.
 */
static bool far_away(const struct hook *hook)
{
	unsigned long here = (unsigned long)hook->kp.addr;
	unsigned long there = (unsigned long)hooks[HOOK_FAULT].kp.addr;

	return (here > there ? here - there : there - here) > SZ_256K;
}

static void attach(struct hook *hook)
{
	int i, err;

	if (left_out(hook->name)) {
		hook->state = LEFT_OUT;
		return;
	}
	for (i = 0; i < ARRAY_SIZE(hook->on) && hook->on[i].symbol; i++) {
		/* A failed registration leaves marks in it. */
		memset(&hook->kp, 0, sizeof(hook->kp));
		hook->kp.symbol_name = hook->on[i].symbol;
		hook->kp.pre_handler = hook->on[i].handler;
		err = register_kprobe(&hook->kp);
		if (err == -ENOENT)
			continue;
		if (err) {
			hook->state = FAILED;
			hook->error = -err;
			return;
		}
		if (hook->local && far_away(hook)) {
			unregister_kprobe(&hook->kp);
			hook->state = AMBIGUOUS;
			return;
		}
		hook->state = ATTACHED;
		attached[nr_attached++] = &hook->kp;
		return;
	}
}

static const char *why(const struct hook *hook, char *buf, size_t size)
{
	switch (hook->state) {
	case ATTACHED:
		return "attached";
	case AMBIGUOUS:
		return "ambiguous";
	case LEFT_OUT:
		return "left-out";
	case FAILED:
		snprintf(buf, size, "error-%d", hook->error);
		return buf;
	default:
		return "missing";
	}
}

/**
 * hooks_attach() - attach all hooks; counting begins
 *
 * Context: process context; sleeps.
 * Return: 0; -EINVAL if "without" names no hook; -ENOENT, or the error of
 * register_kprobe(), if a required hook could not be attached.
 */
int hooks_attach(void)
{
	char buf[16];
	int i, err;

	err = check_without();
	if (err)
		return err;

	for (i = 0; i < NR_HOOKS; i++) {
		struct hook *hook = &hooks[i];

		attach(hook);
		feeds_any |= hook->feeds;
		if (hook->state == ATTACHED)
			continue;
		feeds_missing |= hook->feeds;
		if (hook->required) {
			pr_err("cannot load: hook \"%s\" on %s() is required and is %s\n",
			       hook->name, hook->on[0].symbol,
			       why(hook, buf, sizeof(buf)));
			err = hook->error ? -hook->error : -ENOENT;
			goto err_detach;
		}
		pr_notice("hook \"%s\" on %s() is %s: what it feeds reads \"-\"\n",
			  hook->name, hook->on[0].symbol,
			  why(hook, buf, sizeof(buf)));
	}
	return 0;

err_detach:
	hooks_detach();
	return err;
}

/**
 * hooks_detach() - take all hooks off
 *
 * When it returns no handler runs any more, on any CPU.
 *
 * Context: process context; sleeps.
 */
void hooks_detach(void)
{
	unregister_kprobes(attached, nr_attached);
	nr_attached = 0;
}

/**
 * hooks_know() - whether all hooks that feed a counter are attached
 * @counter: an enum pagestat_counter
 *
 * Context: any.
 */
bool hooks_know(unsigned int counter)
{
	return (feeds_any & ~feeds_missing) & BIT_ULL(counter);
}

static u64 hook_sum(enum hook_id id, bool stray)
{
	u64 sum = 0;
	int cpu;

	for_each_possible_cpu(cpu) {
		const struct hook_hits *h = per_cpu_ptr(&hook_hits, cpu);

		sum += stray ? h->stray[id] : h->hits[id];
	}
	return sum;
}

static void losses(u64 *missed, u64 *stray)
{
	int i;

	*missed = 0;
	*stray = 0;
	for (i = 0; i < NR_HOOKS; i++) {
		*missed += hooks[i].kp.nmissed;
		*stray += hook_sum(i, true);
	}
}

/**
 * hooks_losses() - hits that reached no counter since the last reset
 * @missed: hits that the kernel skipped, all hooks
 * @stray:  hits from callers that no counter is told by, all hooks
 *
 * Context: any.
 */
void hooks_losses(u64 *missed, u64 *stray)
{
	losses(missed, stray);
	*missed -= missed_before;
	*stray -= stray_before;
}

/**
 * hooks_reset() - count losses from here; the numbers in "probes" go on
 *
 * Context: any.
 */
void hooks_reset(void)
{
	losses(&missed_before, &stray_before);
}

static void show_feeds(struct seq_file *m, u64 feeds)
{
	static const char * const names[] = {
#define NAME(name, unit, text) #name,
		PAGESTAT_COUNTERS(NAME)
#undef NAME
	};
	const char *comma = "";
	int i;

	if (!feeds)
		seq_putc(m, '-');
	for (i = 0; i < PAGESTAT_NR; i++) {
		if (feeds & BIT_ULL(i)) {
			seq_printf(m, "%s%s", comma, names[i]);
			comma = ",";
		}
	}
}

/**
 * hooks_show() - print the rows of "probes"
 * @m: where to
 *
 * Context: process context.
 */
void hooks_show(struct seq_file *m)
{
	char buf[16];
	int i;

	for (i = 0; i < NR_HOOKS; i++) {
		struct hook *hook = &hooks[i];
		bool on = hook->state == ATTACHED;

		seq_printf(m, "%s\t%s\t%s\t%s\t%s\t%llu\t%lu\t%llu\t",
			   hook->name, on ? hook->kp.symbol_name : "-",
			   hook->required ? "yes" : "no",
			   why(hook, buf, sizeof(buf)),
			   !on ? "-" : kprobe_ftrace(&hook->kp) ? "ftrace" : "breakpoint",
			   hook_sum(i, false), hook->kp.nmissed,
			   hook_sum(i, true));
		if (hook_stray_from[i])
			seq_printf(m, "%ps\t", (void *)hook_stray_from[i]);
		else
			seq_puts(m, "-\t");
		show_feeds(m, hook->feeds);
		seq_putc(m, '\n');
	}
}
