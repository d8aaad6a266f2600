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

#include "bill.h"
#include "document.h"
#include "errors.h"
#include "text.h"
#include "trust.h"

/* What a line begins with; the name of the counter, if there is nothing here. */
static const char *const words[NR_COLUMNS] = {
	[COL_minor]	= "served without waiting",
	[COL_major]	= "waited for a device",
	[COL_cow]	= "copied",
	[COL_reuse]	= "kept without copying",
	[COL_zerofill]	= "filled with zeroes",
	[COL_filemap]	= "mapped from files",
	[COL_swapin]	= "brought back from swap",
	[COL_swapout]	= "sent to swap",
};

/* 1234567 becomes 1,234,567: no locale decides how a bill is read. */
static void group_digits(char to[32], uint64_t n)
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

/* "= 100.0 MiB" for pages, "= 1.234 s" for ns, nothing for the rest. */
static void in_other_words(char to[32], const struct column *column, uint64_t n,
			   uint64_t page_size)
{
	static const char prefix[] = "KMGTPE";
	const char *p = prefix;
	double size;

	*to = '\0';
	if (strcmp(column->unit, "ns") == 0) {
		snprintf(to, 32, "= %.3f s", (double)n / 1e9);
	} else if (strcmp(column->unit, "pages") == 0) {
		for (size = (double)n * (double)page_size / 1024; size >= 1024 && p[1]; p++)
			size /= 1024;
		snprintf(to, 32, "= %.1f %ciB", size, *p);
	}
}

/* "copied  25,601 pages = 100.0 MiB  cow" */
static void print_line(FILE *out, const struct bill *bill, enum column_id c)
{
	const struct column *column = &process_columns[c];
	char number[32] = "-", size[32] = "";

	if (is_known(bill->cost.known, c)) {
		group_digits(number, bill->cost.value[c]);
		in_other_words(size, column, bill->cost.value[c],
			       bill->after.value[SYS_page_size]);
	}
	fprintf(out, "  %-24s %15s %-6s %-12s %s\n", words[c] ? words[c] : column->name,
		number, column->unit, size, column->name);
}

static void print_command(FILE *out, char **command)
{
	for (size_t i = 0; command[i]; i++) {
		char *safe = text_printable_dup(command[i]);

		fprintf(out, "%s%s", i ? " " : "", safe ? safe : "?");
		free(safe);
	}
}

static void print_words(FILE *out, const struct bill *bill,
			const struct column_list *list)
{
	fputs("\nBill of: ", out);
	print_command(out, bill->command);
	if (WIFSIGNALED(bill->status))
		fprintf(out, "\n  killed by signal %d (%s)", WTERMSIG(bill->status),
			strsignal(WTERMSIG(bill->status)));
	else
		fprintf(out, "\n  ended with status %d", WEXITSTATUS(bill->status));
	fprintf(out, " after %.3f s: %.3f s user, %.3f s system\n\n",
		(double)bill->wall_ns / 1e9, (double)bill->user_ns / 1e9,
		(double)bill->sys_ns / 1e9);

	for (size_t i = 0; i < list->nr; i++)
		print_line(out, bill, list->column[i]);
	for (size_t i = 0; i < list->nr; i++)
		if (!is_known(bill->cost.known, list->column[i])) {
			fputs("\n  \"-\": unknown on this kernel; pagestat --probes shows why\n", out);
			break;
		}
	if (bill->left)
		fprintf(out, "\n  %" PRIu64 " process%s still running: not in this bill\n",
			bill->left, bill->left == 1 ? " is" : "es are");
	putc('\n', out);
}

static void print_document(FILE *out, const struct bill *bill,
			   const struct column_list *list,
			   const struct reader *reader)
{
	bool killed = WIFSIGNALED(bill->status);
	struct json json;

	document_begin(&json, out, reader, &bill->after);
	json_open(&json, "run", '{');
	json_open(&json, "command", '[');
	for (size_t i = 0; bill->command[i]; i++)
		json_text(&json, NULL, bill->command[i]);
	json_close(&json, ']');
	json_number(&json, "status", !killed, (uint64_t)WEXITSTATUS(bill->status));
	json_number(&json, "signal", killed, (uint64_t)WTERMSIG(bill->status));
	json_number(&json, "wall_ns", true, bill->wall_ns);
	json_number(&json, "user_ns", true, bill->user_ns);
	json_number(&json, "system_ns", true, bill->sys_ns);
	json_number(&json, "still_running", true, bill->left);
	for (size_t i = 0; i < list->nr; i++) {
		enum column_id c = list->column[i];

		json_number(&json, process_columns[c].name,
			    is_known(bill->cost.known, c), bill->cost.value[c]);
	}
	json_close(&json, '}');
	document_end(&json);
}

/**
 * bill_print() - print a bill, at one go, so that nothing CMD left running
 *                writes into it
 * @bill: what to print
 * @options: say how
 * @reader: where the numbers came from
 * @out: where to
 *
 * Return: EXIT_DONE, or another exit status after a message.
 */
int bill_print(const struct bill *bill, const struct options *options,
	       const struct reader *reader, FILE *out)
{
	char *text = NULL;
	FILE *memory;
	size_t len;
	int rc = EXIT_DONE;

	memory = open_memstream(&text, &len);
	if (!memory)
		return fail_memory();
	if (options->format == FORMAT_JSON)
		print_document(memory, bill, &options->columns, reader);
	else
		print_words(memory, bill, &options->columns);
	if (fclose(memory)) {
		free(text);
		return fail_memory();
	}

	/* Who closed its end is told so; CMD's status is still to be handed on. */
	signal(SIGPIPE, SIG_IGN);
	if (fwrite(text, 1, len, out) != len || fflush(out))
		rc = fail(EXIT_OUTPUT, "the bill could not be written to %s: %s",
			  options->output ? options->output : "standard error",
			  strerror(errno));
	free(text);
	note_losses(&bill->before, &bill->after);
	return rc;
}
