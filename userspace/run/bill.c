// SPDX-License-Identifier: GPL-2.0
/*
 * The bill of a command, as text or JSON
 */
#include <errno.h>
#include <inttypes.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include "base/errors.h"
#include "base/sums.h"
#include "base/text.h"
#include "base/textfile.h"
#include "model/doubt.h"
#include "report/document.h"
#include "report/table.h"
#include "report/notices.h"
#include "run/bill.h"

/* "copied  25,601 pages  = 100.0 MiB  12,800/s  cow" */
static void print_line(FILE *out, const struct bill *bill, enum column_id c)
{
	const struct column *column = &process_columns[c];
	char number[32] = "-", size[32] = "", rate[32] = "";
	double seconds = (double)bill->wall_ns / 1e9;

	if (is_known(bill->cost.known, c)) {
		bill_group_digits(number, bill->cost.value[c]);
		strcat(number, doubt_mark(doubt_columns(&bill->before, &bill->after), c));
		bill_size(size, column, (double)bill->cost.value[c],
			  bill->after.value[SYS_page_size]);
		bill_group_digits(rate, (uint64_t)((double)bill->cost.value[c] / seconds + 0.5));
		strcat(rate, "/s");
	}
	/* Nanoseconds a second are a share of the time. */
	if (strcmp(column->unit, "ns") == 0 && is_known(bill->cost.known, c))
		snprintf(rate, sizeof(rate), "%.2f %%", (double)bill->cost.value[c] / seconds / 1e7);
	fprintf(out, "  %-23s %13s %-6s %-11s %11s  %s\n", bill_words(c), number,
		column->unit, size, rate, column->name);
}

/* Each descendant by itself, and how many faults are of others. */
static int print_children(FILE *out, const struct bill *bill,
			  const struct run_request *request)
{
	struct column_list list = { .column = { COL_pid, COL_exit_code }, .nr = 2 };
	struct selection children = bill->children;
	uint64_t faults = 0, all = bill->cost.value[COL_minor];
	int rc;

	sum_add(&all, bill->cost.value[COL_major]);
	for (size_t i = 0; i < request->form.columns.nr; i++)
		list.column[list.nr++] = request->form.columns.column[i];
	list.column[list.nr++] = COL_comm;
	/* The columns of a table, which fit a screen. */
	if (!request->form.only)
		column_list_usual(&list, (struct column_use){ .exited = true });
	putc('\n', out);
	children.doubted = doubt_columns(&bill->before, &bill->after);
	rc = table_children(out, &list, &children);

	for (size_t i = 0; i < bill->children.nr; i++)
		for (int major = 0; major < 2; major++)
			sum_add(&faults, bill->children.row[i]->value[major ? COL_major : COL_minor]);
	if (faults < all)
		fprintf(out, "\n  %" PRIu64 " faults are of processes that the module no longer remembers (its max_exited)\n",
			all - faults);
	return rc;
}

static int print_words(FILE *out, const struct bill *bill, const struct run_request *request)
{
	const struct column_list *list = &request->form.columns;
	bool unknown = false;

	fputs("\nBill of: ", out);
	bill_print_command(out, bill->command);
	if (WIFSIGNALED(bill->status))
		fprintf(out, "\n  killed by signal %d (%s)", WTERMSIG(bill->status),
			strsignal(WTERMSIG(bill->status)));
	else
		fprintf(out, "\n  ended with status %d", WEXITSTATUS(bill->status));
	fprintf(out, " after %.3f s: %.3f s user, %.3f s system\n\n",
		(double)bill->wall_ns / 1e9, (double)bill->user_ns / 1e9,
		(double)bill->sys_ns / 1e9);

	for (size_t i = 0; i < list->nr; i++) {
		print_line(out, bill, list->column[i]);
		unknown = unknown || !is_known(bill->cost.known, list->column[i]);
	}
	/* Other counters that are not 0, unless -o says which to print. */
	for (unsigned int c = FIRST_COUNTER; c < NR_NUMBERS && !request->form.only; c++)
		if (is_known(bill->cost.known, c) && bill->cost.value[c] &&
		    !column_listed(list, (enum column_id)c))
			print_line(out, bill, (enum column_id)c);
	if (unknown)
		fputs("\n  \"-\": unknown on this kernel; pagestat --probes shows why\n", out);
	if (bill->left)
		fprintf(out, "\n  %" PRIu64 " process%s still running: not in this bill\n",
			bill->left, bill->left == 1 ? " is" : "es are");
	if (request->children && print_children(out, bill, request))
		return EXIT_SYSTEM;
	putc('\n', out);
	return EXIT_DONE;
}

