// SPDX-License-Identifier: GPL-2.0
/* test_touch.c - by whom memory is touched, and calls that come to nothing */
#include <fcntl.h>
#include <linux/userfaultfd.h>
#include <poll.h>
#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "watch.h"

static char *mem;

#define RET 0xc3	/* x86's instruction */

static void executed(void)
{
	size_t i, size = page_size();
	int fd = memfd_create("code", 0);
	const char ret = (char)RET;

	warm_up();
	if (ftruncate(fd, PAGES * size))
		_exit(1);
	for (i = 0; i < PAGES; i++)
		if (pwrite(fd, &ret, 1, i * size) != 1)
			_exit(1);
	mem = mmap(NULL, PAGES * size, PROT_READ | PROT_EXEC, MAP_PRIVATE, fd, 0);
	if (mem == MAP_FAILED)
		_exit(1);
	step();
	for (i = 0; i < PAGES; i++)
		((void (*)(void))(mem + i * size))();
	step();
}

TEST_F(watch, executing_is_told_apart)
{
	START(executed);
	GO();
	EXPECT_GE(FAULTS(), PAGES / 16);
	EXPECT_COUNTED({ PAGESTAT_minor, FAULTS() }, { PAGESTAT_filemap, FAULTS() },
		       { PAGESTAT_exec, FAULTS() }, { PAGESTAT_read, 0 },
		       { PAGESTAT_write, 0 }, END);
}

/* The kernel writes to the memory: copy_to_user(). */
static void read_into(void)
{
	int fd = open("/dev/zero", O_RDONLY);

	warm_up();
	mem = memory(PAGES);
	step();
	if (read(fd, mem, PAGES * page_size()) != (ssize_t)(PAGES * page_size()))
		_exit(1);
	step();
}

TEST_F(watch, faults_in_the_kernel_are_the_process_s)
{
	START(read_into);
	GO();
	EXPECT_COUNTED({ PAGESTAT_minor, PAGES }, { PAGESTAT_zerofill, PAGES },
		       { PAGESTAT_write, PAGES }, { PAGESTAT_kernel, PAGES },
		       { PAGESTAT_read, 0 }, { PAGESTAT_exec, 0 }, END);
}

static sigjmp_buf back;

static void jump_back(int unused)
{
	(void)unused;
	siglongjmp(back, 1);
}

static volatile size_t at;

static void beyond_the_end(void)
{
	signal(SIGBUS, jump_back);
	warm_up();
	/* A mapping of an empty file: every touch is a SIGBUS. */
	mem = mmap(NULL, PAGES * page_size(), PROT_READ, MAP_SHARED,
		   memfd_create("empty", 0), 0);
	if (!sigsetjmp(back, 1))
		read_pages(mem, 1);
	write_pages(memory(1), 1);	/* settles the first */
	step();
	sigsetjmp(back, 1);
	if (at < PAGES)
		read_pages(mem + page_size() * at++, 1);
	read_pages(memory(1), 1);	/* settles the last */
	step();
}

TEST_F(watch, failed_calls_are_errors_and_no_faults)
{
	START(beyond_the_end);
	GO();
	EXPECT_COUNTED({ PAGESTAT_error, PAGES }, { PAGESTAT_minor, 1 },
		       { PAGESTAT_zeromap, 1 }, END);
}

static int uffd;

/* Serves faults from another thread, itself without a fault. */
static void *serve(void *unused)
{
	struct pollfd poll_fd = { .fd = uffd, .events = POLLIN };
	struct uffdio_zeropage zero = { 0 };
	struct uffd_msg msg;

	(void)unused;
	for (;;) {
		if (poll(&poll_fd, 1, -1) != 1 ||
		    read(uffd, &msg, sizeof(msg)) != sizeof(msg))
			_exit(1);
		zero.range.start = msg.arg.pagefault.address & -page_size();
		zero.range.len = page_size();
		if (ioctl(uffd, UFFDIO_ZEROPAGE, &zero))
			_exit(1);
	}
	return NULL;
}

static void handed_over(void)
{
	struct uffdio_api api = { .api = UFFD_API };
	struct uffdio_register reg = { 0 };
	pthread_t thread;

	uffd = syscall(SYS_userfaultfd, O_CLOEXEC | O_NONBLOCK);
	if (uffd < 0 || ioctl(uffd, UFFDIO_API, &api))
		_exit(4);
	mem = memory(PAGES + 1);
	reg.range.start = (unsigned long)mem;
	reg.range.len = (PAGES + 1) * page_size();
	reg.mode = UFFDIO_REGISTER_MODE_MISSING;
	if (ioctl(uffd, UFFDIO_REGISTER, &reg) ||
	    pthread_create(&thread, NULL, serve, NULL))
		_exit(1);
	/* Both threads go the whole way once. */
	read_pages(mem + PAGES * page_size(), 1);
	warm_up();
	step();
	read_pages(mem, PAGES);
	step();
}

TEST_F(watch, faults_handed_to_a_userfaultfd_are_retried)
{
	if (!subject_start(&self->s, handed_over))
		SKIP(return, "no userfaultfd in this kernel");
	GO();
	EXPECT_EQ(PAGES, GREW(uffd));
	/* With the lock of one vma, a call more gives up before it is handed over. */
	EXPECT_TRUE(GREW(retry) == PAGES || GREW(retry) == 2 * PAGES);
	EXPECT_EQ(PAGES, GREW(minor) + GREW(major));
	EXPECT_EQ(0UL, GREW(error));
	EXPECT_EQ(PAGES, GREW(read));
	EXPECT_EQ(0UL, GREW(zerofill) + GREW(cow) + GREW(swapin));
}

TEST_HARNESS_MAIN
