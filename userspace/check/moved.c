// SPDX-License-Identifier: GPL-2.0
/*
 * Workloads on pages that the kernel has merged, or moves about
 *
 * All of this runs in a worker, see perform.c; but for what is ready or not.
 */
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "check/machine.h"
#include "check/workload.h"
#include "experiment/worker.h"
#include "model/meminfo.h"

/* ---- KSM */

#define KSM		"/sys/kernel/mm/ksm/"
#define MERGE_NS	UINT64_C(7000000000)

/*
 * Have it run, and fast, until the workload is done.  If nothing was merged before, and it
 * did not run, nothing stays merged.
 */
static const char *ksm_ready(void)
{
	uint64_t run, merged;

	if (!machine_number(KSM "run", &run) || !machine_number(KSM "pages_shared", &merged))
		return "no KSM in this kernel";
	/* Where KSM itself sets its speed, it may refuse. */
	machine_set(KSM "sleep_millisecs", "0");
	machine_set(KSM "pages_to_scan", "4000");
	if (!machine_set(KSM "run", "1"))
		return "KSM cannot be switched on";
	if (!run && !merged)
		machine_undo(KSM "run", "2");
	return NULL;
}

static void to_be_merged(struct area *area)
{
	const struct timespec pause = { .tv_nsec = 20000000 };
	const uint64_t until_ns = clock_boot_ns() + MERGE_NS;
	size_t merged;

	area_untouched(area);
	for (size_t i = 0; i < area->pages; i++)
		memset(area->start + i * page_size(), 42, page_size());
	if (madvise(area->start, area->pages * page_size(), MADV_MERGEABLE))
		worker_give_up("MADV_MERGEABLE");
	while (!pagemap_merged(area->start, area->pages, &merged) || merged < area->pages) {
		if (clock_boot_ns() > until_ns)
			worker_cannot("KSM merged %zu pages in time, or /proc/kpageflags cannot be read",
				      merged);
		nanosleep(&pause, NULL);
	}
	/* It would look at them while they are written. */
	machine_put(KSM "run", "0");
}

/* ---- NUMA: pages are unmapped now and then, to see which CPU uses them */

#define BALANCING	"/proc/sys/kernel/numa_balancing"
#define HINT_NS		UINT64_C(6000000000)
#define LOOK_NS		UINT64_C(100000000)

static const char *numa_ready(void)
{
	uint64_t balancing;

	if (!machine_number(BALANCING, &balancing))
		return "no NUMA balancing in this kernel";
	if (access(machine_path("/sys/devices/system/node/node1"), F_OK))
		return "all memory is in one NUMA node";
	return balancing || machine_set(BALANCING, "1") ? NULL :
							  "NUMA balancing cannot be switched on";
}

/* Uses the pages until the kernel has looked who does. */
static void use_until_seen(const struct area *area)
{
	uint64_t now = clock_boot_ns(), until_ns = now + HINT_NS, look_ns = now;
	uint64_t before = 0, hints = 0;
	bool known;

	do {
		area_read(area);
		now = clock_boot_ns();
		if (now < look_ns)
			continue;
		hints = meminfo_line(MEMINFO_VMSTAT, "numa_hint_faults", &known);
		before = before ? before : hints + 1;
		look_ns = now + LOOK_NS;
		if (area->pages < WORK_PAGES)	/* the rehearsal */
			break;
	} while (now < until_ns && hints < before);
}

static const struct workload list[] = {
	{ .name = "merged by KSM, written", .seen = SEEN_MOVED, .faults = FAULTS_EACH,
	  .expected = { { COL_cow_ksm, .witness = "cow_ksm" } }, .ready = ksm_ready,
	  .prepare = to_be_merged, .rehearse = area_written, .act = area_write },
	{ .name = "unmapped for a NUMA hint", .seen = SEEN_NOTHING, .faults = FAULTS_ANY,
	  .expected = { { COL_numa, AMOUNT_SOME, "numa_hint_faults" } }, .ready = numa_ready,
	  .prepare = area_written, .act = use_until_seen },
};

const struct workload_list moved_workloads = WORKLOAD_LIST(list);
