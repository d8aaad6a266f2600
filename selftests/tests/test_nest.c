// SPDX-License-Identifier: GPL-2.0
/*
 * test_nest.c - faults within a driver's fault handler, faults that must not wait, and a
 * device's memory; the driver is programs/nest
 */
#include <fcntl.h>
#include <linux/userfaultfd.h>
#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "driver.h"
#include "watch.h"

#define NESTED	251UL	/* a prime */

static char *mem;
static int driver;

static void read_nested(void)
{
	char *device;

	driver = driver_open("nest");
	device = mmap(NULL, (NESTED + 1) * page_size(), PROT_READ, MAP_SHARED, driver, 0);
	must(device == MAP_FAILED);
	mem = memory(NESTED + 1);
	warm_up();
	must(ioctl(driver, NEST_READ, mem));
	read_pages(device + NESTED * page_size(), 1);
	step();
	read_pages(device, NESTED);
	step();
}

TEST_F(watch, faults_within_a_fault)
{
	ASSERT_TRUE(driver_load("nest"));
	START(read_nested);
	GO();
	/* The handler is not called under the lock of the vma. */
	EXPECT_COUNTED({ PAGESTAT_minor, 2 * NESTED }, { PAGESTAT_zeromap, NESTED },
		       { PAGESTAT_other, NESTED }, { PAGESTAT_read, 2 * NESTED },
		       { PAGESTAT_write, 0 }, { PAGESTAT_kernel, NESTED },
		       { PAGESTAT_retry, kernel_since(6, 12) ? NESTED : 0 }, END);
	subject_end(&self->s);
	EXPECT_TRUE(driver_unload("nest"));
}

/* Memory whose faults are handed to a userfaultfd. */
static int hand_over(void)
{
	struct uffdio_api api = { .api = UFFD_API };
	struct uffdio_register reg = { .mode = UFFDIO_REGISTER_MODE_MISSING };
	int uffd = syscall(SYS_userfaultfd, O_CLOEXEC);

	mem = memory(NESTED + 1);
	reg.range.start = (unsigned long)mem;
	reg.range.len = (NESTED + 1) * page_size();
	must(uffd < 0 || ioctl(uffd, UFFDIO_API, &api) || ioctl(uffd, UFFDIO_REGISTER, &reg));
	return uffd;
}

static void left_to_others(void)
{
	size_t i;

	driver = driver_open("nest");
	hand_over();
	warm_up();
	ioctl(driver, NEST_NOWAIT, mem + NESTED * page_size());
	write_pages(memory(1), 1);	/* after the next fault, the last one is counted */
	step();
	for (i = 0; i < NESTED; i++)
		ioctl(driver, NEST_NOWAIT, mem + i * page_size());
	write_pages(memory(1), 1);
	step();
}

/* Who must not wait leaves the page to another thread, or comes again later. */
TEST_F(watch, faults_that_must_not_wait)
{
	ASSERT_TRUE(driver_load("nest"));
	START(left_to_others);
	GO();
	EXPECT_COUNTED({ PAGESTAT_retry, NESTED }, { PAGESTAT_minor, 1 },
		       { PAGESTAT_zerofill, 1 }, END);
	subject_end(&self->s);
	EXPECT_TRUE(driver_unload("nest"));
}

static int uffd;
static pthread_t faulter;
static sigjmp_buf back;
static volatile size_t at;

static bool next_fault(struct uffdio_range *range)
{
	struct uffd_msg msg;

	must(read(uffd, &msg, sizeof(msg)) != sizeof(msg));
	range->start = msg.arg.pagefault.address & -page_size();
	range->len = page_size();
	return true;
}

/* In another thread: serve the faults. */
static void *server(void *unused)
{
	struct uffdio_zeropage zero = { .mode = 0 };

	while (next_fault(&zero.range))
		must(ioctl(uffd, UFFDIO_ZEROPAGE, &zero));
	return unused;
}

/* In another thread: serve none, but end them by signals. */
static void *interrupter(void *unused)
{
	struct uffdio_range range;

	while (next_fault(&range))
		must(pthread_kill(faulter, SIGUSR1));
	return unused;
}

static void jump_back(int unused)
{
	(void)unused;
	siglongjmp(back, 1);
}

/* A fault that is handed over, then one on the driver's mapping. */
static void two_faults(const char *device)
{
	if (!sigsetjmp(back, 1))
		read_pages(mem + at * page_size(), 1);
	read_pages(device + at * page_size(), 1);
}

static void handed_over(void *(*other)(void *))
{
	char *device, *readable = memory(NESTED + 1);
	pthread_t thread;

	driver = driver_open("nest");
	uffd = hand_over();
	device = mmap(NULL, (NESTED + 1) * page_size(), PROT_READ, MAP_SHARED, driver, 0);
	must(device == MAP_FAILED);
	read_pages(readable, NESTED + 1);
	must(ioctl(driver, NEST_READ, readable));
	faulter = pthread_self();
	signal(SIGUSR1, jump_back);
	must(pthread_create(&thread, NULL, other, NULL));
	warm_up();
	at = NESTED;
	two_faults(device);
	step();
	for (at = 0; at < NESTED; at++)
		two_faults(device);
	step();
}

static void served(void)
{
	handed_over(server);
}

/* That one was handed to a userfaultfd says nothing of the next one. */
TEST_F(watch, faults_after_those_that_were_served)
{
	/* Who was tried under the mmap lock before is major; who needs it is tried again. */
	const uint64_t again = kernel_since(6, 12) ? NESTED : 0;

	ASSERT_TRUE(driver_load("nest"));
	START(served);
	GO();
	EXPECT_COUNTED({ PAGESTAT_uffd, NESTED }, { PAGESTAT_other, NESTED },
		       { PAGESTAT_minor, NESTED + again }, { PAGESTAT_major, NESTED - again },
		       { PAGESTAT_retry, NESTED + again }, END);
	subject_end(&self->s);
	EXPECT_TRUE(driver_unload("nest"));
}

static void interrupted(void)
{
	handed_over(interrupter);
}

TEST_F(watch, faults_after_those_that_a_signal_has_ended)
{
	ASSERT_TRUE(driver_load("nest"));
	START(interrupted);
	GO();
	EXPECT_COUNTED({ PAGESTAT_uffd, NESTED }, { PAGESTAT_error, NESTED },
		       { PAGESTAT_minor, NESTED }, { PAGESTAT_other, NESTED },
		       { PAGESTAT_retry, kernel_since(6, 12) ? NESTED : 0 }, END);
	subject_end(&self->s);
	EXPECT_TRUE(driver_unload("nest"));
}

static void write_to_device(void)
{
	driver = driver_open("nest");
	mem = mmap(NULL, NESTED * page_size(), PROT_READ | PROT_WRITE, MAP_PRIVATE, driver, 0);
	must(mem == MAP_FAILED);
	warm_up();
	step();
	write_pages(mem, NESTED);
	step();
}

TEST_F(watch, a_device_s_memory_is_copied_as_a_file_s)
{
	ASSERT_TRUE(driver_load("nest"));
	START(write_to_device);
	GO();
	EXPECT_COUNTED({ PAGESTAT_minor, NESTED }, { PAGESTAT_cow, NESTED },
		       { PAGESTAT_cow_file, NESTED }, END);
	subject_end(&self->s);
	EXPECT_TRUE(driver_unload("nest"));
}

TEST_HARNESS_MAIN
