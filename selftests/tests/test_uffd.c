// SPDX-License-Identifier: GPL-2.0
/* test_uffd.c - faults that are handed to a userfaultfd, and what comes of them */
#include <fcntl.h>
#include <linux/futex.h>
#include <linux/userfaultfd.h>
#include <poll.h>
#include <pthread.h>
#include <semaphore.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "watch.h"
#include "workloads.h"

/* The C library may be older than the kernel. */
#ifndef UFFD_USER_MODE_ONLY
#define UFFD_USER_MODE_ONLY 1
#endif
#ifndef UFFD_FEATURE_WP_HUGETLBFS_SHMEM
#define UFFD_FEATURE_WP_HUGETLBFS_SHMEM (1 << 12)
#endif
#ifndef UFFD_FEATURE_WP_UNPOPULATED
#define UFFD_FEATURE_WP_UNPOPULATED (1 << 13)
#endif

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

/* A userfaultfd for all pages.  Nobody serves it yet. */
static void register_all(unsigned long mode, unsigned long features, int flags)
{
	struct uffdio_api api = { .api = UFFD_API, .features = features };
	struct uffdio_register reg = { .mode = mode };

	uffd = syscall(SYS_userfaultfd, O_CLOEXEC | O_NONBLOCK | flags);
	must(uffd < 0 || ioctl(uffd, UFFDIO_API, &api));
	reg.range.start = (unsigned long)mem;
	reg.range.len = ALL_PAGES * page_size();
	must(ioctl(uffd, UFFDIO_REGISTER, &reg));
}

