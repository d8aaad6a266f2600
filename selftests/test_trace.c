// SPDX-License-Identifier: GPL-2.0
/*
 * test_trace.c - the trace events: one for each fault, copy and swap-in that the
 * counters count, by tracefs itself and by the tools that people have
 */
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "kernel.h"
#include "table.h"
#include "watch.h"

#define TRACING "/sys/kernel/tracing/"
#define EVENTS TRACING "events/pagestat/"

/* A tool has so long to begin: seconds, in an emulated machine. */
#define PATIENCE_S 60
#define READY "/tmp/ready"

FIXTURE(trace)
{
	struct subject s;
	struct counters before, after;
};

/* Forget what was traced. */
static bool clear(void)
{
	int fd = open(TRACING "trace", O_WRONLY | O_TRUNC);

	return fd >= 0 && !close(fd);
}

/* Enough for all events of a test, and nothing else in it. */
FIXTURE_SETUP(trace)
{
	struct stat st;

	if (stat(TRACING "trace", &st))
		ASSERT_EQ(0, mount("tracefs", TRACING, "tracefs", 0, NULL));
	ASSERT_TRUE(kernel_set(TRACING "buffer_size_kb", "4096", NULL, 0));
	ASSERT_TRUE(clear());
}

FIXTURE_TEARDOWN(trace)
{
	subject_end(&self->s);
	EXPECT_TRUE(kernel_set(EVENTS "enable", "0", NULL, 0));
	EXPECT_EQ(0, system_value("disputed"));
}

/* The state of the return probe. */
static bool followed(void)
{
	char *name[TABLE_COLUMNS], *value[TABLE_COLUMNS], line[4096];
	bool attached = false;
	FILE *f;
	int nr;

	f = table_open("probes", name, &nr);
	while (fgets(line, sizeof(line), f)) {
		table_split(line, value);
		if (!strcmp(value[table_find(name, nr, "hook")], "return"))
			attached = !strcmp(value[table_find(name, nr, "state")],
					   "attached");
	}
	fclose(f);
	return attached;
}

/* The number that a shell command prints. */
static long number(const char *format, ...)
{
	char command[512];
	va_list args;
	long n = -1;
	FILE *f;

	va_start(args, format);
	vsnprintf(command, sizeof(command), format, args);
	va_end(args);
	f = popen(command, "r");
	if (!f || fscanf(f, "%ld", &n) != 1)
		n = -1;
	if (f)
		pclose(f);
	return n;
}

/* Events of the subject in the trace buffer that look like this. */
#define SELECT(pattern) "grep -E '" pattern ".* tgid=%d$' " TRACING "trace | "
#define TRACED(pattern) number(SELECT(pattern) "wc -l", self->s.pid)

/* The sum of a field over them; how many values it has. */
#define FIELD(field) "sed 's/.* " field "=\\([^ ]*\\).*/\\1/' | "
#define TRACED_SUM(pattern, field)					\
	number(SELECT(pattern) FIELD(field)				\
	       "awk '{ n += $1 } END { print n + 0 }'", self->s.pid)
#define TRACED_VALUES(pattern, field)					\
	number(SELECT(pattern) FIELD(field) "sort -u | wc -l", self->s.pid)

static char *mem;

/* First touch, copies, swap-in; each a step. */
static void workload(void)
{
	warm_up();
	mem = memory(PAGES);
	step();
	write_pages(mem, PAGES);
	step();
	become_child();
	warm_up();
	step();
	write_pages(mem, PAGES);
	step();
	page_out(mem, PAGES);
	step();
	read_pages(mem, PAGES);
	step();
}

TEST_F(trace, an_event_for_each_fault_and_copy)
{
	START(workload);
	ASSERT_TRUE(kernel_set(EVENTS "fault/enable", "1", NULL, 0));
	ASSERT_TRUE(kernel_set(EVENTS "cow/enable", "1", NULL, 0));
	ASSERT_TRUE(kernel_set(EVENTS "swapin/enable", "1", NULL, 0));
	GO();
	EXPECT_COUNTED({ PAGESTAT_minor, PAGES }, { PAGESTAT_zerofill, PAGES }, END);
	EXPECT_EQ(PAGES, TRACED("fault: .* user=1 result=minor kind=anon outcome=zerofill"));
	EXPECT_EQ(PAGES, TRACED("fault: "));
	EXPECT_EQ(0, TRACED("cow: "));

	GO();	/* fork */
	ASSERT_TRUE(clear());
	GO();
	EXPECT_COUNTED({ PAGESTAT_minor, PAGES }, { PAGESTAT_cow, PAGES },
		       { PAGESTAT_cow_anon, PAGES }, END);
	EXPECT_EQ(PAGES, TRACED("fault: .* access=(read|write) user=1 result=minor kind=cow outcome=cow_anon"));
	EXPECT_EQ(PAGES, TRACED("fault: "));
	EXPECT_EQ(PAGES, TRACED("cow: .* kind=cow_anon old_pfn=0x[0-9a-f]+ new_pfn=0x[0-9a-f]+ order=0"));

	GO();	/* page out */
	ASSERT_TRUE(clear());
	GO();
	EXPECT_EQ(PAGES, GREW(swapin));
	EXPECT_EQ(GREW(major), TRACED("fault: .* result=major kind=swapin_io"));
	EXPECT_EQ(FAULTS(), TRACED("fault: .* result=minor"));
	EXPECT_EQ(GREW(swapin_io), TRACED_SUM("swapin: .* from=device", "pages"));
	EXPECT_EQ(GREW(swapin_cache), TRACED_SUM("swapin: .* from=cache", "pages"));
}

