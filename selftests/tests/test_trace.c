// SPDX-License-Identifier: GPL-2.0
/*
 * test_trace.c - the trace events: one for each fault, copy and swap-in that the
 * counters count
 */
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "kernel.h"
#include "watch_trace.h"
#include "workloads.h"

TEST_F(trace, an_event_for_each_fault_and_copy)
{
	START(touch_copy_swap_read);
	ASSERT_TRUE(tracing_select(self->s.pid));
	ASSERT_TRUE(kernel_set(EVENTS "fault/enable", "1", NULL, 0));
	ASSERT_TRUE(kernel_set(EVENTS "cow/enable", "1", NULL, 0));
	ASSERT_TRUE(kernel_set(EVENTS "swapin/enable", "1", NULL, 0));
	GO();
	EXPECT_COUNTED({ PAGESTAT_minor, PAGES }, { PAGESTAT_zerofill, PAGES }, END);
	EXPECT_EQ(PAGES, TRACED("fault: .* user=1 result=minor kind=anon outcome=zerofill"));
	EXPECT_EQ(PAGES, TRACED("fault: "));
	EXPECT_EQ(0, TRACED("cow: "));

	GO();	/* fork */
	ASSERT_TRUE(tracing_clear() && tracing_select(self->s.pid));
	GO();
	EXPECT_COUNTED({ PAGESTAT_minor, PAGES }, { PAGESTAT_cow, PAGES },
		       { PAGESTAT_cow_anon, PAGES }, END);
	EXPECT_EQ(PAGES, TRACED("fault: .* access=(read|write) user=1 result=minor kind=cow outcome=cow_anon"));
	EXPECT_EQ(PAGES, TRACED("fault: "));
	EXPECT_EQ(PAGES, TRACED("cow: .* kind=cow_anon old_pfn=0x[0-9a-f]+ new_pfn=0x[0-9a-f]+ order=0"));

	GO();	/* page out */
	ASSERT_TRUE(tracing_clear());
	GO();
	EXPECT_EQ(PAGES, GREW(swapin));
	EXPECT_EQ(GREW(major), TRACED("fault: .* result=major kind=swapin_io"));
	EXPECT_EQ(FAULTS(), TRACED("fault: .* result=minor"));
	EXPECT_EQ(GREW(swapin_io), TRACED_SUM("swapin: .* from=device", "pages"));
	EXPECT_EQ(GREW(swapin_cache), TRACED_SUM("swapin: .* from=cache", "pages"));
}

/* Each fault has another address, and all have one ip: that of the loop. */
TEST_F(trace, events_say_where)
{
	START(touch_copy_swap_read);
	ASSERT_TRUE(tracing_select(self->s.pid));
	ASSERT_TRUE(kernel_set(EVENTS "fault/enable", "1", NULL, 0));
	GO();
	EXPECT_EQ(PAGES, TRACED_VALUES("fault: ", "address"));
	EXPECT_EQ(1, TRACED_VALUES("fault: ", "ip"));
}

TEST_F(trace, faults_are_followed_while_somebody_reads)
{
	EXPECT_FALSE(tracing_follows());
	ASSERT_TRUE(kernel_set(EVENTS "cow/enable", "1", NULL, 0));
	EXPECT_FALSE(tracing_follows());
	ASSERT_TRUE(kernel_set(EVENTS "fault/enable", "1", NULL, 0));
	EXPECT_TRUE(tracing_follows());
	ASSERT_TRUE(kernel_set(EVENTS "swapin/enable", "1", NULL, 0));
	ASSERT_TRUE(kernel_set(EVENTS "fault/enable", "0", NULL, 0));
	EXPECT_TRUE(tracing_follows());
	ASSERT_TRUE(kernel_set(EVENTS "swapin/enable", "0", NULL, 0));
	EXPECT_FALSE(tracing_follows());
}

static char *mem;

/* To memory of the parent's, which keeps its pages. */
static void write_inherited(void)
{
	warm_up();
	step();
	write_pages(mem, PAGES);
	step();
}

