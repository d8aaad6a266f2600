// SPDX-License-Identifier: GPL-2.0
/*
 * How short of memory the machine is, by the kernel's own account
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

static void read_pressure(struct meminfo *memory)
{
	FILE *file = open_proc("pressure/memory");
	float avg[3];
	char line[128];

	strcpy(memory->some, "-");
	strcpy(memory->full, "-");
	while (file && fgets(line, sizeof(line), file)) {
		if (sscanf(line, "%*s avg10=%f avg60=%f avg300=%f", &avg[0], &avg[1], &avg[2]) != 3)
			continue;
		snprintf(*line == 's' ? memory->some : memory->full, sizeof(memory->some),
			 "%.1f %.1f %.1f%%", (double)avg[0], (double)avg[1], (double)avg[2]);
	}
	if (file)
		fclose(file);
}

/**
 * meminfo_read() - read it
 * @memory: gets it; what is not known is 0 or "-"
 */
void meminfo_read(struct meminfo *memory)
{
	const struct {
		const char *name;
		uint64_t *value;
	} lines[] = {
		{ "MemTotal:",	   &memory->total },
		{ "MemAvailable:", &memory->available },
		{ "SwapTotal:",	   &memory->swap_total },
		{ "SwapFree:",	   &memory->swap_free },
	};
	char line[128], name[64];
	uint64_t value;
	FILE *file;

	*memory = (struct meminfo){ 0 };
	read_pressure(memory);
	file = open_proc("meminfo");
	while (file && fgets(line, sizeof(line), file))
		for (size_t i = 0; i < sizeof(lines) / sizeof(*lines); i++)
			if (sscanf(line, "%63s %" SCNu64, name, &value) == 2 &&
			    strcmp(name, lines[i].name) == 0)
				*lines[i].value = value;
	if (file)
		fclose(file);
}

/**
 * meminfo_vmstat() - a line of /proc/vmstat
 * @name: of the line
 * @known: gets whether there is one
 *
 * Return: its number.
 */
uint64_t meminfo_vmstat(const char *name, bool *known)
{
	FILE *file = fopen("/proc/vmstat", "re");
	char found[64];
	uint64_t n = 0;

	*known = false;
	while (file && !*known && fscanf(file, "%63s %" SCNu64, found, &n) == 2)
		*known = strcmp(found, name) == 0;
	if (file)
		fclose(file);
	return *known ? n : 0;
}

/**
 * meminfo_has_swap() - is there any swap?
 *
 * Return: whether there is.
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
