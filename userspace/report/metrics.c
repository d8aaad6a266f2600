// SPDX-License-Identifier: GPL-2.0
/*
 * Reports for Prometheus
 *
 * The formats are OpenMetrics 1.0, and the older text format that the textfile collector
 * of node_exporter reads.  A family is a counter or a number of "system"; each row is a
 * sample with labels.  An unknown value has no sample.
 *
 * The sum of the live processes of a group decreases when one of them ends, so it is a
 * gauge and no counter.
 */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/errors.h"
#include "base/text.h"
#include "model/doubt.h"
#include "model/scale.h"
#include "report/metrics.h"

#define PREFIX		"pagestat_"
#define NAME_MAX_LEN	80

struct family {
	char name[NAME_MAX_LEN];
	const char *unit;	/* "" for none */
	unsigned int decimals;	/* of its values */
	bool grows;
};

/* Names end with the base unit, as Prometheus wants it: reclaim_seconds, cow_pages. */
static void name_family(struct family *f, const char *prefix, const struct column *column,
			bool grows)
{
	static const char *const units[] = { "faults", "pages", "bytes" };
	int len = (int)strlen(column->name);

	f->grows = grows;
	f->decimals = strcmp(column->unit, "ns") == 0 ? 9 : 0;
	f->unit = f->decimals ? "seconds" : "";
	for (size_t i = 0; i < sizeof(units) / sizeof(*units); i++)
		if (strcmp(column->unit, units[i]) == 0)
			f->unit = units[i];
	if (f->decimals)
		len -= (int)strlen("_ns");
	snprintf(f->name, sizeof(f->name), PREFIX "%s%.*s%s%s", prefix, len, column->name,
		 *f->unit ? "_" : "", f->unit);
}

/* Per second, or a ratio, as Prometheus wants it in place of percent. */
static void name_scaled(struct family *f, const struct column *column, enum scaled scaled)
{
	if (scaled == SCALED_COUNT)
		return;
	f->grows = false;
	f->decimals += SCALE_DECIMALS;
	f->unit = "";
	if (scaled == SCALED_RATE) {
		strcat(f->name, "_per_second");
		return;
	}
	f->unit = "ratio";
	f->decimals = SCALE_DECIMALS + 2;
	snprintf(f->name, sizeof(f->name), PREFIX "%.*s_ratio",
		 (int)(strlen(column->name) - strlen("_ns")), column->name);
}

static void print_family(FILE *out, const struct form *form, const struct family *f,
			 const char *help)
{
	bool old = form->format == FORMAT_TEXTFILE;
	const char *suffix = old && f->grows ? "_total" : "";

	fprintf(out, "# HELP %s%s %s\n", f->name, suffix, help);
	fprintf(out, "# TYPE %s%s %s\n", f->name, suffix, f->grows ? "counter" : "gauge");
	if (!old && *f->unit)
		fprintf(out, "# UNIT %s %s\n", f->name, f->unit);
}

static void print_value(FILE *out, const struct family *f, uint64_t value)
{
	uint64_t one = 1;

	for (unsigned int i = 0; i < f->decimals; i++)
		one *= 10;
	fprintf(out, " %" PRIu64, value / one);
	if (f->decimals)
		fprintf(out, ".%0*" PRIu64, (int)f->decimals, value % one);
	putc('\n', out);
}

/* Return: false if memory ran out. */
static bool print_label(FILE *out, char *separator, const char *name, const char *bytes)
{
	char *safe = text_escape_dup(bytes, TEXT_FOR_PROGRAM);

	fprintf(out, "%c%s=\"", *separator, name);
	*separator = ',';
	for (const char *c = safe; c && *c; c++) {
		if (*c == '"' || *c == '\\')
			putc('\\', out);
		putc(*c, out);
	}
	putc('"', out);
	free(safe);
	return safe;
}

