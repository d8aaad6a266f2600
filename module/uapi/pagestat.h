/* SPDX-License-Identifier: GPL-2.0 WITH Linux-syscall-note */
/*
 * pagestat.h - what the pagestat module publishes, and what every word of it means
 *
 * This header is the interface reference: the module prints from it, the tool
 * reads by it, and the documentation and the tests are checked against it.  A
 * counter that is not in PAGESTAT_COUNTERS does not exist.
 *
 * Where:  /sys/kernel/debug/pagestat/, files 0400 (0200 for "reset"), so that
 *         they stay readable under lockdown=integrity.
 *
 * Format: "version" is one decimal number, PAGESTAT_ABI.  Every other readable
 *         file is a header line of tab-separated column names, then one line of
 *         tab-separated values a row.  Readers find columns by name: new ones
 *         may appear anywhere.  Where there is a "comm" it is the last column.
 *         In "comm", bytes below 0x20, from 0x7f to 0x9f and the backslash are
 *         written as a backslash and three octal digits, so a name cannot forge a row.
 *
 *         "-" is not a number: it says that the counter is unknown, because a
 *         hook it needs could not be attached or is not built for this kernel,
 *         or because it is counted on demand ("mapped") and nobody has asked.
 *         It never means 0.
 *
 *         One open() takes one snapshot.  A later open() sees later numbers.
 *
 * Whom:   Everything is attributed to the task that did the work (current), as
 *         the kernel attributes minflt and majflt, and summed over the threads
 *         of its thread group, those that have ended included.
 *
 * Since:  Counts start when the module is loaded, when the process is born, or
 *         at the last write to "reset", whichever came last.  A thread that was
 *         born without a record (lost_tasks) counts from when it got one.
 *         "mapped" counts while the module's parameter "mapped" (sysfs, 0644)
 *         is on, and keeps what it had counted before it was turned off.
 *
 * When this number changes: PAGESTAT_ABI is raised when a column is removed or
 * renamed, or changes its meaning or unit.  Adding a column or a file does not
 * raise it.  A reader refuses a number higher than the one it was built with.
 */
#ifndef _UAPI_PAGESTAT_H
#define _UAPI_PAGESTAT_H

#define PAGESTAT_ABI		1

/* The one place where the project's version is written. */
#define PAGESTAT_VERSION	"0.1.0"

#define PAGESTAT_DIR		"pagestat"	/* below the debugfs mount point */

/*
 * PAGESTAT_COUNTERS - every counter, in the order of the columns
 *
 * X(name, unit, text).  The units:
 *
 *   faults	calls of handle_mm_fault() that the kernel accounted
 *   pages	base pages (4 KiB on x86-64); a huge page or a large folio counts
 *		all the pages of it that were mapped
 *   times	events
 *   ns		nanoseconds
 *
 * Identities that always hold within a row, unless a part reads "-":
 *
 *   cow    = cow_anon + cow_file + cow_ksm + cow_huge
 *   swapin = swapin_io + swapin_cache
 *   minor + major = read + write + exec, but for faults in flight at the start
 *
 * reclaim_ns, stall_ns, compact_ns and throttle_ns are of all threads together, and up to
 * the snapshot for what goes on then.  What had begun before the counts start is none of
 * the times, but its time counts from there on; not that of reclaim, compaction and
 * throttling under way when the module is loaded.
 */
