// SPDX-License-Identifier: GPL-2.0
/*
 * What is read from the kernel: the module's files, and some of /proc and /sys
 *
 * A line "=NAME" begins a file; "=ask" a command line; a line "=" alone a second look,
 * which finds the files that follow it in place of the first ones.
 */
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/errors.h"
#include "base/stop.h"
#include "cli/choose.h"
#include "fuzz.h"
#include "latency/arm.h"
#include "latency/latency.h"
#include "model/meminfo.h"
#include "model/module_state.h"
#include "model/owner.h"
#include "model/sample.h"
#include "report/report.h"
#include "show/show.h"

#define MODULE		"debugfs/pagestat/"
#define PARAMETERS	"sysfs/module/pagestat/parameters/"

static struct file {
	const char *name;
	const char *path;
	const char *usual;	/* NULL: there is none */
	bool changed;
} files[] = {
	{ .name = "version", .path = MODULE "version", .usual = "1\n" },
	{ .name = "processes", .path = MODULE "processes" },
	{ .name = "threads", .path = MODULE "threads" },
	{ .name = "exited", .path = MODULE "exited" },
	{ .name = "system", .path = MODULE "system" },
	{ .name = "probes", .path = MODULE "probes" },
	{ .name = "latency", .path = MODULE "latency" },
	{ .name = "cgroup", .path = "proc/1/cgroup" },
	{ .name = "meminfo", .path = "proc/meminfo" },
	{ .name = "pressure", .path = "proc/pressure/memory" },
	{ .name = "possible", .path = "sysfs/devices/system/cpu/possible" },
	{ .name = "measures", .path = PARAMETERS "latency", .usual = "Y\n" },
	{ .name = "max_faults", .path = PARAMETERS "max_faults" },
};

#define NR_FILES	(sizeof(files) / sizeof(*files))

static void begin(void)
{
	static const char *const folders[] = {
		"debugfs", MODULE, "proc", "proc/1", "proc/pressure", "sysfs", "sysfs/module",
		"sysfs/module/pagestat", PARAMETERS, "sysfs/devices", "sysfs/devices/system",
		"sysfs/devices/system/cpu",
	};

	setenv("PAGESTAT_DEBUGFS", "debugfs", 1);
	setenv("PAGESTAT_PROC", "proc", 1);
	setenv("PAGESTAT_SYSFS", "sysfs", 1);
	for (size_t i = 0; i < sizeof(folders) / sizeof(*folders); i++)
		mkdir(folders[i], 0700);
	for (size_t i = 0; i < NR_FILES; i++)
		files[i].changed = true;
	/* Nothing waits. */
	stop_by_signals();
	raise(SIGTERM);
}

static void put_usual(void)
{
	for (size_t i = 0; i < NR_FILES; i++) {
		if (files[i].changed && files[i].usual)
			fuzz_file(files[i].path, files[i].usual, strlen(files[i].usual));
		else if (files[i].changed)
			unlink(files[i].path);
		files[i].changed = false;
	}
}

static void put(const char *name, size_t len, const char *data, size_t size,
		struct words *words)
{
	if (len == 3 && memcmp(name, "ask", 3) == 0 && !words->text)
		fuzz_words(words, data, size ? size - 1 : 0);
	for (size_t i = 0; i < NR_FILES; i++) {
		if (strlen(files[i].name) != len || memcmp(files[i].name, name, len) != 0)
			continue;
		fuzz_file(files[i].path, data, size);
		files[i].changed = true;
	}
}

/* Puts the files of a look in their places.  Return: what comes after it. */
static const char *look(const char *at, const char *end, struct words *words)
{
	while (at < end && *at == '=') {
		const char *name = ++at, *data, *next;

		data = memchr(name, '\n', (size_t)(end - name));
		if (!data || data == name)
			return data ? data + 1 : end;
		data++;
		next = memmem(data - 1, (size_t)(end - data + 1), "\n=", 2);
		at = next ? next + 1 : end;
		put(name, (size_t)(data - 1 - name), data, (size_t)(at - data), words);
	}
	return at;
}

static void check_the_machine(const struct form *form, struct reader *reader)
{
	struct findings findings = { 0 };
	struct meminfo memory;
	char text[16];

	if (module_state_check(&findings, reader) == EXIT_DONE)
		report_findings(form, reader, &findings);
	findings_free(&findings);
	meminfo_read(&memory);
	owner_cgroup_below(owner_cgroup(1, 0), "/user.slice");
	cpus_possible();
	arm_max_faults(text);
}

static void compare_looks(const struct report *report, struct reader *reader,
			  const char *at, const char *end, struct words *words)
{
	const struct latency_request latency = { .query = report->query, .form = report->form };
	const struct sampling what = report_sampling(report);
	struct moment then = { 0 }, now = { .ns = 1 };
	struct sample before, after;
	struct latencies rows;
	bool measured = latencies_read(&then.latencies, reader) == EXIT_DONE;

	if (sample_take(&before, reader, &what))
		before = (struct sample){ 0 };
	look(at, end, words);
	if (before.begin_ns && sample_take(&after, reader, &what) == EXIT_DONE) {
		report_begin(report);
		report_interval(report, reader, &before, &after);
		sample_free(&after);
	}
	sample_free(&before);
	if (measured && latencies_read(&now.latencies, reader) == EXIT_DONE) {
		if (latencies_since(&rows, &then.latencies, &now.latencies) == EXIT_DONE &&
		    rows.row)
			latency_report(&latency, reader, &then, &now, &rows);
		latencies_free(&rows);
		latencies_free(&now.latencies);
	}
	latencies_free(&then.latencies);
}

/* What is printed of processes, or of how long their faults took. */
static bool asks_for_report(const struct asked *asked, struct report *report)
{
	const struct latency_request *latency = asked->request;

	if (asked->command == &show_command) {
		*report = *(const struct report *)asked->request;
		return report->form.format != FORMAT_TEXTFILE;
	}
	if (asked->command != &latency_command || latency->turn != TURN_NOT)
		return false;
	*report = (struct report)REPORT_ALL;
	report->query.pids = latency->query.pids;
	report->query.names = latency->query.names;
	report->form = latency->form;
	return choose_columns(&report->form, (struct column_use){ 0 }) == EXIT_DONE;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *at = (const char *)data, *end = at + size;
	static struct reader reader;
	enum format format = FORMAT_TABLE;
	struct report report = { 0 };
	struct asked asked;
	struct words words = { 0 };
	static bool begun;

	if (!begun)
		begin();
	begun = true;
	fuzz_begin();
	put_usual();
	at = look(at, end, &words);
	if (!words.text)
		fuzz_words(&words, "-a", 2);
	if (fuzz_ask(&asked, &words) && asks_for_report(&asked, &report)) {
		format = report.form.format;
		asked.command->start(asked.request);
		if (reader_open(&reader) == EXIT_DONE) {
			check_the_machine(&report.form, &reader);
			compare_looks(&report, &reader, at, end, &words);
		}
	}
	fuzz_end(format);
	fuzz_asked_free(&asked);
	free(words.text);
	return 0;
}