/* Each fault's address is a page of its own, and its ip one of the program's. */
TEST_F(trace, events_say_where)
{
	START(workload);
	ASSERT_TRUE(kernel_set(EVENTS "fault/enable", "1", NULL, 0));
	GO();
	EXPECT_EQ(PAGES, TRACED_VALUES("fault: ", "address"));
	EXPECT_EQ(1, TRACED_VALUES("fault: ", "ip"));
}

TEST_F(trace, faults_are_followed_while_somebody_reads)
{
	EXPECT_FALSE(followed());
	ASSERT_TRUE(kernel_set(EVENTS "cow/enable", "1", NULL, 0));
	EXPECT_FALSE(followed());
	ASSERT_TRUE(kernel_set(EVENTS "fault/enable", "1", NULL, 0));
	EXPECT_TRUE(followed());
	ASSERT_TRUE(kernel_set(EVENTS "swapin/enable", "1", NULL, 0));
	ASSERT_TRUE(kernel_set(EVENTS "fault/enable", "0", NULL, 0));
	EXPECT_TRUE(followed());
	ASSERT_TRUE(kernel_set(EVENTS "swapin/enable", "0", NULL, 0));
	EXPECT_FALSE(followed());
}

/* Page frames are nobody's business where addresses of the kernel are not. */
TEST_F(trace, page_frames_are_hidden_as_kernel_addresses_are)
{
	char old[16];

	START(workload);
	GO();
	GO();	/* fork */
	ASSERT_TRUE(kernel_set("/proc/sys/kernel/kptr_restrict", "2", old, sizeof(old)));
	ASSERT_TRUE(kernel_set(EVENTS "cow/enable", "1", NULL, 0));
	GO();
	ASSERT_TRUE(kernel_set("/proc/sys/kernel/kptr_restrict", old, NULL, 0));
	EXPECT_EQ(PAGES, TRACED("cow: .* old_pfn=(0|0x0) new_pfn=(0|0x0) "));
}

static bool have(const char *tool)
{
	return !number("command -v %s >/dev/null; echo $?", tool);
}

/* Start a tool, see record.sh; 0 if it does not begin. */
static pid_t record(const char *tool, pid_t subject)
{
	char text[16];
	pid_t pid;
	int i;

	unlink(READY);
	fflush(stdout);
	pid = fork();
	if (!pid) {
		snprintf(text, sizeof(text), "%d", subject);
		execl("./record.sh", "record.sh", tool, text, READY, NULL);
		_exit(127);
	}
	for (i = 0; i < PATIENCE_S * 10; i++) {
		if (number("grep -c begun " READY " 2>/dev/null") > 0)
			return pid;
		if (waitpid(pid, NULL, WNOHANG))
			break;
		usleep(100000);
	}
	return 0;
}

/* Stop it; how many faults it recorded. */
static long recorded(const char *tool, pid_t pid)
{
	int status;

	kill(pid, SIGINT);
	if (waitpid(pid, &status, 0) != pid)
		return -1;
	return number("./record.sh %s", tool);
}

TEST_F_TIMEOUT(trace, trace_cmd_records_what_is_counted, 120)
{
	pid_t tool;

	if (!have("trace-cmd"))
		SKIP(return, "no trace-cmd");
	START(workload);
	tool = record("trace-cmd", self->s.pid);
	ASSERT_NE(0, tool);
	EXPECT_TRUE(followed());
	GO();
	EXPECT_EQ(PAGES, GREW(zerofill));
	EXPECT_EQ(PAGES, recorded("trace-cmd", tool));
	EXPECT_FALSE(followed());
}

TEST_F_TIMEOUT(trace, perf_records_what_is_counted, 120)
{
	pid_t tool;

	if (!have("perf"))
		SKIP(return, "no perf");
	START(workload);
	tool = record("perf", self->s.pid);
	ASSERT_NE(0, tool);
	EXPECT_TRUE(followed());
	GO();
	EXPECT_EQ(PAGES, GREW(zerofill));
	EXPECT_EQ(PAGES, recorded("perf", tool));
	EXPECT_FALSE(followed());
}

TEST_F_TIMEOUT(trace, bpftrace_counts_what_is_counted, 120)
{
	pid_t tool;

	if (!have("bpftrace"))
		SKIP(return, "no bpftrace");
	START(workload);
	tool = record("bpftrace", self->s.pid);
	ASSERT_NE(0, tool);
	EXPECT_TRUE(followed());
	GO();
	EXPECT_EQ(PAGES, GREW(zerofill));
	EXPECT_EQ(PAGES, recorded("bpftrace", tool));
	EXPECT_FALSE(followed());
}

TEST_HARNESS_MAIN