static void hand_over(unsigned long mode)
{
	pthread_t thread;

	source = memory(1);
	write_pages(source, 1);
	register_all(mode, 0, 0);
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

static void write_missing_of(char *start)
{
	mem = start;
	hand_over(UFFDIO_REGISTER_MODE_MISSING);
	write_pages(mem + SERVED * page_size(), 1);
	warm_up();
	step();
	write_pages(mem, SERVED);
	step();
}

static void write_missing(void)
{
	write_missing_of(memory(ALL_PAGES));
}

TEST_F(watch, missing_pages_that_are_written_are_served)
{
	START(write_missing);
	GO();
	EXPECT_COUNTED(HANDED_OVER, END);
}

/* The kernel writes to the memory.  It does so under the mmap lock, from the first try on. */
static void kernel_writes(void)
{
	int fd = open("/dev/zero", O_RDONLY);

	mem = memory(ALL_PAGES);
	hand_over(UFFDIO_REGISTER_MODE_MISSING);
	must(read(fd, mem + SERVED * page_size(), page_size()) != (ssize_t)page_size());
	warm_up();
	step();
	must(read(fd, mem, SERVED * page_size()) != (ssize_t)(SERVED * page_size()));
	step();
}

TEST_F(watch, missing_pages_that_the_kernel_writes_are_served)
{
	START(kernel_writes);
	GO();
	EXPECT_COUNTED({ PAGESTAT_major, SERVED }, { PAGESTAT_uffd, SERVED },
		       { PAGESTAT_retry, SERVED }, { PAGESTAT_write, SERVED },
		       { PAGESTAT_kernel, SERVED }, { PAGESTAT_read, 0 },
		       { PAGESTAT_exec, 0 }, END);
}

/* Whether the kernel's userfaultfd can do that. */
static bool can(unsigned long feature)
{
	struct uffdio_api api = { .api = UFFD_API };
	int fd = syscall(SYS_userfaultfd, O_CLOEXEC);
	bool has = fd >= 0 && !ioctl(fd, UFFDIO_API, &api) && api.features & feature;

	close(fd);
	return has;
}

/* On arm64, userfaultfd cannot write-protect before 6.10. */
static bool can_protect(void)
{
	return can(UFFD_FEATURE_PAGEFAULT_FLAG_WP);
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

static char *shared_memory(void)
{
	int fd = memfd_create("shared", 0);
	char *start;

	must(fd < 0 || ftruncate(fd, ALL_PAGES * page_size()));
	start = mmap(NULL, ALL_PAGES * page_size(), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	must(start == MAP_FAILED);
	return start;
}

static void shared_missing(void)
{
	write_missing_of(shared_memory());
	must(madvise(mem, ALL_PAGES * page_size(), MADV_REMOVE));
	step();
	read_pages(mem, SERVED);
	step();
}

TEST_F(watch, missing_pages_of_shared_memory_are_served)
{
	START(shared_missing);
	GO();
	EXPECT_COUNTED(HANDED_OVER, END);
	ASSERT_TRUE(subject_go(&self->s));
	GO();
	EXPECT_COUNTED(HANDED_OVER, END);
}

static void read_marked(void)
{
	protect();
	warm_up();
	step();
	read_pages(mem, SERVED);
	step();
}

static void shared_marked(void)
{
	mem = shared_memory();
	register_all(UFFDIO_REGISTER_MODE_WP, UFFD_FEATURE_WP_HUGETLBFS_SHMEM, 0);
	read_marked();
}

static void anonymous_marked(void)
{
	mem = memory(ALL_PAGES);
	register_all(UFFDIO_REGISTER_MODE_WP, UFFD_FEATURE_WP_UNPOPULATED, 0);
	read_marked();
}

/* Protection of what is absent is a mark in the page table, where swap entries are. */
static void marked(struct __test_metadata *_metadata, void *fixture, unsigned long feature,
		   void (*run)(void), enum pagestat_counter outcome)
{
	__auto_type self = (FIXTURE_DATA(watch) *)fixture;

	if (!can(feature))
		SKIP(return, "absent pages cannot be write-protected in this kernel");
	START(run);
	GO();
	EXPECT_COUNTED({ PAGESTAT_minor, SERVED }, { outcome, SERVED }, END);
}

TEST_F(watch, marked_pages_are_mapped)
{
	marked(_metadata, self, UFFD_FEATURE_WP_HUGETLBFS_SHMEM, shared_marked,
	       PAGESTAT_filemap);
}

TEST_F(watch, marked_anonymous_pages_are_mapped)
{
	marked(_metadata, self, UFFD_FEATURE_WP_UNPOPULATED, anonymous_marked,
	       PAGESTAT_zeromap);
}

static void fail_to_read(void)
{
	size_t i;

	mem = memory(ALL_PAGES);
	register_all(UFFDIO_REGISTER_MODE_MISSING, UFFD_FEATURE_SIGBUS, 0);
	warm_up();
	read_and_fail(mem + SERVED * page_size());
	write_pages(memory(1), 1);	/* after the next fault, the last one is counted */
	step();
	for (i = 0; i < SERVED; i++)
		read_and_fail(mem + i * page_size());
	write_pages(memory(1), 1);
	step();
}

TEST_F(watch, who_asked_for_sigbus_is_handed_nothing)
{
	START(fail_to_read);
	GO();
	EXPECT_COUNTED({ PAGESTAT_error, SERVED }, { PAGESTAT_minor, 1 },
		       { PAGESTAT_zerofill, 1 }, END);
}

/* The kernel reads one word of each page. */
static void kernel_reads(void)
{
	size_t i;

	mem = memory(ALL_PAGES);
	register_all(UFFDIO_REGISTER_MODE_MISSING, 0, UFFD_USER_MODE_ONLY);
	warm_up();
	must(!syscall(SYS_futex, mem + SERVED * page_size(), FUTEX_WAIT_PRIVATE, 1, NULL));
	write_pages(memory(1), 1);
	step();
	for (i = 0; i < SERVED; i++)
		must(!syscall(SYS_futex, mem + i * page_size(), FUTEX_WAIT_PRIVATE, 1, NULL));
	write_pages(memory(1), 1);
	step();
}

TEST_F(watch, faults_in_the_kernel_are_not_handed_over)
{
	if (!kernel_since(6, 1))
		SKIP(return, "this kernel hands over all faults");
	START(kernel_reads);
	GO();
	EXPECT_COUNTED({ PAGESTAT_error, SERVED }, { PAGESTAT_minor, 1 },
		       { PAGESTAT_zerofill, 1 }, END);
}

static sem_t opened, has_read;

/* Reads one page more, each time a userfaultfd has been made that nobody serves. */
static void *late_reader(void *unused)
{
	size_t i;

	(void)unused;
	for (i = 0;; i++) {
		must(sem_wait(&opened));
		read_pages(mem + i * page_size(), 1);
		must(sem_post(&has_read));
	}
	return NULL;
}

/* One more page: the userfaultfd is closed while its fault waits. */
static void close_while_read(void)
{
	struct pollfd poll_fd = { .events = POLLIN };

	register_all(UFFDIO_REGISTER_MODE_MISSING, 0, 0);
	poll_fd.fd = uffd;
	must(sem_post(&opened));
	must(poll(&poll_fd, 1, -1) != 1);
	must(close(uffd));
	must(sem_wait(&has_read));
}

static void closed_while_read(void)
{
	pthread_t thread;
	size_t i;

	mem = memory(ALL_PAGES);
	must(sem_init(&opened, 0, 0) || sem_init(&has_read, 0, 0));
	must(pthread_create(&thread, NULL, late_reader, NULL));
	close_while_read();
	warm_up();
	step();
	for (i = 0; i < SERVED; i++)
		close_while_read();
	step();
}

/*
 * The fault that waits is tried again, and finds the page still missing and nobody to ask.
 * Should it be so quick that the memory still is the userfaultfd's, it maps nothing, or is
 * tried once more.
 */
TEST_F(watch, who_waits_for_a_userfaultfd_that_is_closed_goes_on)
{
	START(closed_while_read);
	GO();
	EXPECT_EQ(SERVED, GREW(uffd));
	EXPECT_LE(SERVED, GREW(retry));
	EXPECT_COUNTED({ PAGESTAT_minor, GREW(minor) }, { PAGESTAT_major, GREW(major) },
		       { PAGESTAT_zeromap, SERVED }, { PAGESTAT_uffd, SERVED },
		       { PAGESTAT_retry, GREW(retry) },
		       { PAGESTAT_other, GREW(minor) + GREW(major) - SERVED }, END);
}

TEST_HARNESS_MAIN
