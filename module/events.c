// SPDX-License-Identifier: GPL-2.0
/*
 * events.c - the trace events of pagestat, and how many need faults to be followed
 */
#include <linux/capability.h>
#include <linux/mutex.h>
#include <linux/ptrace.h>
#include <linux/sched.h>
#include <linux/sched/task_stack.h>
#include <linux/string.h>

#include "events.h"

#define CREATE_TRACE_POINTS
#include "trace.h"

static DEFINE_MUTEX(follow_mutex);
static unsigned int nr_followers;	/* "fault", "swapin" and the parameter "latency" */
static int (*follow_arm)(bool on);	/* NULL before init and after exit */

/**
 * pagestat_follow() - have faults followed to their return
 *
 * For the first reader of "fault" or "swapin", and for the parameter "latency".
 * Readers can come before the module's init, and leave after its exit.
 *
 * Context: process context; sleeps.  For readers, under the tracepoints' own lock.
 * Return: 0; -EBUSY if kprobes are switched off; the error of register_kretprobe().
 */
int pagestat_follow(void)
{
	int err = 0;

	mutex_lock(&follow_mutex);
	if (!nr_followers && follow_arm)
		err = follow_arm(true);
	if (!err)
		nr_followers++;
	mutex_unlock(&follow_mutex);
	return err;
}

/**
 * pagestat_unfollow() - undo pagestat_follow(), after the last reader or by the parameter
 *
 * Context: see pagestat_follow().
 */
void pagestat_unfollow(void)
{
	mutex_lock(&follow_mutex);
	if (!--nr_followers && follow_arm)
		follow_arm(false);
	mutex_unlock(&follow_mutex);
}

/**
 * pagestat_follow_by() - set what arms the following of faults
 * @arm: called with true and false, one call at a time; or NULL
 *
 * Context: process context; sleeps.
 * Return: 0, or what @arm returned, and then it is not set.
 */
int pagestat_follow_by(int (*arm)(bool on))
{
	int err = 0;

	mutex_lock(&follow_mutex);
	if (nr_followers && arm)
		err = arm(true);
	else if (nr_followers && follow_arm)
		follow_arm(false);
	if (!err)
		follow_arm = arm;
	mutex_unlock(&follow_mutex);
	return err;
}

static bool show_pfns;

/*
 * Page frames are shown under the rules of /proc/PID/pagemap and under those for
 * addresses in the kernel: what %pK prints follows kptr_restrict.
 */
int pagestat_trace_cow_reg(void)
{
	char shown[2 * sizeof(void *) + 3];

	snprintf(shown, sizeof(shown), "%pK", &show_pfns);
	show_pfns = ns_capable_noaudit(&init_user_ns, CAP_SYS_ADMIN) &&
		    strspn(shown, "0") != strlen(shown);
	return 0;
}

void pagestat_trace_cow_unreg(void)
{
}

#define WORD(name, ...)	[PAGESTAT_##name] = #name,
static const char counter_words[PAGESTAT_NR][PAGESTAT_WORD] = {
	PAGESTAT_COUNTERS(WORD)
};
#undef WORD
#define WORD(name, ...)	[PAGESTAT_KIND_##name] = #name,
static const char kind_words[PAGESTAT_NR_KINDS][PAGESTAT_WORD] = {
	PAGESTAT_KINDS(WORD)
};
#undef WORD
static const char no_word[PAGESTAT_WORD] = "-";

static const char *access_word(unsigned int flags)
{
	if (flags & FAULT_FLAG_WRITE)
		return "write";
	return flags & FAULT_FLAG_INSTRUCTION ? "exec" : "read";
}

/* Where in user space the thread is, or was when it entered the kernel. */
static unsigned long user_ip(void)
{
	struct pt_regs *regs = task_pt_regs(current);

	return user_mode(regs) ? instruction_pointer(regs) : 0;
}

/**
 * pagestat_emit_served() - a fault returns, and the kernel has accounted it
 * @fault:   the fault
 * @kind:    its kind
 * @outcome: the counter of its outcome
 * @major:   whether it was major
 * @ns:      how long it took
 *
 * Context: a probe handler, see fault_returned().
 */
void pagestat_emit_served(const struct pagestat_fault *fault, enum pagestat_kind kind,
		  enum pagestat_counter outcome, bool major, u64 ns)
{
	trace_fault(fault->address, user_ip(), access_word(fault->flags),
		    fault->flags & FAULT_FLAG_USER, major ? "major" : "minor",
		    kind_words[kind], counter_words[outcome], ns);
	if (fault->swapped)
		trace_swapin(fault->address, major ? "device" : "cache",
			     fault->swapped, ns);
}

/**
 * pagestat_emit_unserved() - a fault returns that was not accounted
 * @fault: the fault
 * @retry: it is to be tried again
 * @ns:    how long it took so far
 *
 * Context: a probe handler, see fault_returned().
 */
void pagestat_emit_unserved(const struct pagestat_fault *fault, bool retry, u64 ns)
{
	trace_fault(fault->address, user_ip(), access_word(fault->flags),
		    fault->flags & FAULT_FLAG_USER, retry ? "retry" : "error",
		    no_word, no_word, ns);
}

/**
 * pagestat_emit_copied() - a page has been copied
 * @counter: its counter; a copy of the zero page, or one made without a write
 *           ("unshare"), is no break of sharing and no event
 * @old:     the page frame that was copied, or 0
 * @call:    that of the leaf: argument 0 is the copy, argument 2 its address
 *
 * Context: a probe handler under the page table lock, see faulting.h.
 */
void pagestat_emit_copied(enum pagestat_counter counter, unsigned long old,
		  const struct pagestat_call *call)
{
	struct page *copy = (void *)pagestat_call_argument(call, 0);

	if (counter == PAGESTAT_zerofill || counter == PAGESTAT_unshare)
		return;
	trace_cow(pagestat_call_argument(call, 2) & PAGE_MASK, counter_words[counter],
		  show_pfns ? old : 0, show_pfns ? page_to_pfn(copy) : 0,
		  ilog2(compat_page_pages(copy)));
}
