// SPDX-License-Identifier: GPL-2.0
/*
 * test_gup.c - get_user_pages(): the kernel accesses the memory of another process,
 * and pins pages
 */
#include <fcntl.h>
#include <linux/io_uring.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "watch.h"

static char *mem;

/* What is counted of a write to another process's memory that copies each page. */
#define REMOTE_COPIES(kind)						       \
	{ PAGESTAT_minor, PAGES }, { PAGESTAT_cow, PAGES },		       \
	{ PAGESTAT_##kind, PAGES }, { PAGESTAT_write, PAGES },		       \
	{ PAGESTAT_kernel, PAGES }, { PAGESTAT_remote, PAGES }, END

/* All of @mem in the other process, and memory of ours with other bytes. */
static void vectors(struct iovec *ours, struct iovec *theirs)
{
	theirs->iov_base = mem;
	ours->iov_len = theirs->iov_len = PAGES * page_size();
	ours->iov_base = malloc(ours->iov_len);
	memset(ours->iov_base, 2, ours->iov_len);
}

typedef ssize_t reach_fn(pid_t pid, const struct iovec *ours, unsigned long nr_ours,
			 const struct iovec *theirs, unsigned long nr_theirs,
			 unsigned long flags);

static void reach_for_child(reach_fn *reach)
{
	struct iovec ours, theirs;
	pid_t pid;

	mem = memory(PAGES);
	write_pages(mem, PAGES);
	pid = bystander();
	vectors(&ours, &theirs);
	warm_up();
	step();
	if (reach(pid, &ours, 1, &theirs, 1, 0) != (ssize_t)ours.iov_len)
		_exit(1);
	step();
}

static void write_to_child(void)
{
	reach_for_child(process_vm_writev);
}

TEST_F(watch, process_vm_writev_is_paid_by_the_writer)
{
	START(write_to_child);
	GO();
	EXPECT_COUNTED(REMOTE_COPIES(cow_anon));
}

static int open_mem(pid_t pid)
{
	char path[32];
	int fd;

	snprintf(path, sizeof(path), "/proc/%d/mem", pid);
	fd = open(path, O_RDWR);
	if (fd < 0)
		_exit(1);
	return fd;
}

static void write_to_mem_file(void)
{
	struct iovec ours, theirs;
	int fd;

	mem = memory(PAGES);
	write_pages(mem, PAGES);
	fd = open_mem(bystander());
	vectors(&ours, &theirs);
	warm_up();
	step();
	if (pwrite(fd, ours.iov_base, ours.iov_len, (uintptr_t)mem) !=
	    (ssize_t)ours.iov_len)
		_exit(1);
	step();
}

TEST_F(watch, proc_pid_mem_is_paid_by_the_writer)
{
	START(write_to_mem_file);
	GO();
	EXPECT_COUNTED(REMOTE_COPIES(cow_anon));
}

/* A child that is stopped, with this process as its tracer. */
static pid_t traced(void)
{
	pid_t pid = bystander();

	if (ptrace(PTRACE_ATTACH, pid, NULL, NULL) || waitpid(pid, NULL, 0) != pid)
		_exit(1);
	return pid;
}

static void poke(pid_t pid)
{
	size_t i;

	for (i = 0; i < PAGES; i++)
		if (ptrace(PTRACE_POKEDATA, pid, mem + i * page_size(), 2L))
			_exit(1);
}

static void poke_shared(void)
{
	pid_t pid;

	mem = memory(PAGES);
	write_pages(mem, PAGES);
	pid = traced();
	warm_up();
	step();
	poke(pid);
	step();
}

TEST_F(watch, ptrace_pokes_are_paid_by_the_tracer)
{
	START(poke_shared);
	GO();
	EXPECT_COUNTED(REMOTE_COPIES(cow_anon));
}

/*
 * As a debugger sets breakpoints: in a mapping that is read-only.  The pages are read
 * first, as 5.10 would copy pages twice that are not mapped.
 */
static void poke_code(void)
{
	size_t i;
	pid_t pid;

	mem = mmap(NULL, PAGES * page_size(), PROT_READ, MAP_PRIVATE,
		   cached_file(PAGES), 0);
	if (mem == MAP_FAILED)
		_exit(1);
	pid = traced();
	for (i = 0; i < PAGES; i++)
		ptrace(PTRACE_PEEKDATA, pid, mem + i * page_size(), NULL);
	warm_up();
	step();
	poke(pid);
	step();
}

TEST_F(watch, breakpoints_copy_a_file_s_pages)
{
	START(poke_code);
	GO();
	EXPECT_COUNTED(REMOTE_COPIES(cow_file));
}

static void idle(void)
{
	warm_up();
	step();
	step();
	read_pages(mem, PAGES);
	step();
}

TEST_F(watch, the_owner_of_written_memory_counts_nothing)
{
	struct iovec ours, theirs;

	/* Mapped here and not touched; the subject inherits it. */
	mem = memory(PAGES);
	vectors(&ours, &theirs);
	START(idle);
	ASSERT_TRUE(counters_of("processes", self->s.pid, &self->before));
	ASSERT_EQ((ssize_t)ours.iov_len,
		  process_vm_writev(self->s.pid, &ours, 1, &theirs, 1, 0));
	ASSERT_TRUE(subject_go(&self->s));
	ASSERT_TRUE(counters_of("processes", self->s.pid, &self->after));
	EXPECT_COUNTED(END);
	GO();
	EXPECT_COUNTED(END);
}

static void read_from_child(void)
{
	reach_for_child(process_vm_readv);
}

/* Since 5.19 the kernel copies a shared page before it pins it for reading. */
TEST_F(watch, pages_pinned_for_reading_are_unshared)
{
	const uint64_t copies = kernel_since(5, 19) ? PAGES : 0;

	START(read_from_child);
	GO();
	EXPECT_COUNTED({ PAGESTAT_minor, copies }, { PAGESTAT_unshare, copies },
		       { PAGESTAT_read, copies }, { PAGESTAT_write, 0 },
		       { PAGESTAT_exec, 0 }, { PAGESTAT_kernel, copies },
		       { PAGESTAT_remote, copies }, END);
}

static void read_own(void)
{
	struct iovec ours, theirs;

	/* So that they are in no other CPU's batch of new pages, see page_out(). */
	run_on(0);
	mem = memory(PAGES);
	write_pages(mem, PAGES);
	vectors(&ours, &theirs);
	dismiss(bystander());
	memset(ours.iov_base, 3, ours.iov_len);
	warm_up();
	step();
	if (process_vm_readv(getpid(), &ours, 1, &theirs, 1, 0) != (ssize_t)ours.iov_len)
		_exit(1);
	step();
}

/* It looks whether they are shared, and they are not any more: no leaf says so. */
TEST_F(watch, pages_pinned_for_reading_that_nobody_shares_are_kept)
{
	const uint64_t looks = kernel_since(5, 19) ? PAGES : 0;

	START(read_own);
	GO();
	EXPECT_COUNTED({ PAGESTAT_minor, looks }, { PAGESTAT_other, looks },
		       { PAGESTAT_read, looks }, { PAGESTAT_write, 0 },
		       { PAGESTAT_exec, 0 }, { PAGESTAT_kernel, looks },
		       { PAGESTAT_remote, looks }, END);
}

static int ring;

/* An io_uring: buffers that are registered with it are pinned. */
static void ring_init(void)
{
	struct io_uring_params params = { 0 };

	ring = syscall(SYS_io_uring_setup, 1, &params);
	if (ring < 0)
		_exit(1);
}

static void pin(void)
{
	struct iovec buffer = { .iov_base = mem, .iov_len = PAGES * page_size() };

	if (syscall(SYS_io_uring_register, ring, IORING_REGISTER_BUFFERS,
		    &buffer, 1))
		_exit(1);
}

/* What is counted of pages that are pinned for writing. */
#define PINNED(kind)							       \
	{ PAGESTAT_minor, PAGES }, { PAGESTAT_##kind, PAGES },		       \
	{ PAGESTAT_write, PAGES }, { PAGESTAT_kernel, PAGES },		       \
	{ PAGESTAT_read, 0 }, { PAGESTAT_exec, 0 }

static void pin_untouched(void)
{
	ring_init();
	mem = memory(PAGES);
	warm_up();
	step();
	pin();
	step();
	write_pages(mem, PAGES);
	step();
}

TEST_F(watch, pinning_touches)
{
	START(pin_untouched);
	GO();
	EXPECT_COUNTED(PINNED(zerofill), END);
	GO();
	EXPECT_COUNTED(END);
}

static void pin_shared(void)
{
	mem = memory(PAGES);
	write_pages(mem, PAGES);
	become_child();
	ring_init();
	warm_up();
	step();
	pin();
	step();
	write_pages(mem, PAGES);
	step();
}

TEST_F(watch, pinning_for_writing_copies_what_is_shared)
{
	START(pin_shared);
	GO();
	EXPECT_COUNTED(PINNED(cow_anon), { PAGESTAT_cow, PAGES }, END);
	GO();
	EXPECT_COUNTED(END);
}

static void fork_pinned(void)
{
	ring_init();
	mem = memory(PAGES);
	pin();
	warm_up();
	step();
	bystander();
	warm_up();
	step();
	write_pages(mem, PAGES);
	step();
}

/*
 * fork() itself copies pinned pages for the child.  That is no fault and is not
 * counted, and the parent need not copy them when it writes.
 */
TEST_F(watch, fork_leaves_pinned_pages_to_the_parent)
{
	START(fork_pinned);
	GO();
	/* Of its stack and data, which are shared after fork(). */
	EXPECT_GT(64UL, FAULTS());
	EXPECT_GT(64UL, GREW(cow) + GREW(zerofill) + GREW(unshare));
	GO();
	EXPECT_COUNTED(END);
}

static void child_of_pinned(void)
{
	ring_init();
	mem = memory(PAGES);
	pin();
	become_child();
	warm_up();
	step();
	write_pages(mem, PAGES);
	step();
}

TEST_F(watch, a_child_has_its_own_of_pinned_pages)
{
	START(child_of_pinned);
	GO();
	EXPECT_COUNTED(END);
}

TEST_HARNESS_MAIN
