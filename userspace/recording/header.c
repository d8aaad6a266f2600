// SPDX-License-Identifier: GPL-2.0
/*
 * The header of a recording: its origin, and the names of its columns
 */
#include <string.h>

#include "base/errors.h"
#include "base/text.h"
#include "recording/read.h"

/* @at gets our column for each column of the file, or -1. */
static bool find_names(char *names, const struct column *columns, int from, int nr, int *at,
		       int room)
{
	int n = 0;

	for (char *name = strsep(&names, "\t"); name; name = strsep(&names, "\t")) {
		if (n == room)
			return false;
		for (int i = from; i < nr; i++)
			if (strcmp(columns[i].name, name) == 0)
				at[n] = i;
		n++;
	}
	return true;
}

static void find_absent(struct recording *recording, char *names)
{
	for (char *name = strsep(&names, "\t"); name; name = strsep(&names, "\t"))
		for (int i = FIRST_COUNTER; i < NR_NUMBERS; i++)
			if (strcmp(process_columns[i].name, name) == 0)
				recording->absent |= UINT64_C(1) << i;
}

/* Counters without a column in the file are absent, whether it or this tool is older. */
static void add_absent(struct recording *recording)
{
	for (int i = FIRST_COUNTER; i < NR_NUMBERS; i++) {
		bool found = false;

		for (int c = 0; c < RECORDING_COLUMNS; c++)
			found = found || recording->column[c] == i;
		if (!found)
			recording->absent |= UINT64_C(1) << i;
	}
}

static bool has(const int *at, int room, int column)
{
	for (int i = 0; i < room; i++)
		if (at[i] == column)
			return true;
	return false;
}

/* The columns that snapshot.c requires. */
static bool has_required(const struct recording *r)
{
	return has(r->column, RECORDING_COLUMNS, COL_pid) &&
	       has(r->column, RECORDING_COLUMNS, COL_ppid) &&
	       has(r->column, RECORDING_COLUMNS, COL_uid) &&
	       has(r->column, RECORDING_COLUMNS, COL_start_ns) &&
	       has(r->text, RECORDING_TEXTS, COL_comm) &&
	       has(r->system, RECORDING_COLUMNS, SYS_since_ns) &&
	       has(r->system, RECORDING_COLUMNS, SYS_page_size);
}

static bool read_line(struct recording *recording, const char *key, char *value)
{
	if (strcmp(key, "host") == 0) {
		snprintf(recording->host, sizeof(recording->host), "%s", value);
	} else if (strcmp(key, "kernel") == 0) {
		snprintf(recording->kernel, sizeof(recording->kernel), "%s", value);
	} else if (strcmp(key, "abi") == 0) {
		return text_to_u64(value, &recording->abi) == 0;
	} else if (strcmp(key, "rows") == 0) {
		recording->threads = strcmp(value, "threads") == 0;
		return recording->threads || strcmp(value, "processes") == 0;
	} else if (strcmp(key, "columns") == 0) {
		return find_names(value, process_columns, 0, NR_NUMBERS, recording->column,
				  RECORDING_COLUMNS);
	} else if (strcmp(key, "texts") == 0) {
		return find_names(value, process_columns, NR_NUMBERS, NR_COLUMNS,
				  recording->text, RECORDING_TEXTS);
	} else if (strcmp(key, "system") == 0) {
		return find_names(value, system_columns, 0, NR_SYSTEM, recording->system,
				  RECORDING_COLUMNS);
	} else if (strcmp(key, "absent") == 0) {
		find_absent(recording, value);
	}
	return true;
}

/**
 * recording_header() - read the header
 * @text: with a NUL added; is modified
 */
int recording_header(struct recording *recording, char *text)
{
	memset(recording->column, -1, sizeof(recording->column));
	memset(recording->system, -1, sizeof(recording->system));
	memset(recording->text, -1, sizeof(recording->text));
	strcpy(recording->host, "?");
	strcpy(recording->kernel, "?");

	for (char *line = strsep(&text, "\n"); line; line = strsep(&text, "\n")) {
		char *value = strchr(line, '\t');

		if (!value)
			continue;
		*value++ = '\0';
		if (!read_line(recording, line, value))
			return fail(EXIT_BAD_DATA, "%s: its header has an invalid \"%.40s\". Was it made by another release?",
				    recording->path, line);
	}
	if (!has_required(recording))
		return fail(EXIT_BAD_DATA, "%s: its header lacks columns that are required. Was it made by another release?",
			    recording->path);
	add_absent(recording);
	return EXIT_DONE;
}
