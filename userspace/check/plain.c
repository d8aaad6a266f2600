// SPDX-License-Identifier: GPL-2.0
/*
 * Workloads on anonymous memory and on files in the page cache
 *
 * All of this runs in a worker, see perform.c.
 */
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include "check/machine.h"
#include "check/workload.h"
#include "experiment/worker.h"

static void has_been_read(struct area *area)
{
	area_untouched(area);
	area_read(area);
}

/**
 * workload_map_file() - in a worker: map a file that is in the page cache only: no major faults
 * @flags: of mmap(2)
 */
void workload_map_file(struct area *area, int flags)
{
	int fd = memfd_create("pagestat check", MFD_CLOEXEC);
	char byte = 1;

	if (fd < 0)
		worker_give_up("memfd_create");
	for (size_t i = 0; i < area->pages; i++)
		if (pwrite(fd, &byte, 1, (off_t)(i * page_size())) != 1)
			worker_give_up("memfd");
	if (ftruncate(fd, (off_t)(area->pages * page_size())))
		worker_give_up("memfd");
	area_map(area, flags, fd);
	close(fd);
}

static void private_file(struct area *area)
{
	workload_map_file(area, MAP_PRIVATE);
}

static void private_file_read(struct area *area)
{
	private_file(area);
	area_read(area);
}

static void shared_file(struct area *area)
{
	workload_map_file(area, MAP_SHARED);
}

#define COUNTS_MAPPED	"/sys/module/pagestat/parameters/mapped"

/* Counted on demand only, as it makes each of these pages dearer. */
static const char *mapped_ready(void)
{
	char word[8];

	if (!machine_word(COUNTS_MAPPED, word, sizeof(word)))
		return "the module is older than the tool";
	return *word == 'Y' || machine_set(COUNTS_MAPPED, "Y") ? NULL :
		"the module cannot count it: dmesg says why";
}

/* The kernel writes, in read(). */
static void read_into(const struct area *area)
{
	size_t size = area->pages * page_size();
	int fd = open("/dev/zero", O_RDONLY | O_CLOEXEC);

	if (fd < 0 || read(fd, area->start, size) != (ssize_t)size)
		worker_give_up("/dev/zero");
	close(fd);
}

static const struct workload list[] = {
	{ .name = "first touch", .seen = SEEN_ANON, .faults = FAULTS_EACH,
	  .expected = { { COL_zerofill }, { COL_write }, { COL_minor, AMOUNT_MINOR } },
	  .prepare = area_untouched, .act = area_write },
	{ .name = "read of untouched memory", .seen = SEEN_ZERO, .faults = FAULTS_EACH,
	  .expected = { { COL_zeromap }, { COL_read } },
	  .prepare = area_untouched, .act = area_read },
	{ .name = "zero page, written", .seen = SEEN_MOVED, .faults = FAULTS_EACH,
	  .expected = { { COL_zerofill } },
	  .prepare = has_been_read, .act = area_write },
	{ .name = "written by read(2)", .seen = SEEN_ANON, .faults = FAULTS_EACH,
	  .expected = { { COL_kernel } },
	  .prepare = area_untouched, .act = read_into },
	{ .name = "fork, child writes", .seen = SEEN_MOVED, .faults = FAULTS_EACH,
	  .expected = { { COL_cow_anon }, { COL_cow } },
	  .role = ROLE_CHILD, .prepare = area_written, .act = area_write },
	{ .name = "fork, parent writes", .seen = SEEN_MOVED, .faults = FAULTS_EACH,
	  .expected = { { COL_cow_anon } },
	  .role = ROLE_PARENT, .prepare = area_written, .act = area_write },
	{ .name = "child gone, parent writes", .seen = SEEN_KEPT, .faults = FAULTS_EACH,
	  .expected = { { COL_reuse, .witness = "pgreuse" } },
	  .role = ROLE_PARENT_ALONE, .prepare = area_written, .act = area_write },
	{ .name = "two threads write at once", .seen = SEEN_MOVED, .faults = FAULTS_ANY,
	  .expected = { { COL_cow_anon }, { COL_other, AMOUNT_REST } },
	  .role = ROLE_CHILD, .race = true, .prepare = area_written, .act = area_write },
	{ .name = "private file, written", .seen = SEEN_ANON, .faults = FAULTS_EACH,
	  .expected = { { COL_cow_file } },
	  .prepare = private_file, .act = area_write },
	{ .name = "private file, read before", .seen = SEEN_ANON, .faults = FAULTS_EACH,
	  .expected = { { COL_cow_file } },
	  .prepare = private_file_read, .act = area_write },
	{ .name = "shared file, written", .seen = SEEN_FILE, .faults = FAULTS_EACH,
	  .expected = { { COL_filemap } },
	  .prepare = shared_file, .act = area_write },
	{ .name = "shared file, mapped around", .seen = SEEN_FILE, .faults = FAULTS_ANY,
	  .expected = { { COL_mapped } }, .ready = mapped_ready,
	  .prepare = shared_file, .act = area_read },
};

const struct workload_list plain_workloads = WORKLOAD_LIST(list);
