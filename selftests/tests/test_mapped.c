// SPDX-License-Identifier: GPL-2.0
/*
 * test_mapped.c - pages of files that faults map, counted on demand, against the kernel's
 * page tables; and so that each fault that counts as "filemap" has mapped some
 */
#include <fcntl.h>
#include <inttypes.h>
#include <linux/userfaultfd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "kernel.h"
#include "table.h"
#include "watch.h"
#include "workloads.h"

#define PARAMETER "/sys/module/pagestat/parameters/mapped"
#define AROUND	"/sys/kernel/debug/fault_around_bytes"

/* Where subjects map files: a huge page may begin there, and nothing else is near. */
#define PLACE	0x1000000000UL

#define HUGE_PAGES	3UL
#define SMALL_PAGES	(HUGE_PAGES * huge_size() / page_size())

static bool ask(bool on)
{
	return kernel_set(PARAMETER, on ? "Y" : "N", NULL, 0);
}

/* Pages that the mapping at @place has, by the process's page table. */
static uint64_t resident(pid_t pid, unsigned long place)
{
	char path[32], line[512], begin[32];
	uint64_t kib = 0;
	bool found = false;
	FILE *f;

	snprintf(path, sizeof(path), "/proc/%d/smaps", pid);
	snprintf(begin, sizeof(begin), "%lx-", place);
	f = fopen(path, "r");
	while (f && fgets(line, sizeof(line), f)) {
		found |= !strncmp(line, begin, strlen(begin));
		if (found && sscanf(line, "Rss: %" SCNu64, &kib) == 1)
			break;
	}
	if (f)
		fclose(f);
	return kib * 1024 / page_size();
}

/* How often a hook was hit, by whomever. */
static uint64_t hits(const char *hook)
{
	char *name[TABLE_COLUMNS], *value[TABLE_COLUMNS], line[4096];
	uint64_t n = 0;
	FILE *f;
	int nr;

	f = table_open("probes", name, &nr);
	while (fgets(line, sizeof(line), f)) {
		table_split(line, value);
		if (!strcmp(value[table_find(name, nr, "hook")], hook))
			n = strtoull(value[table_find(name, nr, "hits")], NULL, 10);
	}
	fclose(f);
	return n;
}

static char *map_at(unsigned long place, size_t pages, int prot, int flags, int fd)
{
	char *start = mmap((void *)place, pages * page_size(), prot, flags | MAP_FIXED, fd, 0);

	must(start == MAP_FAILED);
	return start;
}

static void file_read(void)
{
	char *mem;

	warm_up();
	mem = map_at(PLACE, PAGES, PROT_READ, MAP_PRIVATE, cached_file(PAGES));
	step();
	read_pages(mem, PAGES);
	step();
}

TEST_F(watch, pages_around_a_fault_are_counted)
{
	ASSERT_TRUE(ask(true));
	START(file_read);
	GO();
	EXPECT_GE(PAGES / around() + 2, FAULTS());
	EXPECT_EQ(PAGES, resident(self->s.pid, PLACE));
	EXPECT_COUNTED({ PAGESTAT_minor, FAULTS() }, { PAGESTAT_filemap, FAULTS() },
		       { PAGESTAT_mapped, PAGES }, END);
}

static void file_written(void)
{
	char *mem;

	warm_up();
	mem = map_at(PLACE, PAGES, PROT_READ | PROT_WRITE, MAP_SHARED, cached_file(PAGES));
	step();
	write_pages(mem, PAGES);
	step();
}

/* So that no fault can have mapped another's page. */
TEST_F(watch, each_fault_maps_its_page)
{
	void (*const how[])(void) = { file_read, file_written };
	char one[16], old[32];
	int i;

	snprintf(one, sizeof(one), "%zu", page_size());
	ASSERT_TRUE(kernel_set(AROUND, one, old, sizeof(old)));
	ASSERT_TRUE(ask(true));
	for (i = 0; i < 2; i++) {
		START(how[i]);
		GO();
		EXPECT_EQ(PAGES, resident(self->s.pid, PLACE));
		EXPECT_COUNTED({ PAGESTAT_minor, PAGES }, { PAGESTAT_filemap, PAGES },
			       { PAGESTAT_mapped, PAGES }, END);
		subject_end(&self->s);
	}
	EXPECT_TRUE(kernel_set(AROUND, old, NULL, 0));
}

static void file_copied(void)
{
	char *mem;

	warm_up();
	mem = map_at(PLACE, PAGES, PROT_READ | PROT_WRITE, MAP_PRIVATE, cached_file(PAGES));
	step();
	write_pages(mem, PAGES);
	step();
	bystander();
	step();
}

TEST_F(watch, copies_are_not_the_file_s_and_fork_is_no_fault)
{
	ASSERT_TRUE(ask(true));
	START(file_copied);
	GO();
	EXPECT_EQ(PAGES, resident(self->s.pid, PLACE));
	EXPECT_COUNTED({ PAGESTAT_minor, PAGES }, { PAGESTAT_cow, PAGES },
		       { PAGESTAT_cow_file, PAGES }, { PAGESTAT_mapped, 0 }, END);
	GO();
	EXPECT_EQ(0UL, GREW(mapped));
}

