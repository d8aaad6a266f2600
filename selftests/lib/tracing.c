// SPDX-License-Identifier: GPL-2.0
/* tracing.c - what the tests of trace events share */
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

#include "counters.h"
#include "kernel.h"
#include "subject.h"
#include "table.h"
#include "tracing.h"

long number(const char *format, ...)
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

bool tracing_follows(void)
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

bool tracing_clear(void)
{
	int fd = open(TRACING "trace", O_WRONLY | O_TRUNC);

	return fd >= 0 && !close(fd);
}

bool tracing_select(pid_t pid)
{
	char filter[32];

	snprintf(filter, sizeof(filter), "tgid == %d", pid);
	return kernel_set(EVENTS "filter", filter, NULL, 0);
}

bool tracing_begin(void)
{
	struct stat st;

	if (stat(TRACING "trace", &st) && mount("tracefs", TRACING, "tracefs", 0, NULL))
		return false;
	return kernel_set(TRACING "buffer_size_kb", "4096", NULL, 0) && tracing_clear();
}

bool tracing_end(void)
{
	return kernel_set(EVENTS "enable", "0", NULL, 0) &&
	       kernel_set(EVENTS "filter", "0", NULL, 0);
}
