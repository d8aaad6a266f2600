// SPDX-License-Identifier: GPL-2.0
/*
 * The rows of the file "latency"
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/errors.h"
#include "base/sums.h"
#include "base/text.h"
#include "model/latencies.h"

#define NAME(name, text)	#name,
const char *const latency_kind_names[PAGESTAT_NR_KINDS] = { PAGESTAT_KINDS(NAME) };
#undef NAME
#define TEXT(name, text)	text,
const char *const latency_kind_texts[PAGESTAT_NR_KINDS] = { PAGESTAT_KINDS(TEXT) };
#undef TEXT

/* The columns, in the order of the file. */
#define ENUM(name)		AT_##name,
enum { PAGESTAT_LATENCY_COLUMNS(ENUM) AT_bucket, AT_comm = AT_bucket + PAGESTAT_BUCKETS, NR_AT };
#undef ENUM

static int find_columns(const struct tsv *tsv, size_t at[NR_AT])
{
#define NAME(name)		#name,
	static const char *const names[] = { PAGESTAT_LATENCY_COLUMNS(NAME) };
#undef NAME
	char bucket[32];

	for (unsigned int i = 0; i < NR_AT; i++) {
		const char *name = i < AT_bucket ? names[i] : i < AT_comm ? bucket : "comm";
		int column;

		if (name == bucket)
			snprintf(bucket, sizeof(bucket), "ns_%llu",
				 (unsigned long long)histogram_bucket_from(i - AT_bucket));
		column = tsv_column(tsv, name);
		if (column < 0)
			return fail(EXIT_BAD_DATA, "%s: no column is called \"%s\". " TSV_RELEASES,
				    tsv->path, name);
		at[i] = (size_t)column;
	}
	return EXIT_DONE;
}

static int read_histogram(struct histogram *h, const struct tsv *tsv, size_t row,
			  const size_t at[NR_AT])
{
	const struct { int at; uint64_t *value; } numbers[] = {
		{ AT_minor, &h->minor }, { AT_major, &h->major },
		{ AT_sum_ns, &h->sum_ns }, { AT_max_ns, &h->max_ns },
	};
	int rc = EXIT_DONE;
	uint64_t faults;

	for (size_t i = 0; i < sizeof(numbers) / sizeof(*numbers) && !rc; i++)
		rc = tsv_number(tsv, row, at[numbers[i].at], numbers[i].value);
	for (unsigned int i = 0; i < PAGESTAT_BUCKETS && !rc; i++)
		rc = tsv_number(tsv, row, at[AT_bucket + i], &h->bucket[i]);
	faults = h->minor;
	sum_add(&faults, h->major);
	if (!rc && histogram_count(h) != faults)
		rc = fail(EXIT_BAD_DATA, "%s: line %zu: the buckets have %llu faults, minor and major %llu. " TSV_RELEASES,
			  tsv->path, row + 2, (unsigned long long)histogram_count(h),
			  (unsigned long long)faults);
	h->max_known = true;
	return rc;
}

/* Return: enum pagestat_kind, PAGESTAT_NR_KINDS if unknown. */
static unsigned int find_kind(const char *name)
{
	unsigned int kind = 0;

	while (kind < PAGESTAT_NR_KINDS && strcmp(latency_kind_names[kind], name) != 0)
		kind++;
	return kind;
}

static int read_row(struct latency *latency, const struct tsv *tsv, size_t row,
		    const size_t at[NR_AT])
{
	char *comm = tsv_cell(tsv, row, at[AT_comm]);
	int rc;

	rc = tsv_number(tsv, row, at[AT_pid], &latency->pid);
	if (!rc)
		rc = tsv_number(tsv, row, at[AT_start_ns], &latency->start_ns);
	if (!rc)
		rc = read_histogram(&latency->histogram, tsv, row, at);
	latency->kind = find_kind(tsv_cell(tsv, row, at[AT_kind]));
	if (!rc && latency->kind == PAGESTAT_NR_KINDS)
		rc = tsv_bad_cell(tsv, row, at[AT_kind], "no kind of fault that this tool knows");
	text_decode(comm);
	latency->comm = comm;
	return rc;
}

