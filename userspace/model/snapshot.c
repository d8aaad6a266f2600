// SPDX-License-Identifier: GPL-2.0
/*
 * The files of the module as numbers
 *
 * Columns are found by name.  New ones come without a new ABI number, so an older module
 * lacks some, which are unknown then.  Only a few are required.
 */
#include <stdlib.h>
#include <string.h>

#include "base/errors.h"
#include "base/sums.h"
#include "base/text.h"
#include "model/snapshot.h"

#define BIT(n)		(UINT64_C(1) << (n))

#define PROCESS_NEEDS	(BIT(COL_pid) | BIT(COL_ppid) | BIT(COL_uid) | \
			 BIT(COL_start_ns) | BIT(COL_comm))
#define SYSTEM_NEEDS	(BIT(SYS_since_ns) | BIT(SYS_page_size))
#define PROBES_NEED	BIT(PROBE_hook)

/* @at gets the index of each column in the file, or -1. */
static int find_columns(const struct tsv *tsv, const struct column *columns,
			size_t nr, uint64_t needed, int *at)
{
	for (size_t i = 0; i < nr; i++) {
		at[i] = tsv_column(tsv, columns[i].name);
		if (at[i] < 0 && needed & BIT(i))
			return fail(EXIT_BAD_DATA, "%s: no column is called \"%s\". " TSV_RELEASES,
				    tsv->path, columns[i].name);
	}
	return EXIT_DONE;
}

static int read_numbers(const struct tsv *tsv, size_t row,
			const struct column *columns, size_t nr, const int *at,
			uint64_t *value, uint64_t *known)
{
	char **cells = tsv_row(tsv, row);

	*known = 0;
	for (size_t i = 0; i < nr; i++) {
		const char *cell;
		int rc;

		if (at[i] < 0)
			continue;
		cell = cells[at[i]];
		/* Fast path: most numbers have one digit. */
		if (cell[0] >= '0' && cell[0] <= '9' && !cell[1]) {
			value[i] = (uint64_t)(cell[0] - '0');
			*known |= BIT(i);
			continue;
		}
		if (columns[i].counter && cell[0] == '-' && !cell[1])
			continue;

		rc = tsv_number(tsv, row, (size_t)at[i], &value[i]);
		if (rc)
			return rc;
		*known |= BIT(i);
	}
	return EXIT_DONE;
}

static int by_identity(const void *left, const void *right)
{
	return process_compare(left, right);
}

/* The order is needed for look-ups; the files mostly have it already. */
static int sort_rows(struct snapshot *snapshot)
{
	struct process *p = snapshot->process;
	size_t sorted = 1;

	while (sorted < snapshot->nr && process_compare(&p[sorted - 1], &p[sorted]) < 0)
		sorted++;
	if (sorted < snapshot->nr)
		qsort(p, snapshot->nr, sizeof(*p), by_identity);
	for (size_t i = 1; i < snapshot->nr; i++)
		if (process_compare(&p[i - 1], &p[i]) == 0)
			return fail(EXIT_BAD_DATA, "%s: process %llu is there twice. " TSV_RELEASES,
				    snapshot->tsv.path,
				    (unsigned long long)p[i].value[COL_pid]);
	return EXIT_DONE;
}

static int read_rows(struct snapshot *snapshot)
{
	const struct tsv *tsv = &snapshot->tsv;
	int at[NR_COLUMNS], rc;

	rc = find_columns(tsv, process_columns, NR_COLUMNS, PROCESS_NEEDS, at);
	if (rc)
		return rc;
	at[COL_procs] = -1;	/* of sums only, in no file */
	for (unsigned int i = 0; i < NR_NUMBERS; i++)
		if (at[i] < 0)
			snapshot->absent |= BIT(i);

	snapshot->process = calloc(tsv->nr_rows + 1, sizeof(*snapshot->process));
	if (!snapshot->process)
		return fail_memory();

	for (size_t row = 0; row < tsv->nr_rows; row++) {
		struct process *p = &snapshot->process[row];
		char *comm;

		rc = read_numbers(tsv, row, process_columns, NR_NUMBERS, at,
				  p->value, &p->known);
		if (rc)
			return rc;
		comm = tsv_cell(tsv, row, (size_t)at[COL_comm]);
		text_decode(comm);
		p->comm = comm;
	}
	snapshot->nr = tsv->nr_rows;
	return sort_rows(snapshot);
}

/**
 * snapshot_read() - read one of the files of rows
 * @snapshot: to be freed with snapshot_free() if this succeeds
 */
