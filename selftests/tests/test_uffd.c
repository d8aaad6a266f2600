// SPDX-License-Identifier: GPL-2.0
/* test_uffd.c - faults that are handed to a userfaultfd, and what comes of them */
#include <fcntl.h>
#include <linux/userfaultfd.h>
#include <poll.h>
#include <pthread.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "watch.h"

/* Fewer than PAGES: each fault takes four switches between threads. */
#define SERVED	251UL
/* One more is served before the first step, so that both threads' code is mapped. */
#define ALL_PAGES (SERVED + 1)

static char *mem, *source;
static int uffd;

/* Remove the write protection, copy a page, or map the zero page. */
static int serve(const struct uffd_msg *msg)
{
	const unsigned long page = msg->arg.pagefault.address & -page_size();

	if (msg->arg.pagefault.flags & UFFD_PAGEFAULT_FLAG_WP) {
		struct uffdio_writeprotect open = {
			.range = { page, page_size() },
		};

		return ioctl(uffd, UFFDIO_WRITEPROTECT, &open);
	}
	if (msg->arg.pagefault.flags & UFFD_PAGEFAULT_FLAG_WRITE) {
		struct uffdio_copy copy = {
			.dst = page, .src = (unsigned long)source,
			.len = page_size(),
		};

		return ioctl(uffd, UFFDIO_COPY, &copy);
	}
	struct uffdio_zeropage zero = { .range = { page, page_size() } };

	return ioctl(uffd, UFFDIO_ZEROPAGE, &zero);
}

/* A thread that serves; it does not fault itself. */
static void *server(void *unused)
{
	struct pollfd poll_fd = { .fd = uffd, .events = POLLIN };
	struct uffd_msg msg;

	(void)unused;
	for (;;) {
		must(poll(&poll_fd, 1, -1) != 1);
		must(read(uffd, &msg, sizeof(msg)) != sizeof(msg));
		must(serve(&msg));
	}
	return NULL;
}

static void hand_over(unsigned long mode)
{
	struct uffdio_api api = { .api = UFFD_API };
	struct uffdio_register reg = { .mode = mode };
	pthread_t thread;

	source = memory(1);
	write_pages(source, 1);
	uffd = syscall(SYS_userfaultfd, O_CLOEXEC | O_NONBLOCK);
	must(uffd < 0 || ioctl(uffd, UFFDIO_API, &api));
	reg.range.start = (unsigned long)mem;
	reg.range.len = ALL_PAGES * page_size();
	must(ioctl(uffd, UFFDIO_REGISTER, &reg));
	must(pthread_create(&thread, NULL, server, NULL));
}

static void read_missing(void)
{
	mem = memory(ALL_PAGES);
	hand_over(UFFDIO_REGISTER_MODE_MISSING);
	read_pages(mem + SERVED * page_size(), 1);
	warm_up();
	step();
	read_pages(mem, SERVED);
	step();
}

/*
 * Each is tried twice.  The kernel takes a fault for a major one if an earlier try held
 * the mmap lock; a first try under the lock of the vma does not count.
 */
#define HANDED_OVER							       \
	{ PAGESTAT_minor, kernel_since(6, 12) ? SERVED : 0 },		       \
	{ PAGESTAT_major, kernel_since(6, 12) ? 0 : SERVED },		       \
	{ PAGESTAT_uffd, SERVED }, { PAGESTAT_retry, SERVED }

TEST_F(watch, missing_pages_that_are_read_are_served)
{
	START(read_missing);
	GO();
	EXPECT_COUNTED(HANDED_OVER, END);
}

static void write_missing(void)
{
	mem = memory(ALL_PAGES);
	hand_over(UFFDIO_REGISTER_MODE_MISSING);
	write_pages(mem + SERVED * page_size(), 1);
	warm_up();
	step();
	write_pages(mem, SERVED);
	step();
}

TEST_F(watch, missing_pages_that_are_written_are_served)
{
	START(write_missing);
	GO();
	EXPECT_COUNTED(HANDED_OVER, END);
}

/* On arm64, userfaultfd cannot write-protect before 6.10. */
static bool can_protect(void)
{
	struct uffdio_api api = { .api = UFFD_API };
	int fd = syscall(SYS_userfaultfd, O_CLOEXEC);
	bool can = fd >= 0 && !ioctl(fd, UFFDIO_API, &api) &&
		   api.features & UFFD_FEATURE_PAGEFAULT_FLAG_WP;

	close(fd);
	return can;
}

static void protect(void)
{
	struct uffdio_writeprotect all = {
		.range = { (unsigned long)mem, ALL_PAGES * page_size() },
		.mode = UFFDIO_WRITEPROTECT_MODE_WP,
	};

	must(ioctl(uffd, UFFDIO_WRITEPROTECT, &all));
}

static void write_protected(void)
{
	run_on(0);
	mem = memory(ALL_PAGES);
	write_pages(mem, ALL_PAGES);
	hand_over(UFFDIO_REGISTER_MODE_WP);
	protect();
	write_pages(mem + SERVED * page_size(), 1);
	warm_up();
	step();
	read_pages(mem, SERVED);
	step();
	write_pages(mem, SERVED);
	step();
}

TEST_F(watch, protected_pages_are_kept)
{
	if (!can_protect())
		SKIP(return, "no write protection by userfaultfd in this kernel");
	START(write_protected);
	GO();
	EXPECT_COUNTED(END);
	GO();
	/* Since 6.12 the page is writable as soon as it is not protected any more. */
	EXPECT_COUNTED(HANDED_OVER,
		       { PAGESTAT_reuse, kernel_since(6, 12) ? 0 : SERVED }, END);
}

static void write_shared(void)
{
	mem = memory(ALL_PAGES);
	write_pages(mem, ALL_PAGES);
	hand_over(UFFDIO_REGISTER_MODE_WP);
	protect();
	bystander();
	write_pages(mem + SERVED * page_size(), 1);
	warm_up();
	step();
	write_pages(mem, SERVED);
	step();
}

TEST_F(watch, protected_pages_that_are_shared_are_copied)
{
	if (!can_protect())
		SKIP(return, "no write protection by userfaultfd in this kernel");
	START(write_shared);
	GO();
	EXPECT_COUNTED(HANDED_OVER, { PAGESTAT_cow, SERVED },
		       { PAGESTAT_cow_anon, SERVED }, END);
}

TEST_HARNESS_MAIN
