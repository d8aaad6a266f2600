// SPDX-License-Identifier: GPL-2.0
/*
 * Workloads that need more memory than is allowed, in a control group of their own
 *
 * Above a limit: HOT pages are in use, while others come and go.  Then these alone, until there is no room
 * for the HOT ones; then all of them, which are needed again.  HOT fit into the limit, and
 * are most of what does.
 *
 * Above memory.high, without swap: nothing can be given up, and the kernel has the process
 * sleep for a tenth of a second at some of its faults.
 */
#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "check/machine.h"
#include "check/workload.h"
#include "experiment/group.h"
#include "experiment/worker.h"

#define LIMIT	2048
#define HOT	1499
#define COLD	4099
#define ABOVE	192

static char group[PATH_MAX - 64];

/**
 * limit_path() - the path of a file of the control group
 */
const char *limit_path(const char *file)
{
	static char paths[4][PATH_MAX];
	static int next;
	char *path = paths[next++ % 4];

	snprintf(path, PATH_MAX, "%s/%s", group, file);
	return path;
}

/* Is the word in the first line of a file? */
static bool lists(const char *file, const char *word)
{
	char line[256];

	return machine_word(file, line, sizeof(line)) && strstr(line, word);
}

/* Have a group made with a limit of pages, which is called so. */
static const char *make_group(const char *limit)
{
	char root[PATH_MAX - 96], control[PATH_MAX], bytes[24];

	if (!group_root(machine_path("/proc/self/mounts"), root, sizeof(root)))
		return "no control groups (cgroup v2)";
	snprintf(control, sizeof(control), "%s/cgroup.controllers", root);
	if (!lists(control, "memory"))
		return "no memory control groups (cgroup v2)";
	snprintf(control, sizeof(control), "%s/cgroup.subtree_control", root);
	if (!lists(control, "memory")) {
		if (!machine_put(control, "+memory"))
			return "memory control groups cannot be used here";
		machine_undo(control, "-memory");
	}
	snprintf(group, sizeof(group), "%s/pagestat-check-%d", root, (int)getpid());
	snprintf(bytes, sizeof(bytes), "%zu", LIMIT * page_size());
	if (!machine_folder(group) || !machine_put(limit_path(limit), bytes))
		return "a control group cannot be made here";
	return NULL;
}

static const char *limit_ready(void)
{
	return make_group("memory.max");
}

static const char *high_ready(void)
{
	const char *why = make_group("memory.high");

	/* Without swap there is no such file. */
	if (!why)
		machine_put(limit_path("memory.swap.max"), "0");
	return why;
}

static void enter(struct area *area)
{
	area_untouched(area);
	if (!machine_put(limit_path("cgroup.procs"), "0"))
		worker_give_up("cgroup.procs");
}

static void write_all(const struct area *area)
{
	const struct area hot = { .start = area->start, .pages = HOT };
	struct area cold = { .start = area->start + HOT * page_size(), .pages = HOT / 4 };

	if (area->pages < HOT) {	/* the rehearsal */
		area_write(area);
		return;
	}
	for (size_t done = 0; done + cold.pages <= COLD; done += cold.pages) {
		area_write(&hot);
		area_write(&cold);
		cold.start += cold.pages * page_size();
	}
	cold = (struct area){ .start = area->start + HOT * page_size(), .pages = COLD };
	area_write(&cold);
	area_write(&cold);
	area_write(&hot);
}

static const struct workload list[] = {
	{ .name = "more than a limit allows", .swap = true, .seen = SEEN_NOTHING,
	  .faults = FAULTS_ANY, .pages = HOT + COLD,
	  .expected = { { COL_zerofill },
			{ COL_reclaim, AMOUNT_WITNESS, "max", "memory.events" },
			{ COL_reclaim_ns, AMOUNT_SOME },
			{ COL_stall, AMOUNT_SOME }, { COL_stall_ns, AMOUNT_SOME },
			{ COL_thrash, AMOUNT_MORE, "workingset_restore_anon", "memory.stat" } },
	  .ready = limit_ready, .prepare = enter, .rehearse = area_untouched, .act = write_all },
	{ .name = "more than memory.high", .seen = SEEN_NOTHING, .faults = FAULTS_EACH,
	  .pages = LIMIT + ABOVE,
	  .expected = { { COL_zerofill }, { COL_throttle, AMOUNT_SOME },
			{ COL_throttle_ns, AMOUNT_SOME } },
	  .ready = high_ready, .prepare = enter, .rehearse = area_untouched, .act = area_write },
};

const struct workload_list limit_workloads = WORKLOAD_LIST(list);