#define PAGESTAT_COUNTERS(X)						       \
X(minor,	faults,	"faults served without waiting for a device (as minflt in /proc/PID/stat)") \
X(major,	faults,	"faults that waited for a device or were retried (as majflt in /proc/PID/stat)") \
X(cow,		pages,	"pages copied to break sharing: cow_anon + cow_file + cow_ksm + cow_huge") \
X(cow_anon,	pages,	"an anonymous page shared since fork was copied on a write")	       \
X(cow_file,	pages,	"a private file mapping got its own copy of a page-cache page")	       \
X(cow_ksm,	pages,	"a page merged by KSM was copied on a write")			       \
X(cow_huge,	pages,	"a hugetlb page was copied on a write")				       \
X(reuse,	pages,	"a write-protected page was made writable: nobody shared it any more") \
X(unshare,	pages,	"a shared page was copied so that the kernel could pin it for reading") \
X(zerofill,	pages,	"an anonymous page was filled with zeroes: first touch, or a write over the shared zero page") \
X(zeromap,	faults,	"a read of untouched anonymous memory mapped the shared zero page")    \
X(filemap,	faults,	"a fault mapped pages of the page cache, or made a shared one writable (fault-around counts one)") \
X(mapped,	pages,	"pages of files that faults mapped, those around included; counted while the parameter of that name is on") \
X(swapin,	pages,	"pages this process's faults brought back: swapin_io + swapin_cache")  \
X(swapin_io,	pages,	"brought back by a fault that the kernel counts as major: it read, or waited for a read") \
X(swapin_cache,	pages,	"brought back by a minor fault: the page was found in the swap cache") \
X(swapout,	pages,	"pages of this process sent to swap, by whomever")		       \
X(refault,	pages,	"pages read back that the kernel remembers to have evicted, readahead included") \
X(thrash,	pages,	"of these, pages that were in use when they were evicted: memory is too small") \
X(reclaim,	times,	"times this process had to reclaim memory itself (direct reclaim)")    \
X(reclaim_ns,	ns,	"how long that took")						       \
X(oom,		times,	"times the OOM killer chose this process")			       \
X(numa,		faults,	"NUMA hinting faults")						       \
X(uffd,		faults,	"faults handed to a userfaultfd")				       \
X(retry,	faults,	"calls that ended in a retry, by the same thread at the same address, or were left to another (asynchronous page faults)") \
X(error,	faults,	"calls that failed (SIGBUS, no memory) or were given up for a signal")    \
X(read,		faults,	"faults of a read")						       \
X(write,	faults,	"faults of a write")						       \
X(exec,		faults,	"faults of an instruction fetch")				       \
X(kernel,	faults,	"faults taken in the kernel (copy_to_user, get_user_pages)")	       \
X(remote,	faults,	"faults on another process's memory (ptrace, process_vm_writev, the arguments of exec)") \
X(other,	faults,	"accounted faults with none of the outcomes above: lost races, spurious faults, special mappings") \
X(stall,	times,	"times this process was stalled for want of memory, as PSI counts it: reclaim, compaction, throttling, and waits for pages that were in use") \
X(stall_ns,	ns,	"how long that took")						       \
X(compact,	times,	"times this process had to compact memory itself (direct compaction)") \
X(compact_ns,	ns,	"how long that took")						       \
X(throttle,	times,	"times this process had to sleep because its control group was above memory.high") \
X(throttle_ns,	ns,	"how long that took")

#define PAGESTAT_ENUM(name, unit, text)	PAGESTAT_##name,
enum pagestat_counter { PAGESTAT_COUNTERS(PAGESTAT_ENUM) PAGESTAT_NR };
#undef PAGESTAT_ENUM

/*
 * PAGESTAT_LEAVES - hooks, a hit of which counts as one thing or another, by what called
 * the kernel's function
 *
 * X(name); "system" has a column stray_NAME, the hits since the last reset of which that
 * is not known.  Each lacks in a counter of PAGESTAT_LEAF_NAME, or one that says what
 * faults are when no leaf is hit (zeromap, filemap, other) has it instead.  So while
 * stray_NAME is not 0, these counters are wrong by that number at most, all processes
 * together.
 */
#define PAGESTAT_BIT(name)	(1ULL << PAGESTAT_##name)
#define PAGESTAT_LEAVES(X)						       \
	X(wp) X(new_anon) X(reuse) X(huge_reuse) X(hugetlb) X(swap_map) X(swap_out)
#define PAGESTAT_LEAF_wp						       \
	(PAGESTAT_BIT(cow) | PAGESTAT_BIT(cow_anon) | PAGESTAT_BIT(cow_file) | \
	 PAGESTAT_BIT(cow_ksm) | PAGESTAT_BIT(unshare) |		       \
	 PAGESTAT_BIT(zerofill) | PAGESTAT_BIT(other))
#define PAGESTAT_LEAF_new_anon						       \
	(PAGESTAT_LEAF_wp | PAGESTAT_LEAF_swap_map)
#define PAGESTAT_LEAF_reuse						       \
	(PAGESTAT_BIT(reuse) | PAGESTAT_BIT(zeromap) | PAGESTAT_BIT(filemap) | \
	 PAGESTAT_BIT(other))
