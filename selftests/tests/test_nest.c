// SPDX-License-Identifier: GPL-2.0
/*
 * test_nest.c - faults within a driver's fault handler, and faults that must not wait;
 * the driver is programs/nest
 */
#include <fcntl.h>
#include <linux/userfaultfd.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "watch.h"

#define NEST_READ	_IO('n', 1)
#define NEST_NOWAIT	_IO('n', 2)

#define NESTED	251UL	/* a prime */

static char *mem;
static int driver;

static bool load(void)
{
	char command[256];
	struct utsname name;

	uname(&name);
	snprintf(command, sizeof(command), "insmod ../build/nest/%s/nest.ko", name.release);
	return !system(command);
}

static void unload(void)
{
	must(system("rmmod nest"));
}

static void open_driver(void)
{
	driver = open("/dev/pagestat-nest", O_RDWR | O_CLOEXEC);
	must(driver < 0);
}

static void read_nested(void)
{
	char *device;

	open_driver();
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
	ASSERT_TRUE(load());
	START(read_nested);
	GO();
	/* The handler is not called under the lock of the vma. */
	EXPECT_COUNTED({ PAGESTAT_minor, 2 * NESTED }, { PAGESTAT_zeromap, NESTED },
		       { PAGESTAT_other, NESTED }, { PAGESTAT_read, 2 * NESTED },
		       { PAGESTAT_write, 0 }, { PAGESTAT_kernel, NESTED },
		       { PAGESTAT_retry, kernel_since(6, 12) ? NESTED : 0 }, END);
	subject_end(&self->s);
	unload();
}

static void left_to_others(void)
{
	struct uffdio_api api = { .api = UFFD_API };
	struct uffdio_register reg = { .mode = UFFDIO_REGISTER_MODE_MISSING };
	int uffd = syscall(SYS_userfaultfd, O_CLOEXEC);
	size_t i;

	open_driver();
	mem = memory(NESTED + 1);
	reg.range.start = (unsigned long)mem;
	reg.range.len = (NESTED + 1) * page_size();
	must(uffd < 0 || ioctl(uffd, UFFDIO_API, &api) || ioctl(uffd, UFFDIO_REGISTER, &reg));
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
	ASSERT_TRUE(load());
	START(left_to_others);
	GO();
	EXPECT_COUNTED({ PAGESTAT_retry, NESTED }, { PAGESTAT_minor, 1 },
		       { PAGESTAT_zerofill, 1 }, END);
	subject_end(&self->s);
	unload();
}

TEST_HARNESS_MAIN
