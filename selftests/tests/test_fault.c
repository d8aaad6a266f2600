// SPDX-License-Identifier: GPL-2.0
/* test_fault.c - first touch, the zero page, file mappings: what each fault is */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "watch.h"

static char *mem;

static void first_touch(void)
{
	warm_up();
	mem = memory(PAGES);
	step();
	write_pages(mem, PAGES);
	step();
	write_pages(mem, PAGES);
	read_pages(mem, PAGES);
	step();
}

TEST_F(watch, first_touch_fills_with_zeroes_and_the_second_is_free)
{
	START(first_touch);
	GO();
	EXPECT_COUNTED({ PAGESTAT_minor, PAGES }, { PAGESTAT_zerofill, PAGES }, END);
	GO();
	EXPECT_COUNTED(END);
}

static void read_then_write(void)
{
	warm_up();
	mem = memory(PAGES);
	step();
	read_pages(mem, PAGES);
	step();
	write_pages(mem, PAGES);
	step();
}

TEST_F(watch, reading_maps_the_zero_page_and_writing_fills)
{
	START(read_then_write);
	GO();
	EXPECT_COUNTED({ PAGESTAT_minor, PAGES }, { PAGESTAT_zeromap, PAGES },
		       { PAGESTAT_read, PAGES }, { PAGESTAT_write, 0 },
		       { PAGESTAT_exec, 0 }, END);
	GO();
	EXPECT_COUNTED({ PAGESTAT_minor, PAGES }, { PAGESTAT_zerofill, PAGES },
		       { PAGESTAT_write, PAGES }, { PAGESTAT_read, 0 },
		       { PAGESTAT_exec, 0 }, END);
}

static char *map_file(int flags)
{
	return mmap(NULL, PAGES * page_size(), PROT_READ | PROT_WRITE, flags,
		    cached_file(PAGES), 0);
}

static void private_written(void)
{
	warm_up();
	mem = map_file(MAP_PRIVATE);
	step();
	write_pages(mem, PAGES);
	step();
}

TEST_F(watch, private_file_written_first_is_copied)
{
	START(private_written);
	GO();
	EXPECT_COUNTED({ PAGESTAT_minor, PAGES }, { PAGESTAT_cow, PAGES },
		       { PAGESTAT_cow_file, PAGES }, END);
}

static void private_read_then_written(void)
{
	warm_up();
	mem = map_file(MAP_PRIVATE);
	step();
	read_pages(mem, PAGES);
	step();
	write_pages(mem, PAGES);
	step();
}

TEST_F(watch, private_file_read_first_is_mapped_then_copied)
{
	START(private_read_then_written);
	GO();
	/* A fault maps the pages around it, too; where these begin varies. */
	EXPECT_GE(FAULTS(), PAGES / around());
	EXPECT_LE(FAULTS(), PAGES / around() + 2);
	EXPECT_COUNTED({ PAGESTAT_minor, FAULTS() },
		       { PAGESTAT_filemap, FAULTS() }, END);
	GO();
	EXPECT_COUNTED({ PAGESTAT_minor, PAGES }, { PAGESTAT_cow, PAGES },
		       { PAGESTAT_cow_file, PAGES }, END);
}

static void shared_written(void)
{
	warm_up();
	mem = map_file(MAP_SHARED);
	step();
	write_pages(mem, PAGES);
	step();
}

/* A file whose pages are clean, on a file system that is notified of the first write. */
static void clean_written(void)
{
	char name[4096], page[4096] = { 1 };
	size_t i;
	int fd;

	/*
	 * When a page becomes writable, the TLBs of other CPUs are not flushed: one that
	 * has it cached as read-only would fault once more.
	 */
	run_on(0);
	snprintf(name, sizeof(name), "%s/clean.%d", getenv("OUTPUT"), getpid());
	fd = open(name, O_RDWR | O_CREAT | O_TRUNC, 0600);
	warm_up();
	for (i = 0; i < PAGES; i++)
		if (pwrite(fd, page, sizeof(page), i * page_size()) < 0)
			_exit(1);
	if (fsync(fd))
		_exit(1);
	mem = mmap(NULL, PAGES * page_size(), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	if (mem == MAP_FAILED)
		_exit(1);
	read_pages(mem, PAGES);
	unlink(name);
	step();
	write_pages(mem, PAGES);
	step();
}

/* Before 6.0, the kernel maps the page, drops the mmap lock, and tries again. */
TEST_F(watch, shared_file_s_clean_pages_are_made_writable)
{
	START(clean_written);
	GO();
	EXPECT_EQ(PAGES, GREW(minor) + GREW(major));
	EXPECT_EQ(PAGES, GREW(filemap));
	EXPECT_EQ(0, GREW(other) + GREW(error) + GREW(cow) + GREW(reuse) + GREW(mapped));
	if (kernel_since(6, 0))
		EXPECT_EQ(0, GREW(retry));
}

TEST_F(watch, shared_file_written_is_only_mapped)
{
	START(shared_written);
	GO();
	EXPECT_COUNTED({ PAGESTAT_minor, PAGES }, { PAGESTAT_filemap, PAGES }, END);
}

static void touch(void)
{
	write_pages(mem, PAGES);
}

static void touched_by_two(void)
{
	warm_up();
	mem = memory(PAGES);
	race_init(touch);
	step();
	race();
	step();
}

TEST_F(watch, racing_threads_fill_each_page_once)
{
	START(touched_by_two);
	GO();
	TH_LOG("%lu pages took %lu faults", PAGES, FAULTS());
	EXPECT_GE(FAULTS(), PAGES);
	EXPECT_COUNTED({ PAGESTAT_minor, FAULTS() }, { PAGESTAT_zerofill, PAGES },
		       { PAGESTAT_other, FAULTS() - PAGES }, END);
}

/* Races that are lost are few, so there are many. */
#define ROUNDS	16

static void file_written_by_two(void)
{
	int i;

	warm_up();
	mem = map_file(MAP_PRIVATE);
	race_init(touch);
	step();
	for (i = 0; i < ROUNDS; i++) {
		race();
		madvise(mem, PAGES * page_size(), MADV_DONTNEED);
	}
	step();
}

/* Who is slower maps nothing: neither its copy, nor what was to be copied. */
TEST_F(watch, racing_threads_copy_each_page_of_a_file_once)
{
	START(file_written_by_two);
	GO();
	TH_LOG("%lu pages took %lu faults", ROUNDS * PAGES, FAULTS());
	EXPECT_GE(FAULTS(), ROUNDS * PAGES);
	EXPECT_COUNTED({ PAGESTAT_minor, FAULTS() }, { PAGESTAT_cow, ROUNDS * PAGES },
		       { PAGESTAT_cow_file, ROUNDS * PAGES },
		       { PAGESTAT_other, FAULTS() - ROUNDS * PAGES }, END);
}

TEST_HARNESS_MAIN
