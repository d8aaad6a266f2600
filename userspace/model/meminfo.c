// SPDX-License-Identifier: GPL-2.0
/*
 * Memory, swap and memory pressure of the machine, from /proc
 */
#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model/meminfo.h"

static FILE *open_proc(const char *name)
{
	const char *proc = getenv("PAGESTAT_PROC");
	char path[PATH_MAX];

	snprintf(path, sizeof(path), "%s/%s", proc ? proc : "/proc", name);
	return fopen(path, "re");
}

static void read_pressure(struct meminfo *info)
{
	FILE *file = open_proc("pressure/memory");
	float avg[3];
	char line[128];

	strcpy(info->some, "-");
	strcpy(info->full, "-");
	while (file && fgets(line, sizeof(line), file)) {
		if (sscanf(line, "%*s avg10=%f avg60=%f avg300=%f", &avg[0], &avg[1], &avg[2]) != 3)
			continue;
		snprintf(*line == 's' ? info->some : info->full, sizeof(info->some),
			 "%.1f %.1f %.1f%%", (double)avg[0], (double)avg[1], (double)avg[2]);
	}
	if (file)
		fclose(file);
}

/**
 * meminfo_read() - read all; what cannot be read is unknown
 */
void meminfo_read(struct meminfo *info)
{
	static const char *const names[NR_MEMINFO] = {
		[MEMINFO_TOTAL] = "MemTotal:", [MEMINFO_AVAILABLE] = "MemAvailable:",
		[MEMINFO_SWAP_TOTAL] = "SwapTotal:", [MEMINFO_SWAP_FREE] = "SwapFree:",
	};
	char line[128], name[64];
	uint64_t value;
	FILE *file;

	*info = (struct meminfo){ 0 };
	read_pressure(info);
	file = open_proc("meminfo");
	while (file && fgets(line, sizeof(line), file)) {
		if (sscanf(line, "%63s %" SCNu64, name, &value) != 2)
			continue;
		for (int i = 0; i < NR_MEMINFO; i++) {
			if (strcmp(name, names[i]) != 0)
				continue;
			info->value[i] = value;
			info->known |= 1u << i;
		}
	}
	if (file)
		fclose(file);
}

/* Some numbers are kept by each CPU, and summed up every second or so: have it done now. */
static void refresh_vmstat(void)
{
	FILE *file = fopen("/proc/sys/vm/stat_refresh", "re");

	if (file) {
		(void)getc(file);
		fclose(file);
	}
}

/**
 * meminfo_line() - a number of a file of lines of a name and a number; 0 if it is not @known
 * @path: MEMINFO_VMSTAT, or another
 */
uint64_t meminfo_line(const char *path, const char *name, bool *known)
{
	char line[128], found[64];
	uint64_t n = 0;
	FILE *file;

	if (strcmp(path, MEMINFO_VMSTAT) == 0)
		refresh_vmstat();
	file = fopen(path, "re");
	*known = false;
	while (file && !*known && fgets(line, sizeof(line), file))
		*known = sscanf(line, "%63s %" SCNu64, found, &n) == 2 &&
			 strcmp(found, name) == 0;
	if (file)
		fclose(file);
	return *known ? n : 0;
}

/**
 * meminfo_has_swap() - is any swap in use?
 */
bool meminfo_has_swap(void)
{
	FILE *file = fopen("/proc/swaps", "re");
	int lines = 0, c;

	while (file && (c = getc(file)) != EOF)
		lines += c == '\n';
	if (file)
		fclose(file);
	return lines > 1;
}