/* A file on tmpfs whose pages are huge ones; -1 where the kernel gives none. */
static int huge_file(void)
{
	char dir[] = "/tmp/pagestat-huge-XXXXXX", name[64];
	char *page = calloc(1, huge_size());
	size_t i;
	int fd;

	must(!page || !mkdtemp(dir));
	must(mount("none", dir, "tmpfs", 0, "huge=always"));
	snprintf(name, sizeof(name), "%s/file", dir);
	fd = open(name, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	must(fd < 0);
	for (i = 0; i < HUGE_PAGES; i++)
		must(write(fd, page, huge_size()) != (ssize_t)huge_size());
	free(page);
	must(umount2(dir, MNT_DETACH));
	rmdir(dir);
	return fd;
}

static void read_huge(unsigned long place)
{
	char *mem;

	prctl(PR_SET_THP_DISABLE, 0, 0, 0, 0);
	mem = map_at(place, SMALL_PAGES, PROT_READ, MAP_SHARED, huge_file());
	warm_up();
	step();
	read_pages(mem, SMALL_PAGES);
	step();
}

static void huge_read(void)
{
	read_huge(PLACE);
}

TEST_F(watch, a_huge_page_counts_all_its_pages)
{
	ASSERT_TRUE(ask(true));
	START(huge_read);
	GO();
	EXPECT_EQ(SMALL_PAGES, resident(self->s.pid, PLACE));
	EXPECT_COUNTED({ PAGESTAT_minor, HUGE_PAGES }, { PAGESTAT_filemap, HUGE_PAGES },
		       { PAGESTAT_mapped, SMALL_PAGES }, END);
}

/* Where a huge page cannot be mapped as one. */
static void huge_read_in_parts(void)
{
	read_huge(PLACE + page_size());
}

TEST_F(watch, parts_of_a_huge_page_count_as_they_are_mapped)
{
	ASSERT_TRUE(ask(true));
	START(huge_read_in_parts);
	GO();
	EXPECT_LT(HUGE_PAGES, FAULTS());
	EXPECT_EQ(SMALL_PAGES, resident(self->s.pid, PLACE + page_size()));
	EXPECT_COUNTED({ PAGESTAT_minor, FAULTS() }, { PAGESTAT_filemap, FAULTS() },
		       { PAGESTAT_mapped, SMALL_PAGES }, END);
}

static void copied_by_userfaultfd(void)
{
	struct uffdio_api api = { .api = UFFD_API };
	struct uffdio_register reg = { .mode = UFFDIO_REGISTER_MODE_MISSING };
	struct uffdio_copy copy = { .dst = PLACE, .len = PAGES * page_size() };
	int uffd = syscall(SYS_userfaultfd, O_CLOEXEC), fd = memfd_create("shared", 0);
	char *source = memory(PAGES), *nothing;

	nothing = mmap(NULL, page_size(), PROT_READ, MAP_SHARED, memfd_create("empty", 0), 0);
	must(nothing == MAP_FAILED);
	read_and_fail(nothing);
	must(fd < 0 || ftruncate(fd, PAGES * page_size()));
	map_at(PLACE, PAGES, PROT_READ | PROT_WRITE, MAP_SHARED, fd);
	reg.range.start = PLACE;
	reg.range.len = copy.len;
	copy.src = (unsigned long)source;
	must(uffd < 0 || ioctl(uffd, UFFDIO_API, &api) || ioctl(uffd, UFFDIO_REGISTER, &reg));
	write_pages(source, PAGES);
	warm_up();
	step();
	/* So that the module takes the thread to be in a fault still. */
	read_and_fail(nothing);
	must(ioctl(uffd, UFFDIO_COPY, &copy));
	step();
}

TEST_F(watch, pages_that_a_userfaultfd_is_given_are_no_fault_s)
{
	uint64_t before, stray;

	ASSERT_TRUE(ask(true));
	START(copied_by_userfaultfd);
	before = hits("mapped");
	stray = system_value("stray");
	GO();
	EXPECT_LE(before + PAGES, hits("mapped"));
	EXPECT_EQ(stray, system_value("stray"));
	EXPECT_EQ(PAGES, resident(self->s.pid, PLACE));
	EXPECT_COUNTED({ PAGESTAT_mapped, 0 }, END);
}

static void read_in_parts(void)
{
	char *mem;

	warm_up();
	mem = map_at(PLACE, PAGES, PROT_READ, MAP_PRIVATE, cached_file(PAGES));
	step();
	read_pages(mem, 16 * around());
	step();
	read_pages(mem + 16 * around() * page_size(), 16 * around());
	step();
	read_pages(mem + 32 * around() * page_size(), PAGES - 32 * around());
	step();
}

TEST_F(watch, what_nobody_asks_for_is_unknown)
{
	uint64_t before, kept;

	ASSERT_TRUE(ask(true));
	START(read_in_parts);
	GO();
	EXPECT_EQ(16 * around(), GREW(mapped));
	kept = self->after.n[PAGESTAT_mapped];

	ASSERT_TRUE(ask(false));
	before = hits("mapped");
	GO();
	EXPECT_FALSE(self->before.known[PAGESTAT_mapped]);
	EXPECT_FALSE(self->after.known[PAGESTAT_mapped]);
	EXPECT_EQ(before, hits("mapped"));
	EXPECT_COUNTED({ PAGESTAT_minor, FAULTS() }, { PAGESTAT_filemap, FAULTS() }, END);

	ASSERT_TRUE(ask(true));
	ASSERT_TRUE(counters_of("processes", self->s.pid, &self->before));
	EXPECT_EQ(kept, self->before.n[PAGESTAT_mapped]);
	GO();
	EXPECT_EQ(PAGES, resident(self->s.pid, PLACE));
	EXPECT_EQ(PAGES - 32 * around(), GREW(mapped));
	EXPECT_TRUE(ask(false));
}

TEST_HARNESS_MAIN
