// SPDX-License-Identifier: GPL-2.0
/* test_cow.c - who copies after fork, who reuses the page, and what else is copied */
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/uio.h>
#include <unistd.h>

#include "kernel.h"
#include "watch.h"
#include "workloads.h"

static char *mem;

TEST_F(watch, child_copies_each_page_once)
{
	START(child_writes);
	GO();
	EXPECT_COUNTED({ PAGESTAT_minor, PAGES }, { PAGESTAT_cow, PAGES },
		       { PAGESTAT_cow_anon, PAGES }, END);
	GO();
	EXPECT_COUNTED(END);
}

static void parent_writes_after(void)
{
	/*
	 * A page in a CPU's batch of new pages has one reference more, and is copied.
	 * The kernel empties the batch of the faulting CPU first, so stay on it.
	 */
	run_on(0);
	mem = memory(PAGES);
	write_pages(mem, PAGES);
	dismiss(bystander());
	warm_up();
	step();
	write_pages(mem, PAGES);
	step();
}

TEST_F(watch, parent_is_spared_once_the_child_is_gone)
{
	START(parent_writes_after);
	GO();
	EXPECT_COUNTED({ PAGESTAT_minor, PAGES }, { PAGESTAT_reuse, PAGES }, END);
}

static void parent_writes_before(void)
{
	pid_t pid;

	mem = memory(PAGES);
	write_pages(mem, PAGES);
	pid = bystander();
	warm_up();
	step();
	write_pages(mem, PAGES);
	step();
	dismiss(pid);
}

TEST_F(watch, parent_copies_while_the_child_lives)
{
	START(parent_writes_before);
	GO();
	EXPECT_COUNTED({ PAGESTAT_minor, PAGES }, { PAGESTAT_cow, PAGES },
		       { PAGESTAT_cow_anon, PAGES }, END);
}

static void touch(void)
{
	write_pages(mem, PAGES);
}

static void two_write(void)
{
	mem = memory(PAGES);
	write_pages(mem, PAGES);
	bystander();
	warm_up();
	race_init(touch);
	step();
	race();
	step();
}

/* To count calls of do_wp_page() would take each lost race for a copy. */
TEST_F(watch, racing_threads_copy_each_page_once)
{
	START(two_write);
	GO();
	TH_LOG("%lu pages took %lu faults", PAGES, FAULTS());
	EXPECT_GE(FAULTS(), PAGES);
	EXPECT_COUNTED({ PAGESTAT_minor, FAULTS() }, { PAGESTAT_cow, PAGES },
		       { PAGESTAT_cow_anon, PAGES },
		       { PAGESTAT_other, FAULTS() - PAGES }, END);
}

#define KSM "/sys/kernel/mm/ksm/"

static void merged(void)
{
	size_t i;

	warm_up();
	mem = memory(PAGES);
	for (i = 0; i < PAGES; i++)
		memset(mem + i * page_size(), 42, page_size());
	madvise(mem, PAGES * page_size(), MADV_MERGEABLE);
	step();
	write_pages(mem, PAGES);
	step();
}

TEST_F(watch, a_merged_page_is_copied)
{
	char sleep_ms[16], pages[16];
	uint64_t copies;
	int tries;

	if (kernel_value(KSM "run") < 0)
		SKIP(return, "no KSM in this kernel");
	START(merged);
	/* Unmerge what was merged before: it would be in the sum below. */
	ASSERT_TRUE(kernel_set(KSM "run", "2", NULL, 0));
	ASSERT_TRUE(kernel_set(KSM "sleep_millisecs", "0", sleep_ms, sizeof(sleep_ms)));
	ASSERT_TRUE(kernel_set(KSM "pages_to_scan", "10000", pages, sizeof(pages)));
	ASSERT_TRUE(kernel_set(KSM "run", "1", NULL, 0));
	/* Until all pages of the subject are merged. */
	for (tries = 0; tries < 200; tries++) {
		if (kernel_value(KSM "pages_shared") + kernel_value(KSM "pages_sharing") ==
		    (long)PAGES)
			break;
		usleep(50000);
	}
	kernel_set(KSM "run", "0", NULL, 0);
	kernel_set(KSM "sleep_millisecs", sleep_ms, NULL, 0);
	kernel_set(KSM "pages_to_scan", pages, NULL, 0);
	ASSERT_LT(tries, 200) TH_LOG("KSM did not merge in time");

	copies = vmstat("cow_ksm");
	GO();
	EXPECT_COUNTED({ PAGESTAT_minor, PAGES }, { PAGESTAT_cow, PAGES },
		       { PAGESTAT_cow_ksm, PAGES }, END);
	if (vmstat_has("cow_ksm"))
		EXPECT_EQ(PAGES, vmstat("cow_ksm") - copies);
}

