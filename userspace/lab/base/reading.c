// SPDX-License-Identifier: GPL-2.0
/*
 * All that is known of a process and of the machine at one moment
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/errors.h"
#include "experiment/measure.h"
#include "experiment/pagemap.h"
#include "lab/base/cgroup.h"
#include "lab/base/reading.h"

#define LAB_NAME(name, ...)	[LAB_##name] = #name,
static const char *const names[] = { LAB_NUMBERS(LAB_NAME) };

#define LAB_UNIT(name, unit)	[LAB_##name] = unit,
static const char *const units[] = { LAB_NUMBERS(LAB_UNIT) };

static const struct column *counter(enum lab_column column)
{
	return &process_columns[FIRST_COUNTER + (column - LAB_FIRST_COUNTER)];
}

/**
 * lab_column_name() - what a column is called
 * @column: which
 *
 * Return: its name.
 */
const char *lab_column_name(enum lab_column column)
{
	return column < LAB_FIRST_COUNTER ? names[column] : counter(column)->name;
}

/**
 * lab_column_unit() - what a column counts
 * @column: which
 *
 * Return: its unit, "" if it has none.
 */
const char *lab_column_unit(enum lab_column column)
{
	return column < LAB_FIRST_COUNTER ? units[column] : counter(column)->unit;
}

/**
 * reading_set() - note a number
 * @r: gets it
 * @column: which
 * @value: the number
 */
void reading_set(struct reading *r, enum lab_column column, uint64_t value)
{
	r->value[column] = value;
	r->known |= UINT64_C(1) << column;
}

/* What a file of /proc calls a number, in lines "Name:   123 kB". */
struct entry {
	const char *name;
	enum lab_column column;
};

static void take_line(struct reading *r, const char *line, const struct entry *entry)
{
	char name[64];
	uint64_t value;

	if (sscanf(line, "%63[^:]: %" SCNu64, name, &value) != 2)
		return;
	for (; entry->name; entry++)
		if (strcmp(name, entry->name) == 0)
			reading_set(r, entry->column, value);
}

static void take_file(struct reading *r, const char *path, const struct entry *entry)
{
	FILE *file = fopen(path, "re");
	char line[256];

	while (file && fgets(line, sizeof(line), file))
		take_line(r, line, entry);
	if (file)
		fclose(file);
}

/* From /proc/vmstat: pgalloc_normal and the like, and pgfree. */
static void add_traffic(struct reading *r)
{
	FILE *file = fopen("/proc/vmstat", "re");
	uint64_t pages, sum = 0;
	char line[256];

	while (file && fgets(line, sizeof(line), file))
		if (sscanf(line, "pgalloc_%*s %" SCNu64, &pages) == 1 ||
		    sscanf(line, "pgfree %" SCNu64, &pages) == 1)
			sum += pages;
	if (!file)
		return;
	fclose(file);
	reading_set(r, LAB_traffic, sum * page_size() / 1024);
}

/*
 * Each processor keeps a list of free pages, up to some MB, that MemFree does not
 * count: without them a change of some MB would not be seen.
 */
static void add_reserves(struct reading *r)
{
	FILE *file = fopen("/proc/zoneinfo", "re");
	uint64_t count;
	char line[256];

	while (file && fgets(line, sizeof(line), file))
		if (sscanf(line, " count: %" SCNu64, &count) == 1)
			r->value[LAB_free] += count * page_size() / 1024;
	if (file)
		fclose(file);
}

/* The lines of one mapping, which follow that with its addresses. */
static void take_mapping(struct reading *r, const char *path, const void *area)
{
	static const struct entry mapping[] = {
		{ "Rss", LAB_map_rss }, { "Private_Dirty", LAB_map_private }, { }
	};
	FILE *file = fopen(path, "re");
	uint64_t from, to;
	bool inside = false;
	char line[256];

	while (file && fgets(line, sizeof(line), file)) {
		if (sscanf(line, "%" SCNx64 "-%" SCNx64 " ", &from, &to) == 2)
			inside = from <= (uintptr_t)area && (uintptr_t)area < to;
		else if (inside)
			take_line(r, line, mapping);
	}
	if (file)
		fclose(file);
}

/**
 * reading_take() - read all that is known
 * @r: gets it; what is not known of a process that is dead is not known
 * @reader: from reader_open(), NULL without the module
 * @pid: of the process
 * @area: in the mapping that is looked at, NULL if none is
 *
 * Rss is taken from smaps, which counts; that of /proc/PID/status lags behind by some
 * pages a processor.
 *
 * Return: EXIT_DONE, or another exit status after a message.
 */
int reading_take(struct reading *r, struct reader *reader, pid_t pid, const void *area)
{
	static const struct entry status[] = {
		{ "VmSize", LAB_vsz }, { "VmPTE", LAB_pte }, { }
	};
	static const struct entry smaps[] = {
		{ "Rss", LAB_rss }, { "Pss", LAB_pss }, { "Private_Dirty", LAB_private },
		{ "AnonHugePages", LAB_huge }, { "Swap", LAB_swap }, { }
	};
	static const struct entry machine[] = {
		{ "MemFree", LAB_free },
		{ "Committed_AS", LAB_promised }, { }
	};
	struct process row;
	uint64_t minflt, majflt, value;
	char path[64];
	bool found;
	int rc;

	*r = (struct reading){ 0 };
	take_file(r, "/proc/meminfo", machine);
	add_reserves(r);
	add_traffic(r);
	if (lab_group_read("memory.stat", "file", &value))
		reading_set(r, LAB_cached, value / 1024);
	if (lab_group_read("memory.stat", "file_dirty", &value))
		reading_set(r, LAB_dirty, value / 1024);
	if (reader) {
		rc = measure_row(&row, reader, "processes", pid, &found);
		if (rc)
			return rc;
		for (enum lab_column c = LAB_FIRST_COUNTER; found && c < NR_LAB; c++)
			if (is_known(row.known, FIRST_COUNTER + (c - LAB_FIRST_COUNTER)))
				reading_set(r, c, row.value[FIRST_COUNTER +
							    (c - LAB_FIRST_COUNTER)]);
	}
	if (measure_stat(pid, &minflt, &majflt)) {
		reading_set(r, LAB_COUNTER(minor), minflt);
		reading_set(r, LAB_COUNTER(major), majflt);
	}
	snprintf(path, sizeof(path), "/proc/%d/status", (int)pid);
	take_file(r, path, status);
	snprintf(path, sizeof(path), "/proc/%d/smaps_rollup", (int)pid);
	take_file(r, path, smaps);
	snprintf(path, sizeof(path), "/proc/%d/smaps", (int)pid);
	if (area)
		take_mapping(r, path, area);
	return EXIT_DONE;
}
