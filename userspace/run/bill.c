// SPDX-License-Identifier: GPL-2.0
/*
 * What a command cost, in plain words or JSON
 */
#include <errno.h>
#include <inttypes.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include "base/errors.h"
#include "base/text.h"
#include "report/document.h"
#include "report/table.h"
#include "report/trust.h"
#include "run/bill.h"

/* What a line begins with; the name of the counter, if there is nothing here. */
static const char *const words[NR_COLUMNS] = {
	[COL_minor]	   = "served without waiting",
	[COL_major]	   = "waited for a device",
	[COL_cow]	   = "copied",
	[COL_cow_anon]	   = "copied after fork",
	[COL_cow_file]	   = "copied from files",
	[COL_cow_ksm]	   = "copied, had been merged",
	[COL_cow_huge]	   = "copied, huge",
	[COL_reuse]	   = "kept without copying",
	[COL_unshare]	   = "copied to be pinned",
	[COL_zerofill]	   = "filled with zeroes",
	[COL_zeromap]	   = "read, never written",
	[COL_filemap]	   = "mapped from files",
	[COL_swapin]	   = "brought back from swap",
	[COL_swapin_io]	   = "read from swap",
	[COL_swapin_cache] = "found in swap cache",
	[COL_swapout]	   = "sent to swap",
	[COL_refault]	   = "evicted too early",
	[COL_reclaim]	   = "reclaimed memory",
	[COL_reclaim_ns]   = "which took",
	[COL_oom]	   = "killed to get memory",
	[COL_numa]	   = "NUMA hints",
	[COL_uffd]	   = "left to a userfaultfd",
	[COL_retry]	   = "had to be retried",
	[COL_error]	   = "failed",
	[COL_read]	   = "by reading",
	[COL_write]	   = "by writing",
	[COL_exec]	   = "by executing",
	[COL_kernel]	   = "in the kernel",
	[COL_remote]	   = "on others' memory",
	[COL_other]	   = "none of these",
};

/**
 * bill_words() - what a counter is called on a bill
 * @column: which counter
 *
 * Return: that.
 */
const char *bill_words(enum column_id column)
{
	return words[column] ? words[column] : process_columns[column].name;
}

/**
 * bill_group_digits() - 1234567 becomes 1,234,567
 * @to: gets it
 * @n: the number; no locale decides how a bill is read
 */
void bill_group_digits(char to[32], uint64_t n)
{
	char digits[24];
	int len = snprintf(digits, sizeof(digits), "%" PRIu64, n);

	for (int i = 0; i < len; i++) {
		*to++ = digits[i];
		if (i + 1 < len && (len - i - 1) % 3 == 0)
			*to++ = ',';
	}
	*to = '\0';
}

/**
 * bill_size() - "= 100.0 MiB" for pages, "= 1.234 s" for ns, nothing for the rest
 * @to: gets it
 * @column: which counter
 * @n: its value
 * @page_size: bytes in a page
 */
void bill_size(char to[32], const struct column *column, double n, uint64_t page_size)
{
	static const char prefix[] = "KMGTPE";
	const char *p = prefix;
	double size;

	*to = '\0';
	if (strcmp(column->unit, "ns") == 0) {
		snprintf(to, 32, "= %.3f s", n / 1e9);
	} else if (strcmp(column->unit, "pages") == 0) {
		for (size = n * (double)page_size / 1024; size >= 1024 && p[1]; p++)
			size /= 1024;
		snprintf(to, 32, "= %.1f %ciB", size, *p);
	}
}

/* "copied  25,601 pages  = 100.0 MiB  12,800/s  cow" */
static void print_line(FILE *out, const struct bill *bill, enum column_id c)
{
	const struct column *column = &process_columns[c];
	char number[32] = "-", size[32] = "", rate[32] = "";
	double seconds = (double)bill->wall_ns / 1e9;

	if (is_known(bill->cost.known, c)) {
		bill_group_digits(number, bill->cost.value[c]);
		bill_size(size, column, (double)bill->cost.value[c],
			  bill->after.value[SYS_page_size]);
		bill_group_digits(rate, (uint64_t)((double)bill->cost.value[c] / seconds + 0.5));
		strcat(rate, "/s");
	}
	/* A share of time is no rate. */
	if (strcmp(column->unit, "ns") == 0)
		*rate = '\0';
	fprintf(out, "  %-23s %13s %-6s %-11s %11s  %s\n", bill_words(c), number,
		column->unit, size, rate, column->name);
}

/**
 * bill_print_command() - a command as it was given
 * @out: where to
 * @command: its words
 */
void bill_print_command(FILE *out, char **command)
{
	for (size_t i = 0; command[i]; i++) {
		char *safe = text_printable_dup(command[i]);

		fprintf(out, "%s%s", i ? " " : "", safe ? safe : "?");
		free(safe);
	}
}

/* Each descendant by itself; and what is on the bill but not remembered any more. */
static int print_children(FILE *out, const struct bill *bill,
			  const struct run_request *request)
{
	struct column_list list = { .column = { COL_pid, COL_exit_code }, .nr = 2 };
	uint64_t faults = 0, all = bill->cost.value[COL_minor] + bill->cost.value[COL_major];
	int rc;

	for (size_t i = 0; i < request->form.columns.nr; i++)
		list.column[list.nr++] = request->form.columns.column[i];
	list.column[list.nr++] = COL_comm;
	/* Those that a table has: it is to fit a screen. */
	if (!request->form.only)
		column_list_usual(&list, (struct column_use){ .exited = true });
	putc('\n', out);
	rc = table_children(out, &list, &bill->children);

	for (size_t i = 0; i < bill->children.nr; i++)
		faults += bill->children.row[i]->value[COL_minor] +
			  bill->children.row[i]->value[COL_major];
	if (faults < all)
		fprintf(out, "\n  %" PRIu64 " faults are of processes that the module has forgotten (its max_exited)\n",
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
	/* Whatever else there was; if certain ones were asked for, those are all. */
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
	bool killed = WIFSIGNALED(bill->status);
	struct column_use use = { .exited = true };
	struct column_list all;

	json_number(json, "status", !killed, (uint64_t)WEXITSTATUS(bill->status));
	json_number(json, "signal", killed, (uint64_t)WTERMSIG(bill->status));
	json_number(json, "wall_ns", true, bill->wall_ns);
	json_number(json, "user_ns", true, bill->user_ns);
	json_number(json, "system_ns", true, bill->sys_ns);
	json_number(json, "still_running", true, bill->left);
	for (size_t i = 0; i < request->form.columns.nr; i++) {
		enum column_id c = request->form.columns.column[i];

		json_number(json, process_columns[c].name,
			    is_known(bill->cost.known, c), bill->cost.value[c]);
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
 * bills_print() - print the bill of one run, or of many, at one go, so that nothing
 *                 CMD left running writes into it
 * @bill: of each run
 * @nr: how many runs
 * @request: says how
 * @reader: where the numbers came from
 * @out: where to
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

	/* Who closed its end is told so; CMD's status is still to be handed on. */
	signal(SIGPIPE, SIG_IGN);
	if (fwrite(text, 1, len, out) != len || fflush(out))
		rc = fail(EXIT_OUTPUT, "the bill could not be written to %s: %s",
			  request->output ? request->output : "standard error",
			  strerror(errno));
	free(text);
	note_losses(&bill->before, &bill[nr - 1].after);
	return rc;
}

/**
 * bill_free() - give back what a bill holds
 * @bill: made, or all zero
 */
void bill_free(struct bill *bill)
{
	selection_free(&bill->children);
	snapshot_free(&bill->exited);
}