#define HUGE_PAGES	3
#define NR_HUGEPAGES	"/proc/sys/vm/nr_hugepages"

static char reserved_before[16];

/* False if the kernel has no hugetlb. */
static bool reserve_huge(struct __test_metadata *_metadata)
{
	if (kernel_value(NR_HUGEPAGES) < 0)
		return false;
	ASSERT_TRUE(kernel_set(NR_HUGEPAGES, "8", reserved_before, sizeof(reserved_before)));
	ASSERT_EQ(8, kernel_value(NR_HUGEPAGES)) TH_LOG("no memory for huge pages");
	return true;
}

/* The subject has the pages until it ends. */
static void give_back_huge(struct subject *s)
{
	subject_end(s);
	kernel_set(NR_HUGEPAGES, reserved_before, NULL, 0);
}

static void touch_huge(char to)
{
	size_t i;

	for (i = 0; i < HUGE_PAGES; i++) {
		if (to)
			mem[i * huge_size()] = to;
		else
			read_pages(mem + i * huge_size(), 1);
	}
}

static void huge_written(void)
{
	mem = mmap(NULL, HUGE_PAGES * huge_size(), PROT_READ | PROT_WRITE,
		   MAP_PRIVATE | MAP_ANONYMOUS | MAP_HUGETLB, -1, 0);
	if (mem == MAP_FAILED)
		_exit(1);
	warm_up();
	step();
	touch_huge(1);
	step();
	become_child();
	warm_up();
	step();
	touch_huge(2);
	step();
}

TEST_F(watch, hugetlb_pages_count_all_their_pages)
{
	const uint64_t pages = HUGE_PAGES * huge_size() / page_size();

	if (!reserve_huge(_metadata))
		SKIP(return, "no hugetlb in this kernel");
	START(huge_written);
	GO();
	EXPECT_COUNTED({ PAGESTAT_minor, HUGE_PAGES },
		       { PAGESTAT_zerofill, pages }, END);
	ASSERT_TRUE(subject_go(&self->s));	/* becomes the child */
	GO();
	EXPECT_COUNTED({ PAGESTAT_minor, HUGE_PAGES }, { PAGESTAT_cow, pages },
		       { PAGESTAT_cow_huge, pages }, END);
	give_back_huge(&self->s);
}

static void huge_kept(void)
{
	run_on(0);
	mem = mmap(NULL, HUGE_PAGES * huge_size(), PROT_READ | PROT_WRITE,
		   MAP_PRIVATE | MAP_ANONYMOUS | MAP_HUGETLB, -1, 0);
	must(mem == MAP_FAILED);
	touch_huge(1);
	dismiss(bystander());
	warm_up();
	step();
	touch_huge(2);
	step();
}

/* The server of a database, its backends, and what they share. */
static void huge_shared(void)
{
	mem = mmap(NULL, HUGE_PAGES * huge_size(), PROT_READ | PROT_WRITE,
		   MAP_SHARED | MAP_ANONYMOUS | MAP_HUGETLB, -1, 0);
	must(mem == MAP_FAILED);
	warm_up();
	step();
	touch_huge(1);
	step();
	become_child();
	warm_up();
	step();
	touch_huge(0);
	step();
	touch_huge(2);
	step();
	become_child();
	warm_up();
	step();
	touch_huge(3);
	step();
	touch_huge(0);
	step();
}

