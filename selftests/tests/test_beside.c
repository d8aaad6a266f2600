// SPDX-License-Identifier: GPL-2.0
/*
 * test_beside.c - other tools probe the same functions: pagestat's counters stay
 * exact, and theirs are the same
 *
 * A return probe replaces the return address, by which pagestat knows the caller, and
 * the handler of a probe that was added later runs first.
 */
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "kernel.h"
#include "tracing.h"
#include "watch.h"
#include "workloads.h"

#define PROBES	TRACING "events/beside/"

#define VM_FAULT_MAJOR	4
#define VM_FAULT_NO_OUTCOME 0xc73	/* VM_FAULT_ERROR | VM_FAULT_RETRY */

/* The functions that pagestat hooks; not each kernel has all of them. */
static const char * const functions[] = {
	"handle_mm_fault", "do_wp_page", "do_swap_page",
	"page_add_new_anon_rmap", "folio_add_new_anon_rmap",
	"page_add_anon_rmap", "do_page_add_anon_rmap", "folio_add_anon_rmap_ptes",
	"ptep_set_access_flags", "__ptep_set_access_flags",
	"__ptep_set_access_flags_anysz", "contpte_ptep_set_access_flags",
	"try_to_unmap_one", "swap_duplicate", "swap_duplicate_nr",
	"folio_dup_swap", "wake_up_new_task", "cgroup_release", "cgroup_task_release",
	"workingset_refault",
};

#define NR_FUNCTIONS (sizeof(functions) / sizeof(*functions))

static bool put_event(const char *event, const char *file, const char *text)
{
	char path[256];

	snprintf(path, sizeof(path), PROBES "%s/%s", event, file);
	return kernel_set(path, text, NULL, 0);
}

/* Whether the kernel counts hits by process (CONFIG_HIST_TRIGGERS). */
static bool counts;

/* Probe all functions, with @kind "p" at their entries or "r" at their returns. */
static int probe(char kind)
{
	const char *what = kind == 'r' ? "ret=$retval:u32" : "";
	const char *keys = kind == 'r' ? "hist:keys=common_pid,ret" :
					 "hist:keys=common_pid";
	char text[256];
	int nr = 0;
	size_t i;

	for (i = 0; i < NR_FUNCTIONS; i++) {
		snprintf(text, sizeof(text), "%c:beside/%s %s %s\n", kind,
			 functions[i], functions[i], what);
		if (!kernel_set(TRACING "kprobe_events", text, NULL, 0))
			continue;
		counts = put_event(functions[i], "trigger", keys);
		nr += put_event(functions[i], "enable", "1");
	}
	return nr;
}

static void unprobe(void)
{
	char text[256], trigger[256];
	size_t i;

	for (i = 0; i < NR_FUNCTIONS; i++) {
		snprintf(trigger, sizeof(trigger), PROBES "%s/trigger", functions[i]);
		put_event(functions[i], "enable", "0");
		kernel_set(trigger, "!hist:keys=common_pid", NULL, 0);
		kernel_set(trigger, "!hist:keys=common_pid,ret", NULL, 0);
		snprintf(text, sizeof(text), "-:beside/%s\n", functions[i]);
		kernel_set(TRACING "kprobe_events", text, NULL, 0);
	}
}

/*
 * How often a process hit the probe; of returns, only those whose value has one of the
 * bits @any (0: any value) and none of @none.
 */
static uint64_t hits(const char *event, pid_t pid, unsigned int any,
		     unsigned int none)
{
	unsigned long long n, sum = 0;
	char path[256], line[256], *at;
	unsigned int ret;
	FILE *f;
	int who;

	snprintf(path, sizeof(path), PROBES "%s/hist", event);
	f = fopen(path, "r");
	while (f && fgets(line, sizeof(line), f)) {
		at = strstr(line, "hitcount:");
		if (!at || sscanf(line, "{ common_pid: %d", &who) != 1 || who != pid)
			continue;
		n = strtoull(at + strlen("hitcount:"), NULL, 10);
		at = strstr(line, "ret:");
		ret = at ? strtoul(at + strlen("ret:"), NULL, 10) : 0;
		if ((!any || ret & any) && !(ret & none))
			sum += n;
	}
	if (f)
		fclose(f);
	return sum;
}

#define EXPECT_COPIES() do {						\
	GO();								\
	EXPECT_COUNTED({ PAGESTAT_minor, PAGES }, { PAGESTAT_cow, PAGES }, \
		       { PAGESTAT_cow_anon, PAGES }, END);		\
} while (0)