int snapshot_read(struct snapshot *snapshot, struct reader *reader, const char *file)
{
	int rc;

	*snapshot = (struct snapshot){ 0 };
	rc = reader_read(reader, file, &snapshot->tsv);
	if (rc)
		return rc;
	rc = read_rows(snapshot);
	if (rc)
		snapshot_free(snapshot);
	return rc;
}

/**
 * snapshot_free() - free the rows, if any
 */
void snapshot_free(struct snapshot *snapshot)
{
	free(snapshot->process);
	tsv_free(&snapshot->tsv);
	*snapshot = (struct snapshot){ 0 };
}

/**
 * process_compare() - the order of two rows, 0 if they are about one process or thread
 *
 * A pid is used again after its process has ended; together with the time of birth it is
 * unique.  Rows that are not about threads all have tid 0.
 */
int process_compare(const struct process *a, const struct process *b)
{
	static const enum column_id keys[] = { COL_pid, COL_tid, COL_start_ns };

	for (size_t i = 0; i < sizeof(keys) / sizeof(*keys); i++) {
		uint64_t l = a->value[keys[i]], r = b->value[keys[i]];

		if (l != r)
			return l > r ? 1 : -1;
	}
	return 0;
}

/**
 * process_outcomes() - the sum of the outcomes of a process's faults
 * @sum: at least the number of faults; a huge page may count each of its pages
 *
 * A fault that was handed to a userfaultfd may have no other outcome.
 *
 * Return: whether all outcomes are known.
 */
bool process_outcomes(const struct process *process, uint64_t *sum)
{
	bool known = true;

	*sum = is_known(process->known, COL_uffd) ? process->value[COL_uffd] : 0;
	for (size_t i = 0; i < NR_OUTCOMES; i++) {
		sum_add(sum, process->value[outcome_columns[i]]);
		known = known && is_known(process->known, outcome_columns[i]);
	}
	return known;
}

/**
 * snapshot_find() - the row of a pid, the first one if it has more, or NULL
 */
const struct process *snapshot_find(const struct snapshot *snapshot, uint64_t pid)
{
	size_t low = 0, high = snapshot->nr;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (snapshot->process[middle].value[COL_pid] < pid)
			low = middle + 1;
		else
			high = middle;
	}
	if (low < snapshot->nr && snapshot->process[low].value[COL_pid] == pid)
		return &snapshot->process[low];
	return NULL;
}

/**
 * snapshot_same() - the row of the same process or thread in another snapshot, or NULL
 * @at: where to begin; is advanced, so that looking up rows in order is linear
 */
const struct process *snapshot_same(const struct snapshot *snapshot, size_t *at,
				    const struct process *p)
{
	int order = 1;

	while (*at < snapshot->nr && (order = process_compare(&snapshot->process[*at], p)) < 0)
		++*at;
	return order ? NULL : &snapshot->process[*at];
}

/**
 * system_read() - read "system"
 */
int system_read(struct system *system, struct reader *reader)
{
	int at[NR_SYSTEM], rc;
	struct tsv tsv;

	*system = (struct system){ 0 };
	rc = reader_read(reader, "system", &tsv);
	if (rc)
		return rc;

	if (tsv.nr_rows != 1)
		rc = fail(EXIT_BAD_DATA, "%s: %zu rows where one was expected. " TSV_RELEASES,
			  tsv.path, tsv.nr_rows);
	if (!rc)
		rc = find_columns(&tsv, system_columns, NR_SYSTEM, SYSTEM_NEEDS, at);
	if (!rc)
		rc = read_numbers(&tsv, 0, system_columns, NR_SYSTEM, at,
				  system->value, &system->known);
	tsv_free(&tsv);
	return rc;
}

/**
 * probes_read() - read "probes"; to be freed with tsv_free(&probes->tsv) if this succeeds
 */
int probes_read(struct probes *probes, struct reader *reader)
{
	int rc;

	rc = reader_read(reader, "probes", &probes->tsv);
	if (rc)
		return rc;
	rc = find_columns(&probes->tsv, probe_columns, NR_PROBE, PROBES_NEED, probes->at);
	if (rc)
		tsv_free(&probes->tsv);
	return rc;
}

/**
 * probe_text() - one value of "probes"; "-" if the module is older than the column
 */
const char *probe_text(const struct probes *probes, size_t row, enum probe_column column)
{
	int at = probes->at[column];

	return at < 0 ? "-" : tsv_cell(&probes->tsv, row, (size_t)at);
}
