// SPDX-License-Identifier: GPL-2.0
/* kernel.c - the kernel's settings, and what it counts for the whole machine */
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "kernel.h"

bool kernel_set(const char *path, const char *text, char *old, size_t size)
{
	int fd = open(path, O_RDWR);
	ssize_t len;

	if (fd < 0)
		return false;
	if (old) {
		len = read(fd, old, size - 1);
		old[len > 0 ? len : 0] = '\0';
		lseek(fd, 0, SEEK_SET);
	}
	len = write(fd, text, strlen(text));
	close(fd);
	return len == (ssize_t)strlen(text);
}

long kernel_value(const char *path)
{
	FILE *f = fopen(path, "r");
	long n = -1;

	if (!f || fscanf(f, "%ld", &n) != 1)
		n = -1;
	if (f)
		fclose(f);
	return n;
}

bool kernel_holds(const char *path, const char *word)
{
	FILE *f = fopen(path, "r");
	char line[128] = "";

	if (f) {
		if (fgets(line, sizeof(line), f))
			line[strcspn(line, "\n")] = '\0';
		fclose(f);
	}
	return !strcmp(line, word);
}

static bool vmstat_line(const char *name, uint64_t *n)
{
	char line[128], found[128];
	bool is = false;
	FILE *f;

	f = fopen("/proc/vmstat", "r");
	while (f && !is && fgets(line, sizeof(line), f))
		is = sscanf(line, "%127s %" SCNu64, found, n) == 2 &&
		     !strcmp(found, name);
	if (f)
		fclose(f);
	return is;
}

bool vmstat_has(const char *name)
{
	uint64_t n;

	return vmstat_line(name, &n);
}

uint64_t vmstat(const char *name)
{
	uint64_t n;

	kernel_set("/proc/sys/vm/stat_refresh", "1", NULL, 0);
	return vmstat_line(name, &n) ? n : 0;
}
