// SPDX-License-Identifier: GPL-2.0
/*
 * The single faults of a process, by the trace event pagestat:fault
 *
 * They are read from an instance of tracefs of their own: others that trace are not
 * disturbed, and their events are not among these.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/errors.h"
#include "base/gettext.h"
#include "base/put.h"
#include "lab/base/trace.h"

#define EVENT	"events/pagestat/fault"

/* The first one is there where tracefs is mounted, the other where debugfs is. */
static const char *const tracefs[] = { "/sys/kernel/tracing", "/sys/kernel/debug/tracing" };

static int make_folder(struct fault_trace *trace)
{
	struct stat st;

	for (size_t i = 0; i < sizeof(tracefs) / sizeof(*tracefs); i++) {
		snprintf(trace->folder, sizeof(trace->folder), "%s/" EVENT, tracefs[i]);
		if (stat(trace->folder, &st))
			continue;
		snprintf(trace->folder, sizeof(trace->folder), "%s/instances/pagestat-%d",
			 tracefs[i], (int)getpid());
		if (mkdir(trace->folder, 0700) == 0)
			return EXIT_DONE;
		break;
	}
	trace->folder[0] = '\0';
	if (errno == EACCES || errno == EPERM)
		return fail(EXIT_DENIED, _("recording faults needs root"));
	if (errno == ENOENT)
		return fail(EXIT_CANNOT, _("there is no trace event pagestat:fault: is the module loaded, and tracefs mounted? mount -t tracefs none /sys/kernel/tracing"));
	return fail(EXIT_SYSTEM, _("cannot trace: %s"), strerror(errno));
}

static int set(const struct fault_trace *trace, const char *file, const char *value)
{
	char path[sizeof(trace->folder) + 64];

	snprintf(path, sizeof(path), "%s/%s", trace->folder, file);
	return put_text(path, value) ? EXIT_DONE :
				       fail(EXIT_SYSTEM, "%s: %s", path, strerror(errno));
}

/**
 * trace_begin() - record the faults of a process from now on
 * @trace: to fill in; trace_end() it, also after a failure
 * @pid: the process
 * @start: only those in this part of its memory; NULL for all
 * @size: of the part
 *
 * Return: EXIT_DONE, or another exit status after a message.
 */
int trace_begin(struct fault_trace *trace, pid_t pid, const char *start, size_t size)
{
	char path[sizeof(trace->folder) + 64], filter[128];
	int rc;

	*trace = (struct fault_trace){ .pipe = -1 };
	rc = make_folder(trace);
	if (rc)
		return rc;
	if (start)
		snprintf(filter, sizeof(filter), "tgid == %d && address >= %#lx && address < %#lx",
			 (int)pid, (unsigned long)start, (unsigned long)(start + size));
	else
		snprintf(filter, sizeof(filter), "tgid == %d", (int)pid);
	rc = set(trace, EVENT "/filter", filter);
	if (!rc)
		rc = set(trace, EVENT "/enable", "1");
	if (rc)
		return rc;
	snprintf(path, sizeof(path), "%s/trace_pipe", trace->folder);
	trace->pipe = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
	return trace->pipe < 0 ? fail(EXIT_SYSTEM, "%s: %s", path, strerror(errno)) : EXIT_DONE;
}

static int add_address(struct fault_trace *trace, uint64_t address)
{
	if (trace->nr == trace->room) {
		size_t room = 2 * trace->room + 1024;
		uint64_t *more = reallocarray(trace->address, room, sizeof(*more));

		if (!more)
			return fail_memory();
		trace->address = more;
		trace->room = room;
	}
	trace->address[trace->nr++] = address;
	return EXIT_DONE;
}

/* What is behind the last @key of the line: a process may have any name before it. */
static const char *behind(const char *line, const char *key)
{
	const char *found = NULL;

	for (const char *s = line; (s = strstr(s, key)); found = s)
		s += strlen(key);
	return found;
}

/* A fault that is tried again has another event when it is done. */
static int take_line(struct fault_trace *trace)
{
	const char *address = behind(trace->line, ": fault: address=");
	const char *result = behind(trace->line, " result=");

	if (!address && strstr(trace->line, "LOST"))
		return fail(EXIT_SYSTEM, _("the kernel lost trace events: faults came faster than they were read"));
	if (!address || !result)
		return EXIT_DONE;
	if (strncmp(result, "minor ", 6) != 0 && strncmp(result, "major ", 6) != 0)
		return EXIT_DONE;
	return add_address(trace, strtoull(address, NULL, 16));
}

static int take_text(struct fault_trace *trace, const char *text, size_t length)
{
	int rc = EXIT_DONE;

	for (size_t i = 0; i < length && !rc; i++) {
		if (text[i] == '\n') {
			trace->line[trace->length] = '\0';
			trace->length = 0;
			rc = take_line(trace);
		} else if (trace->length < sizeof(trace->line) - 1) {
			trace->line[trace->length++] = text[i];
		}
	}
	return rc;
}

/**
 * trace_read() - add the faults there were since
 * @trace: gets them
 *
 * Return: EXIT_DONE, or another exit status after a message.
 */
int trace_read(struct fault_trace *trace)
{
	char text[4096];
	int rc = EXIT_DONE;

	while (!rc) {
		ssize_t length = read(trace->pipe, text, sizeof(text));

		if (length > 0) {
			rc = take_text(trace, text, (size_t)length);
			continue;
		}
		if (length == 0 || errno == EAGAIN)
			break;
		if (errno != EINTR)
			rc = fail(EXIT_SYSTEM, "trace_pipe: %s", strerror(errno));
	}
	return rc;
}

/**
 * trace_end() - record no more
 * @trace: of trace_begin()
 */
void trace_end(struct fault_trace *trace)
{
	if (trace->pipe >= 0)
		close(trace->pipe);
	/* The events of an instance are turned off when it is removed. */
	if (trace->folder[0])
		rmdir(trace->folder);
	free(trace->address);
	*trace = (struct fault_trace){ .pipe = -1 };
}