#define EXPECT_SWAP() do {						\
	GO();								\
	EXPECT_EQ(PAGES, GREW(swapout));				\
	GO();								\
	EXPECT_COUNTED({ PAGESTAT_major, PAGES }, { PAGESTAT_swapin, PAGES }, \
		       { PAGESTAT_swapin_io, PAGES },			\
		       { PAGESTAT_refault, PAGES }, END);		\
} while (0)

#define EXPECT_EXACT() do {						\
	uint64_t stray = system_value("stray");				\
	uint64_t missed = system_value("missed");			\
									\
	START(copy_swap_read);						\
	EXPECT_COPIES();						\
	EXPECT_SWAP();							\
	EXPECT_EQ(stray, system_value("stray"));			\
	EXPECT_EQ(missed, system_value("missed"));			\
} while (0)

/* What the other tool counted of the same process since it was started. */
#define EXPECT_SAME(theirs, counter)	EXPECT_EQ(self->after.n[PAGESTAT_##counter], theirs)

TEST_F(watch, entry_probes_of_another_tool)
{
	if (!probe('p'))
		SKIP(return, "no kprobe events");
	EXPECT_EXACT();
	if (counts) {
		EXPECT_EQ(hits("handle_mm_fault", self->s.pid, 0, 0),
			  self->after.n[PAGESTAT_minor] +
			  self->after.n[PAGESTAT_major] +
			  self->after.n[PAGESTAT_retry] +
			  self->after.n[PAGESTAT_error]);
		EXPECT_SAME(hits("do_swap_page", self->s.pid, 0, 0), swapin);
		EXPECT_SAME(hits("workingset_refault", self->s.pid, 0, 0), refault);
		EXPECT_LE(PAGES, hits("do_wp_page", self->s.pid, 0, 0));
	}
	subject_end(&self->s);
	unprobe();
}

/*
 * A kprobe of pagestat's finds the return probe instead of the caller.  Where the
 * kernel cannot tell which return address it replaced, the hits are counted as stray.
 */
TEST_F(watch, return_probes_beside_kprobes_of_ours)
{
	uint64_t stray;

	if (!getenv("PAGESTAT_KO"))
		SKIP(return, "no module");
	ASSERT_EQ(0, system("rmmod pagestat && insmod \"$PAGESTAT_KO\" kprobes=1"));
	stray = system_value("stray");
	if (!probe('r'))
		SKIP(return, "no kprobe events");
	if (kernel_since(5, 11)) {
		EXPECT_EXACT();
	} else {
		START(copy_swap_read);
		GO();
		EXPECT_EQ(PAGES, GREW(minor));
		EXPECT_EQ(PAGES, GREW(other) + GREW(cow));
		EXPECT_LE(GREW(other), system_value("stray") - stray);
	}
	subject_end(&self->s);
	unprobe();
	ASSERT_EQ(0, system("rmmod pagestat && insmod \"$PAGESTAT_KO\""));
}

TEST_F(watch, return_probes_of_another_tool)
{
	if (!probe('r'))
		SKIP(return, "no kprobe events");
	EXPECT_EXACT();
	if (counts) {
		EXPECT_SAME(hits("handle_mm_fault", self->s.pid, VM_FAULT_MAJOR,
				 VM_FAULT_NO_OUTCOME), major);
		EXPECT_SAME(hits("handle_mm_fault", self->s.pid, 0,
				 VM_FAULT_MAJOR | VM_FAULT_NO_OUTCOME), minor);
	}
	subject_end(&self->s);
	unprobe();
}

/* They are there before the module is loaded, and are removed while it counts. */
TEST_F(watch, return_probes_that_come_before_and_go)
{
	if (!getenv("PAGESTAT_KO") || !probe('r'))
		SKIP(return, "no module, or no kprobe events");
	ASSERT_EQ(0, system("rmmod pagestat && insmod \"$PAGESTAT_KO\""));
	START(copy_swap_read);
	EXPECT_COPIES();
	unprobe();
	EXPECT_SWAP();
	EXPECT_EQ(0UL, system_value("stray"));
}

