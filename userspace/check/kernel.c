// SPDX-License-Identifier: GPL-2.0
/*
 * Workloads in which the kernel fails, asks others, or works for another process
 *
 * All of this runs in a worker, see perform.c.
 */
#include <asm/unistd.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/userfaultfd.h>
#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/uio.h>
#include <unistd.h>

#include "check/workload.h"
#include "experiment/worker.h"

/* ---- executed */

/* A function that returns. */
#if defined(__aarch64__)
static const uint32_t code = 0xd65f03c0;
#elif defined(__x86_64__)
static const uint8_t code = 0xc3;
#endif

/* The same page everywhere, in mappings of one page each: none is mapped with another. */
static void code_pages(struct area *area)
{
	size_t size = page_size();
	int fd = memfd_create("pagestat check", MFD_CLOEXEC);
	char *at;

	if (fd < 0)
		worker_give_up("memfd_create");
	if (ftruncate(fd, (off_t)size) || pwrite(fd, &code, sizeof(code), 0) != sizeof(code))
		worker_give_up("memfd");
	area_map(area, MAP_PRIVATE | MAP_ANONYMOUS, -1);
	for (size_t i = 0; i < area->pages; i++) {
		at = area->start + i * size;
		if (mmap(at, size, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_FIXED, fd, 0) != at)
			worker_give_up("mmap(PROT_EXEC)");
	}
	close(fd);
}

static void execute(const struct area *area)
{
	for (size_t i = 0; i < area->pages; i++)
		((void (*)(void))(area->start + i * page_size()))();
}

/* ---- another process's memory */

typedef ssize_t copy_fn(pid_t pid, const struct iovec *ours, unsigned long nr_ours,
			const struct iovec *theirs, unsigned long nr_theirs,
			unsigned long flags);

/* One byte of each page, so that the kernel looks at nothing else of ours. */
static void copy_bytes(const struct area *area, pid_t pid, copy_fn *copy)
{
	char byte = 2;
	struct iovec ours = { &byte, 1 }, theirs = { .iov_len = 1 };

	for (size_t i = 0; i < area->pages; i++) {
		theirs.iov_base = area->start + i * page_size();
		if (copy(pid, &ours, 1, &theirs, 1, 0) != 1)
			worker_give_up("process_vm_readv, process_vm_writev");
	}
}

static void write_to_child(const struct area *area)
{
	copy_bytes(area, area->child, process_vm_writev);
}

/* The kernel pins each page to read it. */
static void read_by_kernel(const struct area *area)
{
	copy_bytes(area, getpid(), process_vm_readv);
}

/* ---- beyond a file's end */

static sigjmp_buf back;

static void jump_back(int unused)
{
	(void)unused;
	siglongjmp(back, 1);
}

static void empty_file(struct area *area)
{
	struct sigaction action = { .sa_handler = jump_back };
	struct area spare = { .pages = 1 };
	int fd = memfd_create("pagestat check", MFD_CLOEXEC);

	if (fd < 0)
		worker_give_up("memfd_create");
	area_map(area, MAP_SHARED, fd);
	close(fd);
	area_untouched(&spare);
	area->spare = spare.start;
	sigaction(SIGBUS, &action, NULL);
}

/* That the last one has failed is known at the next fault. */
static void write_beyond_end(const struct area *area)
{
	static volatile size_t at, failed;

	failed = 0;
	for (at = 0; at < area->pages; at++) {
		if (sigsetjmp(back, 1))
			failed++;
		else
			*(volatile char *)(area->start + at * page_size()) = 1;
	}
	*(volatile char *)area->spare = 1;
	workload_seen = failed;
}

/* ---- userfaultfd */

static int uffd = -1;
static char *source;

/* It does not fault itself. */
static void *serve(void *unused)
{
	struct uffd_msg msg;

	for (;;) {
		struct uffdio_copy copy = { .src = (uintptr_t)source, .len = page_size() };

		if (read(uffd, &msg, sizeof(msg)) != sizeof(msg))
			worker_give_up("userfaultfd");
		copy.dst = msg.arg.pagefault.address & -page_size();
		if (ioctl(uffd, UFFDIO_COPY, &copy))
			worker_give_up("UFFDIO_COPY");
	}
	return unused;
}

static void start_server(void)
{
	struct uffdio_api api = { .api = UFFD_API };
	struct area page = { .pages = 1 };
	pthread_t thread;

	uffd = (int)syscall(__NR_userfaultfd, O_CLOEXEC);
	if (uffd < 0 || ioctl(uffd, UFFDIO_API, &api))
		worker_give_up("userfaultfd");
	area_written(&page);
	source = page.start;
	errno = pthread_create(&thread, NULL, serve, NULL);
	if (errno)
		worker_give_up("pthread_create");
}

static void handed_over(struct area *area)
{
	struct uffdio_register range = { .mode = UFFDIO_REGISTER_MODE_MISSING };

	if (uffd < 0)
		start_server();
	area_untouched(area);
	range.range.start = (uintptr_t)area->start;
	range.range.len = area->pages * page_size();
	if (ioctl(uffd, UFFDIO_REGISTER, &range))
		worker_give_up("UFFDIO_REGISTER");
}

static const struct workload list[] = {
	{ .name = "executed", .seen = SEEN_FILE, .faults = FAULTS_EACH,
	  .expected = { { COL_exec } },
	  .prepare = code_pages, .act = execute },
	{ .name = "read by the kernel while shared", .seen = SEEN_MOVED, .faults = FAULTS_EACH,
	  .expected = { { COL_unshare } },
	  .role = ROLE_PARENT, .prepare = area_written, .act = read_by_kernel },
	{ .name = "another process's memory", .seen = SEEN_NOTHING, .faults = FAULTS_EACH,
	  .expected = { { COL_remote } },
	  .role = ROLE_PARENT, .prepare = area_written, .act = write_to_child },
	{ .name = "beyond a file's end", .seen = SEEN_COUNTED, .faults = FAULTS_ONE,
	  .expected = { { COL_error } },
	  .prepare = empty_file, .act = write_beyond_end },
	{ .name = "handed to a userfaultfd", .seen = SEEN_ANON, .faults = FAULTS_EACH,
	  .expected = { { COL_uffd }, { COL_retry } },
	  .prepare = handed_over, .act = area_write },
};

const struct workload_list kernel_workloads = WORKLOAD_LIST(list);
