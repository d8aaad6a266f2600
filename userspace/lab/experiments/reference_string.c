// SPDX-License-Identifier: GPL-2.0
/*
 * Where the reference string of an experiment comes from: given, generated, or
 * recorded from pagestat:fault
 *
 * The trace has the faults of a process, not its references: a page that is mapped is
 * used without a fault.  The program in sorting.c unmaps each page that it leaves, so
 * that its faults are its references, but for repeated ones of the same page.  Of any
 * other process the string has the faults only, and the report says so.
 */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/stop.h"
#include "experiment/pagemap.h"
#include "lab/base/trace.h"
#include "lab/experiments/reference_string.h"
#include "lab/experiments/sorting.h"

#define FILE_MAX	((size_t)256 << 20)
#define SORTED_PAGES	16
#define SORTED_SEED	1
#define PATIENCE_MS	60000
#define SECOND		UINT64_C(1000000000)

static int made(int rc)
{
	if (rc == -ENOMEM)
		return fail_memory();
	if (rc == -E2BIG)
		return fail(EXIT_USAGE, _("lab: the string is too long"));
	return rc ? fail(EXIT_SYSTEM, "%s", strerror(-rc)) : EXIT_DONE;
}

/* The whole file, as a string. */
static int read_file(const char *path, char **text)
{
	FILE *file = fopen(path, "re");
	size_t length = 0, room = 65536;
	int rc = EXIT_DONE;

	*text = malloc(room);
	if (!file)
		rc = fail(EXIT_USAGE, _("lab: cannot read %s: %s"), path, strerror(errno));
	while (!rc && *text) {
		size_t got = fread(*text + length, 1, room - length - 1, file);

		length += got;
		(*text)[length] = '\0';
		if (!got)
			break;
		if (length > FILE_MAX)
			rc = fail(EXIT_USAGE, _("lab: %s is too long"), path);
		if (room - length < 2) {
			char *more = realloc(*text, 2 * room);

			if (!more)
				rc = fail_memory();
			else
				*text = more;
			room *= 2;
		}
	}
	if (!rc && *text && ferror(file))
		rc = fail(EXIT_USAGE, _("lab: cannot read %s: %s"), path, strerror(errno));
	if (file)
		fclose(file);
	return rc || *text ? rc : fail_memory();
}

/**
 * string_given() - the string that the user gives
 * @r: to fill in
 * @text: numbers, or an @ and the name of a file of them
 *
 * Return: EXIT_DONE, or another exit status after a message.
 */
int string_given(struct references *r, const char *text)
{
	char *contents = NULL;
	const char *bad;
	int rc;

	if (*text == '@') {
		rc = read_file(text + 1, &contents);
		if (rc) {
			free(contents);
			return rc;
		}
		text = contents;
	}
	rc = references_parse(r, text, &bad);
	if (rc == -EINVAL)
		rc = fail(EXIT_USAGE, _("lab: \"%.*s\" is not a page; give numbers, as \"1 2 3 1\""),
			  (int)strcspn(bad, " ,\n\t"), bad);
	else if (rc == -ENODATA)
		rc = fail(EXIT_USAGE, _("lab: there is no page in the string; give numbers, as \"1 2 3 1\""));
	else
		rc = made(rc);
	free(contents);
	return rc;
}

/**
 * string_generated() - one with locality, as programs have
 * @r: to fill in
 * @seed: the same one gives the same string
 *
 * Return: EXIT_DONE, or another exit status after a message.
 */
int string_generated(struct references *r, uint64_t seed)
{
	const struct locality locality = {
		.length = 2000,
		.pages = 20,
		.set = 5,
		.phase = 200,
		.stray = 5,
		.seed = seed,
	};

	return made(references_generate(r, &locality));
}

/* The pages of the faults; one that faults twice in a row was used once. */
static int make_string(struct references *r, const struct fault_trace *trace,
		       const char *start)
{
	uint64_t *page = calloc(trace->nr + 1, sizeof(*page));
	size_t nr = 0;
	int rc;

	if (!page)
		return fail_memory();
	for (size_t i = 0; i < trace->nr; i++) {
		uint64_t at = (trace->address[i] - (uintptr_t)start) / page_size();

		if (!nr || page[nr - 1] != at)
			page[nr++] = at;
	}
	rc = references_make(r, page, nr);
	free(page);
	return made(rc);
}

