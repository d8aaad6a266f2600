// SPDX-License-Identifier: GPL-2.0
/* test_record.c - the trace events by the tools that people have, see record.sh */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tracing.h"
#include "watch.h"

/* A tool has so long to begin: seconds, in an emulated machine. */
#define PATIENCE_S 60
#define READY "/tmp/record.ready"

FIXTURE(trace)
{
	struct subject s;
	struct counters before, after;
};

FIXTURE_SETUP(trace)
{
	ASSERT_TRUE(tracing_begin());
}

FIXTURE_TEARDOWN(trace)
{
	subject_end(&self->s);
	EXPECT_TRUE(tracing_end());
	EXPECT_EQ(0, system_value("disputed"));
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
	START(trace_workload);
	tool = record("trace-cmd", self->s.pid);
	ASSERT_NE(0, tool);
	EXPECT_TRUE(tracing_follows());
	GO();
	EXPECT_EQ(PAGES, GREW(zerofill));
	EXPECT_EQ(PAGES, recorded("trace-cmd", tool));
	EXPECT_FALSE(tracing_follows());
}

TEST_F_TIMEOUT(trace, perf_records_what_is_counted, 120)
{
	pid_t tool;

	if (!have("perf"))
		SKIP(return, "no perf");
	START(trace_workload);
	tool = record("perf", self->s.pid);
	ASSERT_NE(0, tool);
	EXPECT_TRUE(tracing_follows());
	GO();
	EXPECT_EQ(PAGES, GREW(zerofill));
	EXPECT_EQ(PAGES, recorded("perf", tool));
	EXPECT_FALSE(tracing_follows());
}

TEST_F_TIMEOUT(trace, bpftrace_counts_what_is_counted, 120)
{
	pid_t tool;

	if (!have("bpftrace"))
		SKIP(return, "no bpftrace");
	START(trace_workload);
	tool = record("bpftrace", self->s.pid);
	ASSERT_NE(0, tool);
	EXPECT_TRUE(tracing_follows());
	GO();
	EXPECT_EQ(PAGES, GREW(zerofill));
	EXPECT_EQ(PAGES, recorded("bpftrace", tool));
	EXPECT_FALSE(tracing_follows());
}

TEST_HARNESS_MAIN