static void print_object(struct json *json, const struct bill *bill,
			 const struct run_request *request)
{
	const struct column_list *list = &request->form.columns;
	char name[SCALE_NAME_MAX];
	bool killed = WIFSIGNALED(bill->status);
	struct column_use use = { .exited = true };
	struct column_list all;

	json_number(json, "status", !killed, (uint64_t)WEXITSTATUS(bill->status));
	json_number(json, "signal", killed, (uint64_t)WTERMSIG(bill->status));
	json_number(json, "wall_ns", true, bill->wall_ns);
	json_number(json, "user_ns", true, bill->user_ns);
	json_number(json, "system_ns", true, bill->sys_ns);
	json_number(json, "still_running", true, bill->left);
	for (size_t i = 0; i < list->nr; i++) {
		enum column_id c = list->column[i];

		if (scale_of(list->scale, c) == SCALED_COUNT)
			json_number(json, process_columns[c].name,
				    is_known(bill->cost.known, c), bill->cost.value[c]);
		else
			json_real(json, scale_name(list->scale, c, name),
				  is_known(bill->cost.known, c),
				  bill_scaled(bill, list->scale, c));
	}
	if (request->children) {
		column_list_all(&all, use);
		document_rows(json, "children", &all, &bill->children);
	}
}

static void print_document(FILE *out, const struct bill *bill, size_t nr,
			   const struct run_request *request, const struct reader *reader)
{
	struct json json;

	document_begin(&json, out, reader, &bill[nr - 1].after);
	document_doubtful(&json, doubt_columns(&bill->before, &bill[nr - 1].after));
	json_open(&json, "run", '{');
	json_open(&json, "command", '[');
	for (size_t i = 0; bill->command[i]; i++)
		json_text(&json, NULL, bill->command[i]);
	json_close(&json, ']');
	if (nr == 1)
		print_object(&json, bill, request);
	else
		json_open(&json, "repeats", '[');
	for (size_t i = 0; i < nr && nr > 1; i++) {
		json_open(&json, NULL, '{');
		print_object(&json, &bill[i], request);
		json_close(&json, '}');
	}
	if (nr > 1) {
		json_close(&json, ']');
		spread_document(&json, bill, nr, &request->form.columns);
	}
	json_close(&json, '}');
	document_end(&json);
}

/**
 * bills_print() - print the bill of one run, or of many
 * @bill: of each run
 * @nr: how many runs
 * @request: says how
 * @reader: where the numbers came from
 * @out: gets it in one write, so that output of processes that CMD left running is not
 *       mixed into it
 *
 * Return: EXIT_DONE, or another exit status after a message.
 */
int bills_print(const struct bill *bill, size_t nr, const struct run_request *request,
		const struct reader *reader, FILE *out)
{
	char *text = NULL;
	FILE *memory;
	size_t len;
	int rc = EXIT_DONE;

	memory = open_memstream(&text, &len);
	if (!memory)
		return fail_memory();
	if (request->form.format == FORMAT_JSON)
		print_document(memory, bill, nr, request, reader);
	else if (nr > 1)
		spread_words(memory, bill, nr, &request->form);
	else
		rc = print_words(memory, bill, request);
	if (fclose(memory) || rc) {
		free(text);
		return rc ? rc : fail_memory();
	}

	/* EPIPE is reported instead; pagestat still has to end with CMD's status. */
	signal(SIGPIPE, SIG_IGN);
	if (fwrite(text, 1, len, out) != len || fflush(out))
		rc = fail(EXIT_OUTPUT, "the bill could not be written to %s: %s",
			  out == stdout ? STANDARD_OUTPUT :
			  request->output ? request->output : "standard error",
			  strerror(errno));
	free(text);
	notices_losses(&bill->before, &bill[nr - 1].after);
	return rc;
}

void bill_free(struct bill *bill)
{
	selection_free(&bill->children);
	snapshot_free(&bill->exited);
}