/* The page frame of a process's page, by /proc/PID/pagemap; 0 where it has none. */
static unsigned long frame(pid_t pid, unsigned long address)
{
	uint64_t entry = 0;
	char path[32];
	int fd;

	snprintf(path, sizeof(path), "/proc/%d/pagemap", pid);
	fd = open(path, O_RDONLY);
	if (pread(fd, &entry, sizeof(entry), address / page_size() * sizeof(entry)) !=
	    sizeof(entry))
		entry = 0;
	close(fd);
	return entry & ((1ULL << 55) - 1);
}

/* How many events say which page of @mem was copied from whose to whose. */
static size_t right_frames(pid_t from, pid_t to)
{
	FILE *trace = fopen(TRACING "trace", "r");
	unsigned long address, old, new;
	char line[512], *event;
	size_t nr = 0;

	while (trace && fgets(line, sizeof(line), trace)) {
		event = strstr(line, "cow: ");
		if (!event || sscanf(event, "cow: address=%lx kind=cow_anon old_pfn=%lx new_pfn=%lx",
				     &address, &old, &new) != 3)
			continue;
		nr += address - (unsigned long)mem < PAGES * page_size() && old && new &&
		      old == frame(from, address) && new == frame(to, address);
	}
	if (trace)
		fclose(trace);
	return nr;
}

TEST_F(trace, page_frames_are_those_of_pagemap)
{
	mem = memory(PAGES);
	madvise(mem, PAGES * page_size(), MADV_NOHUGEPAGE);
	write_pages(mem, PAGES);
	START(write_inherited);
	ASSERT_TRUE(tracing_select(self->s.pid));
	ASSERT_TRUE(kernel_set(EVENTS "cow/enable", "1", NULL, 0));
	GO();
	EXPECT_EQ(PAGES, TRACED("cow: "));
	EXPECT_EQ(PAGES, right_frames(getpid(), self->s.pid));
}

/* Page frame numbers are hidden where addresses of the kernel are. */
TEST_F(trace, page_frames_are_hidden_as_kernel_addresses_are)
{
	char old[16];

	START(touch_copy_swap_read);
	GO();
	GO();	/* fork */
	ASSERT_TRUE(tracing_select(self->s.pid));
	ASSERT_TRUE(kernel_set("/proc/sys/kernel/kptr_restrict", "2", old, sizeof(old)));
	ASSERT_TRUE(kernel_set(EVENTS "cow/enable", "1", NULL, 0));
	GO();
	ASSERT_TRUE(kernel_set("/proc/sys/kernel/kptr_restrict", old, NULL, 0));
	EXPECT_EQ(PAGES, TRACED("cow: .* old_pfn=(0|0x0) new_pfn=(0|0x0) "));
}

#define TOUCHERS	100
#define TOUCHES		8
#define PERIOD_MS	300
/* How many faults took nearly a period, or longer. */
#define LONG_ONES \
	"awk '/kind=anon/ { sub(/.* ns=/, \"\"); n += $1 > %d * 900000.0 } END { print n + 0 }' "
/* Many processes that fault at intervals. */
static void touch_now_and_then(void)
{
	char *page = memory(TOUCHES * TOUCHERS);
	int i, n;

	for (n = 1; n < TOUCHERS && fork(); n++)
		;
	for (i = 0; i < TOUCHES; i++) {
		page[i * page_size()] = 1;
		usleep(PERIOD_MS * 1000);
	}
	while (n == TOUCHERS && waitpid(-1, NULL, 0) > 0)
		;
	_exit(0);
}

/* A fault that ends while the event is disabled must not take the last one's begin. */
TEST_F(trace, readers_who_leave_see_no_false_latency)
{
	pid_t pid = fork();
	int i;

	if (!pid)
		touch_now_and_then();
	for (i = 0; i < TOUCHES; i++) {
		ASSERT_TRUE(kernel_set(EVENTS "fault/enable", "1", NULL, 0));
		usleep(PERIOD_MS * 1000 / 2);
		ASSERT_TRUE(kernel_set(EVENTS "fault/enable", "0", NULL, 0));
		usleep(PERIOD_MS * 1000 / 2);
	}
	ASSERT_EQ(pid, waitpid(pid, NULL, 0));
	EXPECT_LT(TOUCHERS / 4, number("grep -c kind=anon " TRACING "trace"));
	/* A few are possible: the machine that emulates this one may be busy. */
	EXPECT_GT(3, number(LONG_ONES TRACING "trace", PERIOD_MS));
}

TEST_HARNESS_MAIN
