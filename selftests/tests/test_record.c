// SPDX-License-Identifier: GPL-2.0
/* test_record.c - trace events recorded by trace-cmd, perf and bpftrace */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "watch_trace.h"
#include "workloads.h"

/* How many seconds a tool may take to begin, in an emulated machine. */
#define PATIENCE_S 60
#define READY "/tmp/record.ready"

static bool have(const char *tool)
{
	return !number("command -v %s >/dev/null; echo $?", tool);
}

/* Whether the tool records.  Not by a shell: ten a second would keep the VM busy. */
static bool begun(void)
{
	char line[256];
	bool found = false;
	FILE *f;

	f = fopen(READY, "r");
	while (f && !found && fgets(line, sizeof(line), f))
		found = strstr(line, "begun");
	if (f)
		fclose(f);
	return found;
}

/* Start a tool by record.sh; 0 if it does not begin. */
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
		execl("programs/record.sh", "record.sh", tool, text, READY, NULL);
		_exit(127);
	}
	for (i = 0; i < PATIENCE_S * 10; i++) {
		if (begun())
			return pid;
		if (waitpid(pid, NULL, WNOHANG))
			break;
		usleep(100000);
	}
	return 0;
}

/* Stop it, and return how many faults it recorded. */
static long recorded(const char *tool, pid_t pid)
{
	int status;

	kill(pid, SIGINT);
	if (waitpid(pid, &status, 0) != pid)
		return -1;
	return number("programs/record.sh %s", tool);
}

FIXTURE_VARIANT(trace)
{
	const char *tool;
};

FIXTURE_VARIANT_ADD(trace, trace_cmd)
{
	.tool = "trace-cmd",
};

FIXTURE_VARIANT_ADD(trace, perf)
{
	.tool = "perf",
};

FIXTURE_VARIANT_ADD(trace, bpftrace)
{
	.tool = "bpftrace",
};

TEST_F(trace, records_what_is_counted)
{
	pid_t pid;

	if (!have(variant->tool))
		SKIP(return, "no %s", variant->tool);
	START(touch_copy_swap_read);
	pid = record(variant->tool, self->s.pid);
	ASSERT_NE(0, pid);
	EXPECT_TRUE(tracing_follows());
	GO();
	EXPECT_EQ(PAGES, GREW(zerofill));
	EXPECT_EQ(PAGES, recorded(variant->tool, pid));
	EXPECT_FALSE(tracing_follows());
}

TEST_HARNESS_MAIN