#define PAGESTAT_LEAF_huge_reuse	PAGESTAT_LEAF_reuse
#define PAGESTAT_LEAF_hugetlb						       \
	(PAGESTAT_BIT(cow_huge) | PAGESTAT_BIT(cow) |			       \
	 PAGESTAT_BIT(zerofill) | PAGESTAT_BIT(other))
#define PAGESTAT_LEAF_swap_map						       \
	(PAGESTAT_BIT(swapin) | PAGESTAT_BIT(swapin_io) |		       \
	 PAGESTAT_BIT(swapin_cache) | PAGESTAT_BIT(other))
#define PAGESTAT_LEAF_swap_out		PAGESTAT_BIT(swapout)

/*
 * Files of rows, one process a row
 *
 *   processes	live processes, zombies included: their own counters
 *   children	live processes: the counters of the children that have ended, and
 *		of theirs, whether or not they were waited for; as cminflt and
 *		cmajflt do for those that were
 *
 * Both have PAGESTAT_PROCESS_COLUMNS, the counters, then "comm".
 *
 *   pid	thread group id, as seen from the initial PID namespace
 *   ppid	its parent's
 *   uid	real user id, as seen from the initial user namespace
 *   start_ns	CLOCK_BOOTTIME when the process was born: with the pid, an
 *		identity that survives exec and tells a reused pid from the old
 *   cgroup_id	the control group it is in, that of the memory controller where
 *		there are more: the inode number of its directory; 0: none
 */
#define PAGESTAT_PROCESS_COLUMNS(X) X(pid) X(ppid) X(uid) X(start_ns) X(cgroup_id)

/*
 * "threads": live threads, a row each, with PAGESTAT_THREAD_COLUMNS: the process's,
 * and after the pid
 *
 *   tid	thread id, as seen from the initial PID namespace
 *
 * start_ns is the thread's own, comm too.
 */
#define PAGESTAT_THREAD_COLUMNS(X) X(pid) X(tid) X(ppid) X(uid) X(start_ns) X(cgroup_id)

/*
 * "exited": the last processes that ended, the oldest first, as many as the
 * parameter "max_exited" says; with PAGESTAT_EXITED_COLUMNS: the process's but
 * cgroup_id, with ppid and comm as they were at the end, and
 *
 *   end_ns	CLOCK_BOOTTIME when it was released, after its parent had waited
 *   exit_code	as wait() gives it: the exit status times 256, or the signal
 */
#define PAGESTAT_EXITED_COLUMNS(X) \
	X(pid) X(ppid) X(uid) X(start_ns) X(end_ns) X(exit_code)

/*
 * "system": one row, PAGESTAT_SYSTEM_COLUMNS then the counters, which are the
 * totals of all processes, live and ended.
 *
 *   since_ns	nanoseconds of CLOCK_BOOTTIME since the module was loaded or last
 *		reset
 *   page_size	bytes in a base page
 *   processes	live processes with a record
 *   threads	live threads with a record
 *   ended	processes that have ended
 *   lost_tasks	threads born without a record: the limit was reached, or they
 *		came faster than records could be made ready
 *   lost_hits	hook hits by threads without a record: not in any counter
 *   missed	hook hits the kernel itself skipped (kprobe nmissed, all hooks
 *		but "return", on which no counter hangs; none where ftrace calls)
 *   stray	hits of a leaf from a caller that no counter is told by; the columns
 *		stray_NAME are parts of it, see PAGESTAT_LEAVES
 *   silenced	1: hooks are switched off, and nothing is counted: those that are
 *		kprobes (debugfs, kprobes/enabled), which all are with the parameter
 *		"kprobes"; 0: they work
 *   tested	1: the kernel is one that pagestat is tested on; 0: it is newer, or of
 *		another vendor or flavour, and "pagestat check" says whether the numbers
 *		are right on it
 *   disputed	faults that the return probe took for minor or major where the
 *		kernel's accounting said otherwise, while latency was measured
 *   latency_ns	for how long latency has been measured, nanoseconds: what is in
 *		"latency" is of that time; 0 while it is not measured
 *
 * lost_tasks, lost_hits, missed, stray and silenced at 0 mean that nothing was lost.
 * While the module is loaded, the kernel refuses to set kernel.ftrace_enabled to
 * 0 (EBUSY), which would silence probes as well.
 */
