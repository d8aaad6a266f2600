// SPDX-License-Identifier: GPL-2.0
/*
 * Tables of a recording, encoded as changes since the table before
 *
 * A table that is written has the tool's columns, by their enum; one that is read has
 * those of the file.
 */
#include <stdlib.h>
#include <string.h>

#include "base/errors.h"
#include "base/intern.h"
#include "recording/table.h"

_Static_assert((int)NR_NUMBERS <= RECORDING_COLUMNS && (int)NR_SYSTEM <= RECORDING_COLUMNS,
	       "room for every number");

/* Return: a new row at the end, NULL if memory ran out. */
static struct recording_row *add_row(struct recording_table *table)
{
	if (table->nr == table->room) {
		size_t room = table->room ? 2 * table->room : 64;
		struct recording_row *more = reallocarray(table->row, room, sizeof(*more));

		if (!more)
			return NULL;
		table->row = more;
		table->room = room;
	}
	return &table->row[table->nr++];
}

/**
 * recording_table_fill() - replace the rows of a table
 */
int recording_table_fill(struct recording_table *table, const struct snapshot *snapshot)
{
	if (snapshot->nr > RECORDING_ROWS_MAX)
		return fail(EXIT_SYSTEM, "%zu rows are more than a recording can have",
			    snapshot->nr);
	table->nr = 0;
	for (size_t i = 0; i < snapshot->nr; i++) {
		const struct process *p = &snapshot->process[i];
		struct recording_row *row = add_row(table);

		if (!row)
			return fail_memory();
		*row = (struct recording_row){ .known = p->known };
		memcpy(row->value, p->value, sizeof(p->value));
		for (int t = 0; t < NR_COLUMNS - NR_NUMBERS; t++) {
			const char *text = process_text(p, (enum column_id)(NR_NUMBERS + t));

			row->text[t] = text ? intern(text) : NULL;
		}
	}
	return EXIT_DONE;
}

/**
 * recording_table_fill_system() - make a table of the row of "system"
 */
int recording_table_fill_system(struct recording_table *table, const struct system *system)
{
	struct recording_row *row;

	table->nr = 0;
	row = add_row(table);
	if (!row)
		return fail_memory();
	*row = (struct recording_row){ .known = system->known };
	memcpy(row->value, system->value, sizeof(system->value));
	return EXIT_DONE;
}

/* As process_compare(). */
static int compare(const struct recording_row *a, const struct recording_row *b)
{
	static const enum column_id keys[] = { COL_pid, COL_tid, COL_start_ns };

	for (size_t i = 0; i < sizeof(keys) / sizeof(*keys); i++)
		if (a->value[keys[i]] != b->value[keys[i]])
			return a->value[keys[i]] > b->value[keys[i]] ? 1 : -1;
	return 0;
}

static void put_row(struct bytes *out, const struct recording_row *before,
		    const struct recording_row *now)
{
	uint64_t values = 0, texts = 0;

	for (int i = 0; i < RECORDING_COLUMNS; i++)
		if (before->value[i] != now->value[i])
			values |= UINT64_C(1) << i;
	/* Interned texts are equal if their addresses are. */
	for (int i = 0; i < RECORDING_TEXTS; i++)
		if (before->text[i] != now->text[i])
			texts |= UINT64_C(1) << i;

	bytes_put_number(out, before->known ^ now->known);
	bytes_put_number(out, values);
	for (int i = 0; i < RECORDING_COLUMNS; i++)
		if (values >> i & 1)
			bytes_put_change(out, before->value[i], now->value[i]);
	bytes_put_number(out, texts);
	for (int i = 0; i < RECORDING_TEXTS; i++)
		if (texts >> i & 1)
			bytes_put_text(out, now->text[i]);
}

/* The step from row @b of @before to row @n of @now. */
static enum recording_step step_of(const struct recording_table *before, size_t b,
				   const struct recording_table *now, size_t n, bool keyed)
{
	int order;

	if (n == now->nr)
		return STEP_GONE;
	if (b == before->nr)
		return STEP_NEW;
	order = keyed ? compare(&before->row[b], &now->row[n]) : 0;
	if (order)
		return order < 0 ? STEP_GONE : STEP_NEW;
	return memcmp(&before->row[b], &now->row[n], sizeof(*now->row)) ? STEP_CHANGED :
									   STEP_SAME;
}

/**
 * recording_table_put() - encode a table
 * @before: the table before
 * @keyed: rows are ordered by pid, tid and start_ns, and matched by them; else by position
 */
void recording_table_put(struct bytes *out, const struct recording_table *before,
			 const struct recording_table *now, bool keyed)
{
	static const struct recording_row nothing;
	size_t b = 0, n = 0;

	while (b < before->nr || n < now->nr) {
		enum recording_step step = step_of(before, b, now, n, keyed);
		size_t from_b = b, from_n = n, count = 0;

		do {
			count++;
			b += step != STEP_NEW;
			n += step != STEP_GONE;
		} while ((b < before->nr || n < now->nr) &&
			 step_of(before, b, now, n, keyed) == step);

		bytes_put_number(out, count << 2 | step);
		for (size_t i = 0; i < count && step == STEP_CHANGED; i++)
			put_row(out, &before->row[from_b + i], &now->row[from_n + i]);
		for (size_t i = 0; i < count && step == STEP_NEW; i++)
			put_row(out, &nothing, &now->row[from_n + i]);
	}
	bytes_put_number(out, 0);
}

static void get_row(struct cursor *in, struct recording_row *row)
{
	uint64_t values, texts;

	row->known ^= cursor_number(in);
	values = cursor_number(in);
	for (int i = 0; i < RECORDING_COLUMNS; i++)
		if (values >> i & 1)
			row->value[i] = cursor_change(in, row->value[i]);
	texts = cursor_number(in);
	if (texts >> RECORDING_TEXTS)
		in->bad = true;
	for (int i = 0; i < RECORDING_TEXTS; i++)
		if (texts >> i & 1)
			row->text[i] = cursor_text(in);
}

/**
 * recording_table_get() - decode what recording_table_put() encoded
 * @in: becomes bad if it is invalid
 * @table: the table before, becomes the one now
 *
 * Return: false if memory ran out.
 */
bool recording_table_get(struct cursor *in, struct recording_table *table)
{
	struct recording_table now = { 0 };
	size_t b = 0;
	uint64_t step;

	while ((step = cursor_number(in)) && !in->bad) {
		uint64_t count = step >> 2;

		step &= 3;
		if (step != STEP_NEW && count > table->nr - b)
			in->bad = true;
		/* Bounds the memory that a few bytes of input can ask for. */
		if (step != STEP_GONE && count > RECORDING_ROWS_MAX - now.nr)
			in->bad = true;
		if (step == STEP_GONE && !in->bad) {
			b += count;
			continue;
		}
		for (; count && !in->bad; count--) {
			struct recording_row *row = add_row(&now);

			if (!row) {
				recording_table_free(&now);
				return false;
			}
			*row = step == STEP_NEW ? (struct recording_row){ 0 } : table->row[b++];
			if (step != STEP_SAME)
				get_row(in, row);
		}
	}
	recording_table_free(table);
	*table = now;
	return true;
}

/**
 * recording_table_free() - free the rows, if any
 */
void recording_table_free(struct recording_table *table)
{
	free(table->row);
	*table = (struct recording_table){ 0 };
}
