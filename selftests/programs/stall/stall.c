// SPDX-License-Identifier: GPL-2.0
/*
 * stall.c - a driver for test_stall, test_throttle and the bench: threads that are stalled
 * for want of memory as long as a test wants, and direct compaction that does not succeed
 */
#include <linux/completion.h>
#include <linux/fs.h>
#include <linux/gfp.h>
#include <linux/ioctl.h>
#include <linux/kprobes.h>
#include <linux/list.h>
#include <linux/miscdevice.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/psi.h>
#include <linux/version.h>

#define STALL_WAIT	_IO('s', 1)	/* until the next STALL_GO, with so many stalls within */
#define STALL_GO	_IO('s', 2)	/* one thread goes on */
#define STALL_COMPACT	_IO('s', 3)	/* so many allocations fail */
#define STALL_PAIRS	_IO('s', 4)	/* so many stalls, of nothing but that */

/* Of a huge page. */
#define HUGE_ORDER	9

static DECLARE_COMPLETION(go);

static void (*stall_enter)(unsigned long *flags);
static void (*stall_leave)(unsigned long *flags);

/* Modules cannot call them before 6.1. */
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 1, 0)
static int find_functions(void)
{
	stall_enter = psi_memstall_enter;
	stall_leave = psi_memstall_leave;
	return 0;
}
#else
static void *find_function(const char *name)
{
	struct kprobe kp = { .symbol_name = name, .flags = KPROBE_FLAG_DISABLED };

	if (register_kprobe(&kp))
		return NULL;
	unregister_kprobe(&kp);
	return kp.addr;
}

static int find_functions(void)
{
	stall_enter = find_function("psi_memstall_enter");
	stall_leave = find_function("psi_memstall_leave");
	return stall_enter && stall_leave ? 0 : -ENOENT;
}
#endif

static void stalls(unsigned long nr)
{
	unsigned long flags;

	while (nr--) {
		stall_enter(&flags);
		stall_leave(&flags);
	}
}

static int stall_wait(unsigned long within)
{
	unsigned long flags;
	int err;

	stall_enter(&flags);
	stalls(within);
	err = wait_for_completion_killable(&go);
	stalls(within);
	stall_leave(&flags);
	return err;
}

/* When no huge page is free any more, the kernel tries to make one, and once only. */
static int compact(unsigned long failures)
{
	const gfp_t gfp = GFP_KERNEL | __GFP_NORETRY | __GFP_NOWARN | __GFP_COMP;
	struct page *page, *next;
	LIST_HEAD(pages);

	while (failures) {
		page = alloc_pages(gfp, HUGE_ORDER);
		if (page)
			list_add(&page->lru, &pages);
		else
			failures--;
		if (fatal_signal_pending(current))
			break;
		cond_resched();
	}
	list_for_each_entry_safe(page, next, &pages, lru)
		__free_pages(page, HUGE_ORDER);
	return 0;
}

static long stall_ioctl(struct file *file, unsigned int cmd, unsigned long nr)
{
	switch (cmd) {
	case STALL_WAIT:
		return stall_wait(nr);
	case STALL_GO:
		complete(&go);
		return 0;
	case STALL_COMPACT:
		return compact(nr);
	case STALL_PAIRS:
		stalls(nr);
		return 0;
	default:
		return -ENOTTY;
	}
}

static const struct file_operations stall_fops = {
	.owner = THIS_MODULE,
	.unlocked_ioctl = stall_ioctl,
};

static struct miscdevice stall_device = {
	.minor = MISC_DYNAMIC_MINOR,
	.name = "pagestat-stall",
	.fops = &stall_fops,
};

static int __init stall_init(void)
{
	return find_functions() ?: misc_register(&stall_device);
}

static void __exit stall_exit(void)
{
	misc_deregister(&stall_device);
}

module_init(stall_init);
module_exit(stall_exit);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("threads that are stalled for want of memory, and compaction that fails");
