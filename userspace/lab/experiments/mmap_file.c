// SPDX-License-Identifier: GPL-2.0
/*
 * mmap-file: a file as memory, private and shared
 */
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include "experiment/pagemap.h"
#include "lab/experiments/experiments.h"
#include "lab/base/scratch.h"

enum { START, PRIVATE, PRIVATE_WROTE, SHARED, SHARED_WROTE };

static const struct lab_step steps[] = {
	[START] = { N_("start"), N_("A process has made a file.") },
	[PRIVATE] = { N_("private"), N_("It has mapped it, private.") },
	[PRIVATE_WROTE] = { N_("wrote"), N_("It has written into each page of the mapping, and read the file.") },
	[SHARED] = { N_("shared"), N_("It has mapped it once more, shared.") },
	[SHARED_WROTE] = { N_("wrote"), N_("It has written into each page of that mapping, and read the file.") },
	{ }
};

static char *map(int fd, size_t pages, int flags)
{
	char *mem = mmap(NULL, pages * page_size(), PROT_READ | PROT_WRITE, flags, fd, 0);

	if (mem == MAP_FAILED)
		worker_give_up("mmap");
	return mem;
}

/* In how many pages of the file does read() find what lab_touch() wrote? */
static uint64_t pages_changed(int fd, size_t pages)
{
	uint64_t changed = 0;
	char byte;

	for (size_t i = 0; i < pages; i++) {
		if (pread(fd, &byte, 1, (off_t)(i * page_size())) != 1)
			worker_give_up("read");
		changed += byte == 1;
	}
	return changed;
}

static void work(const struct lab *lab, size_t pages)
{
	int fd = scratch_file(pages);
	char *mem;

	lab_step(START);
	mem = map(fd, pages, lab->request->broken ? MAP_SHARED : MAP_PRIVATE);
	lab_step_area(PRIVATE, mem);
	lab_touch(mem, pages);
	lab_step_area_number(PRIVATE_WROTE, mem, pages_changed(fd, pages));
	munmap(mem, pages * page_size());

	mem = map(fd, pages, MAP_SHARED);
	lab_step_area(SHARED, mem);
	lab_touch(mem, pages);
	lab_step_area_number(SHARED_WROTE, mem, pages_changed(fd, pages));
	munmap(mem, pages * page_size());
	close(fd);
}

static void check(struct lab *lab)
{
	uint64_t kib = lab->size / 1024, pages = lab->pages;

	lab_expect(lab, N_("memory of the private mapping, untouched"), "map_rss", EXACTLY(0),
		   lab_at(lab, 0, PRIVATE, LAB_map_rss),
		   N_("the pages are in the page cache, but not in the page table"));
	lab_expect(lab, N_("pages copied by private writes"), "cow_file", EXACTLY(pages),
		   lab_grew(lab, 0, PRIVATE, PRIVATE_WROTE, LAB_COUNTER(cow_file)),
		   N_("a process that writes to a private mapping gets a copy of the file's page"));
	lab_expect(lab, N_("memory of it that is the process's own"), "map_private",
		   EXACTLY(kib), lab_at(lab, 0, PRIVATE_WROTE, LAB_map_private),
		   N_("the copies are anonymous memory, and will never be in the file"));
	lab_expect(lab, N_("pages of the file changed by them"), "changed", EXACTLY(0),
		   lab_at(lab, 0, PRIVATE_WROTE, LAB_number),
		   N_("read() finds what the file had before"));
	lab_expect(lab, N_("memory of the shared mapping, untouched"), "map_rss", EXACTLY(0),
		   lab_at(lab, 0, SHARED, LAB_map_rss),
		   N_("as above"));
	lab_expect(lab, N_("pages copied by shared writes"), "cow_file", EXACTLY(0),
		   lab_grew(lab, 0, SHARED, SHARED_WROTE, LAB_COUNTER(cow_file)),
		   N_("the page of the page cache itself is written to"));
	lab_expect(lab, N_("faults that mapped it"), "minor+major", BETWEEN(1, pages),
		   lab_faults(lab, 0, SHARED, SHARED_WROTE),
		   N_("a page each, or more where the file's pages are large"));
	lab_expect(lab, N_("pages of the file changed by them"), "changed", EXACTLY(pages),
		   lab_at(lab, 0, SHARED_WROTE, LAB_number),
		   N_("read() finds what was written to memory: nobody called write()"));
}

const struct experiment experiment_mmap_file = {
	.name = "mmap-file",
	.title = N_("a file as memory: private writes are copies, shared ones are the file"),
	.intro = {
		N_("A process maps a file, private, and writes into the mapping; then the same, shared."),
		N_("Nothing is in memory before it is touched.  A private write copies the page:"),
		N_("the file stays as it is.  A shared write changes the file without any write()."),
	},
	.broken = N_("the private mapping is shared, too"),
	.size = UINT64_C(4) << 20,
	.columns = { LAB_vsz, LAB_map_rss, LAB_map_private, LAB_number, LAB_COUNTER(minor),
		     LAB_COUNTER(major), LAB_COUNTER(cow_file), LAB_COUNTER(filemap), NR_LAB },
	.number = "changed",
	.steps = steps,
	.warm_up = true,
	.work = work,
	.check = check,
};