static void sort(const void *arg, int cpu)
{
	const struct sorting *const *sorting = arg;
	struct worker_message message = { .kind = MESSAGE_STEP };

	worker_settle(cpu);
	worker_stand(&message);
	sorting_do((struct sorting *)*sorting);
	worker_stand(&message);
}

/* The worker waits before it sorts, and after. */
static int await(struct worker *worker)
{
	struct worker_message message;

	switch (worker_listen(worker, &message)) {
	case MESSAGE_STEP:
		return EXIT_DONE;
	case MESSAGE_GAVE_UP:
		return fail(EXIT_CANNOT, _("lab: cannot do this here: %s"), message.why);
	default:
		return fail(EXIT_SYSTEM, stop_asked() ? _("lab: was told to stop") :
			    _("lab: the process that is recorded has ended, or takes too long"));
	}
}

static int record_sorting(struct fault_trace *trace, struct sorting *sorting)
{
	struct worker worker;
	struct rusage usage;
	int rc;

	rc = worker_start(&worker, sort, &sorting);
	if (rc)
		return rc;
	worker.patience_ms = PATIENCE_MS;
	rc = await(&worker);
	if (!rc)
		rc = trace_begin(trace, worker.pid, sorting->memory,
				 sorting->pages * sorting->size);
	if (!rc) {
		worker_go(&worker);
		rc = await(&worker);
	}
	if (!rc)
		rc = trace_read(trace);
	if (rc)
		kill(worker.pid, SIGKILL);
	worker_end(&worker, &usage);
	return rc;
}

static void compare(struct recorded *how, const struct references *r,
		    const struct sorting *sorting)
{
	*how = (struct recorded){ .touched = sorting->nr, .recorded = r->length };
	for (size_t i = 0; i < r->length; i++)
		how->elsewhere += i >= sorting->nr ||
				  r->name[r->page[i]] != sorting->used[i];
}

/**
 * string_recorded() - that of a program that sorts, recorded while it does
 * @r: to fill in
 * @lab: the experiment
 * @how: set to how well that went
 *
 * Return: EXIT_DONE, or another exit status after a message.
 */
int string_recorded(struct references *r, const struct lab *lab, struct recorded *how)
{
	struct fault_trace trace = { .pipe = -1 };
	struct sorting *sorting;
	int rc;

	sorting = sorting_make(SORTED_PAGES, SORTED_SEED);
	if (!sorting)
		return fail_memory();
	sorting->keep = lab->request->broken;
	rc = record_sorting(&trace, sorting);
	if (!rc)
		rc = make_string(r, &trace, sorting->memory);
	if (!rc)
		compare(how, r, sorting);
	if (!rc && !sorting_done(sorting))
		rc = fail(EXIT_SYSTEM, _("lab: the program that is recorded has not sorted"));
	trace_end(&trace);
	sorting_free(sorting);
	return rc;
}

/* A process that has ended stays until its parent waits for it. */
static bool is_there(pid_t pid)
{
	char path[32], line[256] = "";
	const char *end;
	FILE *file;

	snprintf(path, sizeof(path), "/proc/%d/stat", (int)pid);
	file = fopen(path, "re");
	if (!file)
		return false;
	if (!fgets(line, sizeof(line), file))
		*line = '\0';
	fclose(file);
	end = strrchr(line, ')');
	return end && strncmp(end, ") Z", 3) != 0 && strncmp(end, ") X", 3) != 0;
}

/**
 * string_of_process() - that of the faults of any process, until Ctrl-C or its end
 * @r: to fill in
 * @lab: the experiment
 * @pid: the process
 *
 * Return: EXIT_DONE, or another exit status after a message.
 */
int string_of_process(struct references *r, const struct lab *lab, pid_t pid)
{
	struct fault_trace trace;
	int rc;

	if (!is_there(pid))
		return fail(EXIT_NO_PROCESS, _("lab: there is no process %d"), (int)pid);
	rc = trace_begin(&trace, pid, NULL, 0);
	if (!rc)
		lab_print(lab, _("Recording the faults of process %d; Ctrl-C ends that."), (int)pid);
	for (uint64_t next = clock_boot_ns(); !rc && !stop_asked() && is_there(pid);) {
		next += SECOND / 10;
		stop_wait_until(next);
		rc = trace_read(&trace);
	}
	if (!rc)
		rc = trace_read(&trace);
	if (!rc && !trace.nr)
		rc = fail(EXIT_NO_PROCESS, _("lab: process %d had no faults"), (int)pid);
	if (!rc)
		rc = make_string(r, &trace, NULL);
	trace_end(&trace);
	return rc;
}
