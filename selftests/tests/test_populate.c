// SPDX-License-Identifier: GPL-2.0
/* test_populate.c - memory that a system call populates */
#include <sys/mman.h>
#include <unistd.h>

#include "watch.h"

#ifndef MADV_POPULATE_READ
#define MADV_POPULATE_READ 22
#define MADV_POPULATE_WRITE 23
#endif

static char *mem;

/* What is counted of memory that the kernel populates by writes. */
#define WRITTEN(kind)							       \
	{ PAGESTAT_minor, PAGES }, { PAGESTAT_##kind, PAGES },		       \
	{ PAGESTAT_write, PAGES }, { PAGESTAT_kernel, PAGES }
/* The same by reads. */
#define READ(kind, faults)						       \
	{ PAGESTAT_minor, faults }, { PAGESTAT_##kind, faults },	       \
	{ PAGESTAT_read, faults }, { PAGESTAT_write, 0 },		       \
	{ PAGESTAT_exec, 0 }, { PAGESTAT_kernel, faults }

static void map(int prot, int flags, int fd)
{
	mem = mmap(NULL, PAGES * page_size(), prot, flags, fd, 0);
	must(mem == MAP_FAILED);
}

static void locked(void)
{
	mem = memory(PAGES);
	warm_up();
	step();
	must(mlock(mem, PAGES * page_size()));
	step();
	write_pages(mem, PAGES);
	must(munlock(mem, PAGES * page_size()));
	step();
}

TEST_F(watch, mlock_fills_at_once)
{
	START(locked);
	GO();
	EXPECT_COUNTED(WRITTEN(zerofill), END);
	GO();
	EXPECT_COUNTED(END);
}

static void locked_shared(void)
{
	mem = memory(PAGES);
	write_pages(mem, PAGES);
	become_child();
	warm_up();
	step();
	must(mlock(mem, PAGES * page_size()));
	step();
	write_pages(mem, PAGES);
	step();
}

TEST_F(watch, mlock_copies_what_is_shared_at_once)
{
	START(locked_shared);
	GO();
	EXPECT_COUNTED(WRITTEN(cow_anon), { PAGESTAT_cow, PAGES }, END);
	GO();
	EXPECT_COUNTED(END);
}

static void locked_on_fault(void)
{
	mem = memory(PAGES);
	warm_up();
	step();
	must(mlock2(mem, PAGES * page_size(), MLOCK_ONFAULT));
	step();
	write_pages(mem, PAGES);
	step();
}

static void all_locked_on_fault(void)
{
	warm_up();
	must(mlockall(MCL_CURRENT | MCL_FUTURE | MCL_ONFAULT));
	warm_up();
	step();
	mem = memory(PAGES);
	step();
	write_pages(mem, PAGES);
	step();
}

TEST_F(watch, mlock_on_fault_leaves_it_to_the_faults)
{
	void (*const how[])(void) = { locked_on_fault, all_locked_on_fault };
	int i;

	for (i = 0; i < 2; i++) {
		START(how[i]);
		GO();
		EXPECT_COUNTED(END);
		GO();
		EXPECT_COUNTED({ PAGESTAT_minor, PAGES },
			       { PAGESTAT_zerofill, PAGES }, END);
		subject_end(&self->s);
	}
}

static void all_locked(void)
{
	warm_up();
	must(mlockall(MCL_FUTURE));
	warm_up();
	step();
	mem = memory(PAGES);
	step();
}

TEST_F(watch, mlockall_fills_what_is_mapped_later)
{
	START(all_locked);
	GO();
	EXPECT_COUNTED(WRITTEN(zerofill), END);
}

#define POPULATED(name, prot, flags, fd)				       \
static void name(void)							       \
{									       \
	int file = fd;							       \
									       \
	warm_up();							       \
	step();								       \
	map(prot, (flags) | MAP_POPULATE, file);			       \
	step();								       \
}

POPULATED(map_written, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1)
POPULATED(map_read, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1)
POPULATED(map_private, PROT_READ | PROT_WRITE, MAP_PRIVATE, cached_file(PAGES))
POPULATED(map_shared, PROT_READ | PROT_WRITE, MAP_SHARED, cached_file(PAGES))

TEST_F(watch, map_populate_writes_what_is_private)
{
	START(map_written);
	GO();
	EXPECT_COUNTED(WRITTEN(zerofill), END);
	subject_end(&self->s);
	START(map_private);
	GO();
	EXPECT_COUNTED(WRITTEN(cow_file), { PAGESTAT_cow, PAGES }, END);
}

TEST_F(watch, map_populate_reads_the_rest)
{
	START(map_read);
	GO();
	EXPECT_COUNTED(READ(zeromap, PAGES), END);
	subject_end(&self->s);
	START(map_shared);
	GO();
	/* A fault maps the pages around it, too. */
	EXPECT_GE(FAULTS(), PAGES / around());
	EXPECT_LE(FAULTS(), PAGES / around() + 2);
	EXPECT_COUNTED(READ(filemap, FAULTS()), END);
}

static void advised(void)
{
	mem = memory(PAGES);
	warm_up();
	step();
	must(madvise(mem, PAGES * page_size(), MADV_POPULATE_READ));
	step();
	must(madvise(mem, PAGES * page_size(), MADV_POPULATE_WRITE));
	step();
	write_pages(mem, PAGES);
	step();
}

TEST_F(watch, madvise_reads_and_writes_as_it_is_told)
{
	if (!kernel_since(5, 14))
		SKIP(return, "no MADV_POPULATE_WRITE in this kernel");
	START(advised);
	GO();
	EXPECT_COUNTED(READ(zeromap, PAGES), END);
	GO();
	EXPECT_COUNTED(WRITTEN(zerofill), END);
	GO();
	EXPECT_COUNTED(END);
}

TEST_HARNESS_MAIN