/* Return: false if memory ran out. */
static bool print_labels(FILE *out, const struct process *p, enum by by)
{
	static const enum column_id labels[] = {
		COL_pid, COL_tid, COL_comm, COL_cgroup, COL_user,
	};
	const struct column_use use = { .by = by };
	char number[24], separator = '{';

	for (size_t i = 0; i < sizeof(labels) / sizeof(*labels); i++) {
		enum column_id c = labels[i];
		const char *text = number;

		if (!column_in(c, use) ||
		    (c == COL_user && by != BY_USER) ||
		    (c < NR_NUMBERS && !is_known(p->known, c)))
			continue;
		if (c >= NR_NUMBERS)
			text = process_text(p, c) ? process_text(p, c) : "";
		else
			snprintf(number, sizeof(number), "%" PRIu64, p->value[c]);
		if (!print_label(out, &separator, process_columns[c].name, text))
			return false;
	}
	/* A process may be called REST_NAME, but does not have this label. */
	if (p->rest && !print_label(out, &separator, "rest", "true"))
		return false;
	putc('}', out);
	return true;
}

/* Whether the counters of a report lack hits, as nothing else of a sample could say. */
static void print_doubts(FILE *out, const struct form *form, const char *prefix,
			 uint64_t doubted, const struct column_list *list)
{
	struct family f = { .unit = "" };

	/* Files of both kinds are read together. */
	snprintf(f.name, sizeof(f.name), PREFIX "%sdoubtful", prefix);
	print_family(out, form, &f, "1: hits of the counter were lost to unknown functions of the kernel");
	for (size_t i = 0; i < list->nr; i++) {
		const struct column *column = &process_columns[list->column[i]];

		if (column->counter)
			fprintf(out, "%s{counter=\"%s\"} %d\n", f.name, column->name,
				is_known(doubted, list->column[i]));
	}
}

static void print_end(FILE *out, const struct form *form)
{
	if (form->format == FORMAT_OPENMETRICS)
		fputs("# EOF\n", out);
}

/**
 * metrics_processes() - a family for each counter, a sample for each row
 */
int metrics_processes(FILE *out, const struct form *form, const struct query *query,
		      const struct selection *rows)
{
	for (size_t i = 0; i < form->columns.nr; i++) {
		enum column_id c = form->columns.column[i];
		const struct column *column = &process_columns[c];
		struct family f;

		if (!column->counter)
			continue;
		name_family(&f, "", column, query->by <= BY_THREAD && !query->rest);
		name_scaled(&f, column, scale_of(query->scale, c));
		print_family(out, form, &f, column->text);
		for (size_t row = 0; row < rows->nr; row++) {
			const struct process *p = rows->row[row];

			if (!scale_known(query->scale, p, c))
				continue;
			fprintf(out, "%s%s", f.name, f.grows ? "_total" : "");
			if (!print_labels(out, p, query->by))
				return fail_memory();
			print_value(out, &f, scale_value(query->scale, p, c));
		}
	}
	print_doubts(out, form, "", rows->doubted, &form->columns);
	print_end(out, form);
	return EXIT_DONE;
}

static bool grows(unsigned int column)
{
	switch (column) {
	case SYS_since_ns:
	case SYS_page_size:
	case SYS_processes:
	case SYS_threads:
	case SYS_silenced:
	case SYS_tested:
		return false;
	default:
		return true;
	}
}

/**
 * metrics_system() - the totals, and what was lost
 */
void metrics_system(FILE *out, const struct form *form,
		    const struct system *system)
{
	struct column_list all = { .nr = 0 };

	for (unsigned int i = 0; i < NR_SYSTEM; i++) {
		struct family f;

		if (!is_known(system->known, i))
			continue;
		if (system_columns[i].counter)
			all.column[all.nr++] = system_counter(i);
		name_family(&f, "system_", &system_columns[i], grows(i));
		print_family(out, form, &f, system_columns[i].text);
		fprintf(out, "%s%s", f.name, f.grows ? "_total" : "");
		print_value(out, &f, system->value[i]);
	}
	print_doubts(out, form, "system_", doubt_columns(NULL, system), &all);
	print_end(out, form);
}
