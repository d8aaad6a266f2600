// SPDX-License-Identifier: GPL-2.0
/* stalling.c - the driver programs/stall, and the kernel's own probes to compare with */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "driver.h"
#include "kernel.h"
#include "stalling.h"
#include "subject.h"

#define GROUP	"stalling"

int stalling_device = -1;

bool stalling_load(void)
{
	return driver_load("stall");
}

void stalling_unload(void)
{
	must(!driver_unload("stall"));
}

void stalling_open(void)
{
	stalling_device = driver_open("stall");
}

/* One line of @probes; false if the kernel does not take it. */
static bool add_probe(const char *probe, size_t len)
{
	char line[256];
	int fd = open(TRACING "kprobe_events", O_WRONLY | O_APPEND);
	int size = snprintf(line, sizeof(line), "p:" GROUP "/%.*s\n", (int)len, probe);
	bool added = fd >= 0 && write(fd, line, size) == size;

	if (fd >= 0)
		close(fd);
	return added;
}

bool stalling_trace(pid_t pid, const char *probes)
{
	char text[16];
	size_t len;

	snprintf(text, sizeof(text), "%d", pid);
	if (!tracing_begin() || !kernel_set(TRACING "set_event_pid", text, NULL, 0) ||
	    !kernel_set(TRACING "trace_clock", "mono", NULL, 0))
		return false;
	for (; *probes; probes += len + (probes[len] == '\n')) {
		len = strcspn(probes, "\n");
		if (!add_probe(probes, len))
			return false;
	}
	return kernel_set(TRACING "events/" GROUP "/enable", "1", NULL, 0);
}

static bool emptied(const char *path)
{
	int fd = open(path, O_WRONLY | O_TRUNC);

	return fd >= 0 && !close(fd);
}

bool stalling_trace_end(void)
{
	if (!kernel_set(TRACING "events/" GROUP "/enable", "0", NULL, 0) ||
	    !kernel_set(TRACING "trace_clock", "local", NULL, 0))
		return false;
	return emptied(TRACING "kprobe_events") && emptied(TRACING "set_event_pid");
}