#define PAGESTAT_SYSTEM_COLUMNS(X)					       \
	X(since_ns) X(page_size) X(processes) X(threads) X(ended)	       \
	X(lost_tasks) X(lost_hits) X(missed) X(stray) X(silenced) X(tested)    \
	X(disputed) X(latency_ns)					       \
	X(stray_wp) X(stray_new_anon) X(stray_reuse) X(stray_huge_reuse)       \
	X(stray_hugetlb) X(stray_swap_map) X(stray_swap_out)

/*
 * PAGESTAT_KINDS - the kinds of faults whose latency is told apart
 *
 * X(name, text).  A fault has one kind; one that brought pages back from swap is
 * of that kind, whatever else it did.
 */
#define PAGESTAT_KINDS(X)						       \
X(anon,		"untouched anonymous memory: zerofill, zeromap")	       \
X(file,		"pages of the page cache were mapped: filemap, unless shared") \
X(shared,	"a write to a shared mapping: filemap")			       \
X(cow,		"a page was copied: cow_anon, cow_file, cow_ksm, cow_huge, unshare") \
X(reuse,	"a page was made writable: reuse")			       \
X(swapin_cache,	"pages came back from swap, found in the swap cache")	       \
X(swapin_io,	"pages came back from swap, read from the device")	       \
X(other,	"all other faults")

#define PAGESTAT_ENUM(name, text)	PAGESTAT_KIND_##name,
enum pagestat_kind { PAGESTAT_KINDS(PAGESTAT_ENUM) PAGESTAT_NR_KINDS };
#undef PAGESTAT_ENUM

/*
 * "latency": how long faults took, a row a process and kind, rows without a fault
 * left out.  While the module's parameter "latency" (sysfs, 0644) is N there are
 * no rows; turning it on, and "reset", begin anew.
 *
 *   pid	as above; 0 for all processes that have ended since
 *   start_ns	as above
 *   kind	one of PAGESTAT_KINDS
 *   minor	faults of the kind, by the return probe's own judgement
 *   major	likewise; a retried fault counts once, with all its tries
 *   sum_ns	how long they took together, from the first entry to the last return
 *   max_ns	the longest
 *   ns_N ...	how many took N ns or more, and less than the next column says:
 *		PAGESTAT_BUCKETS columns, ns_0 and then from
 *		ns_PAGESTAT_BUCKET_NS on twice as much each
 *
 * then "comm".  Faults in progress when the measuring ended are not in it, and none
 * in progress when it began, unless a reader of trace events had them followed.
 */
#define PAGESTAT_LATENCY_COLUMNS(X) \
	X(pid) X(start_ns) X(kind) X(minor) X(major) X(sum_ns) X(max_ns)
#define PAGESTAT_BUCKETS	28
#define PAGESTAT_BUCKET_NS	256

/*
 * "probes": a row a hook; its numbers count from the load of the module.
 *
 *   hook	the hook's name in pagestat, as the parameter "without" takes it
 *   symbol	the kernel function it sits on, "-" where none
 *   required	yes: the module does not load without it
 *   state	attached, missing (no such symbol), ambiguous (a symbol of that
 *		name, but not the one of mm/), unfit (when the module was built, its
 *		arguments were of no form that is known), left-out (parameter "without"),
 *		silenced (attached, but switched off, see "system"),
 *		error-N (register_kprobe() failed with errno N), off (attached on
 *		demand, and now not wanted)
 *   type	what a hit costs: ftrace (called directly), kprobe (called by
 *		ftrace, but as a kprobe), breakpoint (a kprobe where ftrace
 *		cannot), tracepoint or return; return-shared is a return probe
 *		whose hits on all CPUs contend for one list (before Linux 6.7);
 *		"-" where not attached
 *   hits	times it fired
 *   missed	times the kernel skipped it (nmissed)
 *   stray	of the hits, those from a caller that no counter is told by; of "wp",
 *		copies for which its function was not entered: the compiler has
 *		inlined it elsewhere
 *   stray_from	the kernel function that made the last of these; "-" where none
 *   feeds	the counters that read "-" without it, separated by commas;
 *		"-" where none
 */
#define PAGESTAT_PROBE_COLUMNS(X)					       \
	X(hook) X(symbol) X(required) X(state) X(type) X(hits) X(missed)       \
	X(stray) X(stray_from) X(feeds)

/*
 * "reset" takes "1": from now on every number is counted from here.  Nothing is
 * cleared under a running CPU; a new baseline is taken.  Anything else is
 * EINVAL.
 */

#endif /* _UAPI_PAGESTAT_H */