/* A private mapping of a file that has all its pages. */
static void huge_file(void)
{
	int fd = memfd_create("huge", MFD_HUGETLB);

	must(fd < 0 || ftruncate(fd, HUGE_PAGES * huge_size()));
	mem = mmap(NULL, HUGE_PAGES * huge_size(), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	must(mem == MAP_FAILED);
	touch_huge(1);
	munmap(mem, HUGE_PAGES * huge_size());
	mem = mmap(NULL, HUGE_PAGES * huge_size(), PROT_READ | PROT_WRITE, MAP_PRIVATE, fd, 0);
	must(mem == MAP_FAILED);
	warm_up();
	step();
	touch_huge(0);
	step();
	touch_huge(2);
	step();
}

/* The kernel pins a byte of each page for reading. */
static void huge_pinned(void)
{
	struct iovec ours[HUGE_PAGES], theirs[HUGE_PAGES];
	static char bytes[HUGE_PAGES] = { 1 };
	size_t i;

	mem = mmap(NULL, HUGE_PAGES * huge_size(), PROT_READ | PROT_WRITE,
		   MAP_PRIVATE | MAP_ANONYMOUS | MAP_HUGETLB, -1, 0);
	must(mem == MAP_FAILED);
	touch_huge(1);
	become_child();
	for (i = 0; i < HUGE_PAGES; i++) {
		ours[i] = (struct iovec){ bytes + i, 1 };
		theirs[i] = (struct iovec){ mem + i * huge_size(), 1 };
	}
	bytes[0] = 0;
	warm_up();
	step();
	must(process_vm_readv(getpid(), ours, HUGE_PAGES, theirs, HUGE_PAGES, 0) != HUGE_PAGES);
	step();
}

TEST_F(watch, hugetlb_pages_that_are_pinned_are_unshared)
{
	/* Before 6.5, get_user_pages() copies them itself, not in a fault. */
	const uint64_t copies = kernel_since(6, 5) ? HUGE_PAGES : 0;
	const uint64_t pages = copies * huge_size() / page_size();

	if (!reserve_huge(_metadata))
		SKIP(return, "no hugetlb in this kernel");
	START(huge_pinned);
	GO();
	EXPECT_COUNTED({ PAGESTAT_minor, copies }, { PAGESTAT_unshare, pages },
		       { PAGESTAT_read, copies }, { PAGESTAT_write, 0 },
		       { PAGESTAT_exec, 0 }, { PAGESTAT_kernel, copies },
		       { PAGESTAT_remote, copies }, END);
	give_back_huge(&self->s);
}

TEST_F(watch, hugetlb_pages_nobody_shares_are_kept)
{
	if (!reserve_huge(_metadata))
		SKIP(return, "no hugetlb in this kernel");
	START(huge_kept);
	GO();
	EXPECT_COUNTED({ PAGESTAT_minor, HUGE_PAGES },
		       { PAGESTAT_reuse, HUGE_PAGES * huge_size() / page_size() }, END);
	give_back_huge(&self->s);
}

/* It is mapped by another function than other files. */
TEST_F(watch, shared_hugetlb_is_page_cache)
{
	/* Until 6.0 fork copied the page tables of shared hugetlb memory. */
	const uint64_t again = kernel_since(6, 0) ? HUGE_PAGES : 0;

	if (!reserve_huge(_metadata))
		SKIP(return, "no hugetlb in this kernel");
	START(huge_shared);
	GO();
	EXPECT_COUNTED({ PAGESTAT_minor, HUGE_PAGES }, { PAGESTAT_filemap, HUGE_PAGES },
		       { PAGESTAT_mapped, 0 }, { PAGESTAT_write, HUGE_PAGES }, END);
	ASSERT_TRUE(subject_go(&self->s));	/* becomes a child, which reads */
	GO();
	EXPECT_COUNTED({ PAGESTAT_minor, again }, { PAGESTAT_filemap, again },
		       { PAGESTAT_mapped, 0 }, { PAGESTAT_read, again }, END);
	GO();
	EXPECT_COUNTED(END);
	ASSERT_TRUE(subject_go(&self->s));	/* another, which writes */
	GO();
	EXPECT_COUNTED({ PAGESTAT_minor, again }, { PAGESTAT_filemap, again },
		       { PAGESTAT_mapped, 0 }, { PAGESTAT_write, again }, END);
	GO();
	EXPECT_COUNTED(END);
	give_back_huge(&self->s);
}

TEST_F(watch, a_private_mapping_of_a_hugetlb_file_is_read_and_copied)
{
	const uint64_t pages = HUGE_PAGES * huge_size() / page_size();

	if (!reserve_huge(_metadata))
		SKIP(return, "no hugetlb in this kernel");
	START(huge_file);
	GO();
	EXPECT_COUNTED({ PAGESTAT_minor, HUGE_PAGES }, { PAGESTAT_filemap, HUGE_PAGES },
		       { PAGESTAT_mapped, 0 }, END);
	GO();
	EXPECT_COUNTED({ PAGESTAT_minor, HUGE_PAGES }, { PAGESTAT_cow, pages },
		       { PAGESTAT_cow_huge, pages }, END);
	give_back_huge(&self->s);
}

TEST_HARNESS_MAIN
