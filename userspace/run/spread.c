// SPDX-License-Identifier: GPL-2.0
/*
 * The bill of a command that was run many times: mean and spread
 *
 * The spread is the standard deviation of single runs, not that of the mean.
 */
#include <inttypes.h>
#include <math.h>
#include <string.h>
#include <sys/wait.h>

#include "model/doubt.h"
#include "run/bill.h"

/* People get counts. */
#define AS_COUNTED	((struct scale){ 0 })

struct spread {
	bool known;
	double mean;
	double deviation;
};

static double value_of(const struct bill *bill, struct scale scale, unsigned int c)
{
	return c == NR_NUMBERS ? (double)bill->wall_ns :
				 bill_scaled(bill, scale, (enum column_id)c);
}

/* @c is a counter, or NR_NUMBERS for the time that a run took. */
static struct spread find_spread(const struct bill *bill, size_t nr, struct scale scale,
				 unsigned int c)
{
	struct spread s = { .known = true };
	double squares = 0;

	for (size_t i = 0; i < nr; i++) {
		s.known = s.known && (c == NR_NUMBERS || is_known(bill[i].cost.known, c));
		s.mean += value_of(&bill[i], scale, c);
	}
	s.mean /= (double)nr;
	for (size_t i = 0; i < nr; i++) {
		double d = value_of(&bill[i], scale, c) - s.mean;

		squares += d * d;
	}
	s.deviation = sqrt(squares / (double)(nr - 1));
	return s;
}

/* "copied  25,601 pages  = 100.0 MiB  +- 3.2 (0.01 %)  cow" */
static void print_line(FILE *out, const struct bill *bill, size_t nr, enum column_id c)
{
	const struct column *column = &process_columns[c];
	struct spread s = find_spread(bill, nr, AS_COUNTED, c);
	char number[32] = "-", size[32] = "", spread[64] = "";

	if (s.known) {
		bill_group_digits(number, (uint64_t)(s.mean + 0.5));
		strcat(number, doubt_mark(doubt_columns(&bill->before, &bill[nr - 1].after), c));
		bill_size(size, column, s.mean, bill->after.value[SYS_page_size]);
		snprintf(spread, sizeof(spread), "+- %.1f (%.1f %%)", s.deviation,
			 s.mean > 0 ? 100 * s.deviation / s.mean : 0);
	}
	fprintf(out, "  %-23s %13s %-6s %-11s %-18s %s\n", bill_words(c), number,
		column->unit, size, spread, column->name);
}

static bool any_counted(const struct bill *bill, size_t nr, unsigned int c)
{
	for (size_t i = 0; i < nr; i++)
		if (is_known(bill[i].cost.known, c) && bill[i].cost.value[c])
			return true;
	return false;
}

void spread_words(FILE *out, const struct bill *bill, size_t nr, const struct form *form)
{
	const struct column_list *list = &form->columns;
	struct spread wall = find_spread(bill, nr, AS_COUNTED, NR_NUMBERS);
	uint64_t left = 0;
	size_t bad = 0;

	for (size_t i = 0; i < nr; i++) {
		bad += bill[i].status != 0;
		left += bill[i].left;
	}
	fputs("\nBill of: ", out);
	bill_print_command(out, bill->command);
	fprintf(out, "\n  %zu runs, %zu of them not with status 0; mean and spread of a run\n"
		"  took %.3f s +- %.3f\n\n", nr, bad, wall.mean / 1e9, wall.deviation / 1e9);
	for (size_t i = 0; i < list->nr; i++)
		print_line(out, bill, nr, list->column[i]);
	for (unsigned int c = FIRST_COUNTER; c < NR_NUMBERS && !form->only; c++)
		if (any_counted(bill, nr, c) && !column_listed(list, (enum column_id)c))
			print_line(out, bill, nr, (enum column_id)c);
	if (left)
		fprintf(out, "\n  %" PRIu64 " processes were still running at the end of a run\n",
			left);
	putc('\n', out);
}

/* Two keys of the object that @json is in. */
void spread_document(struct json *json, const struct bill *bill, size_t nr,
		     const struct column_list *list)
{
	static const char *const keys[] = { "mean", "deviation" };

	for (int k = 0; k < 2; k++) {
		struct spread s = find_spread(bill, nr, list->scale, NR_NUMBERS);
		char name[SCALE_NAME_MAX];

		json_open(json, keys[k], '{');
		json_real(json, "wall_ns", true, k ? s.deviation : s.mean);
		for (size_t i = 0; i < list->nr; i++) {
			enum column_id c = list->column[i];

			s = find_spread(bill, nr, list->scale, c);
			json_real(json, scale_name(list->scale, c, name), s.known,
				  k ? s.deviation : s.mean);
		}
		json_close(json, '}');
	}
}