TEST_F(watch, the_function_graph_tracer)
{
	size_t i;

	for (i = 0; i < NR_FUNCTIONS; i++)
		kernel_set(TRACING "set_ftrace_filter", functions[i], NULL, 0);
	if (!kernel_set(TRACING "current_tracer", "function_graph", NULL, 0))
		SKIP(return, "no function graph tracer");
	EXPECT_EXACT();
	kernel_set(TRACING "current_tracer", "nop", NULL, 0);
	fclose(fopen(TRACING "set_ftrace_filter", "w"));
}

/* Print what a process waits for, and which signals are pending or blocked. */
static void print_state(pid_t pid)
{
	char command[256];

	snprintf(command, sizeof(command),
		 "cd /proc/%d/task && for task in *; do sed 's/^/# /' $task/comm $task/wchan $task/syscall; sed -n 's/^S[ih][gd][PBC]/# &/p' $task/status; done",
		 pid);
	printf("# where the threads of bpftrace are:\n");
	fflush(stdout);
	if (system(command))
		printf("# there is no bpftrace\n");
}

/*
 * End bpftrace by SIGINT and read what it prints then.  It has been seen to ignore the
 * signal: then its state is printed, and the signal is sent again.
 */
static void end(pid_t pid, int out, char *text, size_t size)
{
	struct pollfd end = { .fd = out, .events = POLLIN };
	ssize_t n = 1;
	size_t len = 0;
	int tries;

	for (tries = 0; n > 0 && tries < 5; tries++) {
		kill(pid, SIGINT);
		while (poll(&end, 1, 40000) > 0) {
			n = read(out, text + len, size - len - 1);
			if (n <= 0)
				break;
			len += n;
		}
		if (n > 0)
			print_state(pid);
	}
	if (n > 0)
		kill(pid, SIGKILL);
	waitpid(pid, NULL, 0);
}

/* Start bpftrace; returns when its probes are attached, or 0; -1 without bpftrace. */
static pid_t bpftrace(int *out)
{
	struct pollfd said = { .events = POLLIN };
	char line[256];
	int fd[2];
	size_t len = 0;
	pid_t pid;

	if (pipe(fd))
		return -1;
	pid = fork();
	if (!pid) {
		dup2(fd[1], 1);
		dup2(open("/dev/null", O_WRONLY), 2);
		close(fd[0]);
		execlp("bpftrace", "bpftrace", "programs/beside.bt", NULL);
		_exit(127);
	}
	close(fd[1]);
	*out = fd[0];
	said.fd = fd[0];
	while (poll(&said, 1, 200000) > 0) {
		if (len == sizeof(line) - 1 || read(fd[0], line + len, 1) != 1) {
			waitpid(pid, NULL, 0);
			return -1;
		}
		len++;
		line[len] = '\0';
		if (strstr(line, "ready\n"))
			return pid;
	}
	print_state(pid);
	kill(pid, SIGKILL);
	waitpid(pid, NULL, 0);
	return 0;
}

/* The value that bpftrace has printed of a map for a process. */
static uint64_t said(const char *text, const char *map, pid_t pid)
{
	char key[64];
	const char *at;

	snprintf(key, sizeof(key), "@%s[%d]: ", map, pid);
	at = strstr(text, key);
	return at ? strtoull(at + strlen(key), NULL, 10) : 0;
}

TEST_F(watch, bpftrace)
{
	static char text[1 << 16];
	struct counters now;
	pid_t pid;
	int out;

	pid = bpftrace(&out);
	if (pid < 0)
		SKIP(return, "no bpftrace");
	ASSERT_NE(0, pid);
	EXPECT_EXACT();
	/* It counts until it ends, so read the counters after that. */
	end(pid, out, text, sizeof(text));
	ASSERT_TRUE(counters_of("processes", self->s.pid, &now));
	EXPECT_EQ(said(text, "calls", self->s.pid),
		  now.n[PAGESTAT_minor] + now.n[PAGESTAT_major] +
		  now.n[PAGESTAT_retry] + now.n[PAGESTAT_error]);
	EXPECT_EQ(said(text, "returns", self->s.pid),
		  said(text, "calls", self->s.pid));
	EXPECT_EQ(PAGES, said(text, "swap", self->s.pid));
	EXPECT_EQ(said(text, "new", self->s.pid),
		  now.n[PAGESTAT_cow] + now.n[PAGESTAT_zerofill] +
		  (kernel_since(6, 11) ? now.n[PAGESTAT_swapin] : 0));
	EXPECT_LE(PAGES, said(text, "wp", self->s.pid));
}

TEST_HARNESS_MAIN