static int compare(const void *left, const void *right)
{
	const struct latency *a = left, *b = right;

	if (a->pid != b->pid)
		return a->pid > b->pid ? 1 : -1;
	if (a->start_ns != b->start_ns)
		return a->start_ns > b->start_ns ? 1 : -1;
	return (int)a->kind - (int)b->kind;
}

static int read_rows(struct latencies *latencies)
{
	const struct tsv *tsv = &latencies->tsv;
	struct latency *row;
	size_t at[NR_AT];
	int rc;

	rc = find_columns(tsv, at);
	if (rc)
		return rc;
	row = calloc(tsv->nr_rows + 1, sizeof(*row));
	if (!row)
		return fail_memory();
	latencies->row = row;

	for (size_t i = 0; i < tsv->nr_rows && !rc; i++)
		rc = read_row(&row[i], tsv, i, at);
	if (rc)
		return rc;
	latencies->nr = tsv->nr_rows;
	qsort(row, latencies->nr, sizeof(*row), compare);
	for (size_t i = 1; i < latencies->nr; i++)
		if (compare(&row[i - 1], &row[i]) == 0)
			return fail(EXIT_BAD_DATA, "%s: process %llu has %s twice. " TSV_RELEASES,
				    tsv->path, (unsigned long long)row[i].pid,
				    latency_kind_names[row[i].kind]);
	return EXIT_DONE;
}

/**
 * latencies_read() - read "latency"; to be freed with latencies_free() if this succeeds
 */
int latencies_read(struct latencies *latencies, struct reader *reader)
{
	int rc;

	*latencies = (struct latencies){ 0 };
	rc = reader_read(reader, "latency", &latencies->tsv);
	if (rc)
		return rc;
	rc = read_rows(latencies);
	if (rc)
		latencies_free(latencies);
	return rc;
}

/**
 * latencies_free() - free what latencies_read() or latencies_since() made
 */
void latencies_free(struct latencies *latencies)
{
	free(latencies->row);
	tsv_free(&latencies->tsv);
	*latencies = (struct latencies){ 0 };
}

/* The row that includes what @before had: its own, or that of all ended processes. */
static struct latency *find_later(const struct latencies *delta, const struct latency *before)
{
	const struct latency ended = { .kind = before->kind };
	struct latency *row;

	row = bsearch(before, delta->row, delta->nr, sizeof(*row), compare);
	if (!row)
		row = bsearch(&ended, delta->row, delta->nr, sizeof(*row), compare);
	return row;
}

/**
 * latencies_since() - what came between two snapshots
 * @delta: gets the rows of @now less @before, without empty ones; to be freed with
 *         latencies_free() if this succeeds; NULL rows if measuring was restarted in
 *         between
 * @before: the earlier snapshot
 * @now: the later one; must outlive @delta
 *
 * When a process ends, its histograms are added to the row of all ended processes.  So
 * what it had in @before is subtracted from that row.
 */
int latencies_since(struct latencies *delta, const struct latencies *before,
		    const struct latencies *now)
{
	size_t left = 0;

	*delta = (struct latencies){ .nr = now->nr };
	delta->row = calloc(now->nr + 1, sizeof(*delta->row));
	if (!delta->row)
		return fail_memory();
	memcpy(delta->row, now->row, now->nr * sizeof(*delta->row));

	for (size_t i = 0; i < before->nr; i++) {
		struct latency *row = find_later(delta, &before->row[i]);

		if (!row || !histogram_subtract(&row->histogram, &before->row[i].histogram)) {
			latencies_free(delta);
			return EXIT_DONE;
		}
	}
	for (size_t i = 0; i < delta->nr; i++) {
		if (!histogram_count(&delta->row[i].histogram))
			continue;
		histogram_limit_max(&delta->row[i].histogram);
		delta->row[left++] = delta->row[i];
	}
	delta->nr = left;
	return EXIT_DONE;
}
