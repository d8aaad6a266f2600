// SPDX-License-Identifier: GPL-2.0
/*
 * replacement: the table of faults, for people and for programs
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/ascii.h"
#include "base/grid.h"
#include "lab/experiments/page_replacement.h"

static void change_case(const char *name, char *to, size_t size, char (*change)(char))
{
	size_t i;

	for (i = 0; name[i] && i < size - 1; i++)
		to[i] = change(name[i]);
	to[i] = '\0';
}

/* Where more memory meant more faults. */
static void print_anomalies(void)
{
	for (int i = 0; i < NR_ALGORITHMS; i++) {
		for (size_t j = 1; j < page_replacement.nr; j++) {
			const struct frames_result *fewer = &page_replacement.results[j - 1];
			const struct frames_result *more = fewer + 1;

			if (more->faults[i] <= fewer->faults[i])
				continue;
			printf(_("  Belady's anomaly: %s has %u faults with %u frames, and %u with %u.\n"),
			       algorithms[i]->name, fewer->faults[i], fewer->frames,
			       more->faults[i], more->frames);
		}
	}
}

/**
 * page_replacement_report() - print the faults of each algorithm
 * @lab: the experiment
 *
 * Return: EXIT_DONE, or another exit status after a message.
 */
int page_replacement_report(struct lab *lab)
{
	struct grid t;
	char name[16];
	int rc;

	(void)lab;
	putchar('\n');
	puts(_("Faults by frames:"));
	grid_begin(&t, false, true);
	grid_heading(&t, _("FRAMES"), SCOLS_FL_RIGHT);
	for (int i = 0; i < NR_ALGORITHMS; i++) {
		change_case(algorithms[i]->name, name, sizeof(name), ascii_upper);
		grid_heading(&t, name, SCOLS_FL_RIGHT);
	}
	for (size_t j = 0; j < page_replacement.nr; j++) {
		grid_line(&t);
		grid_number(&t, true, page_replacement.results[j].frames);
		for (int i = 0; i < NR_ALGORITHMS; i++)
			grid_number(&t, true, page_replacement.results[j].faults[i]);
	}
	rc = grid_end(&t);
	print_anomalies();
	return rc;
}

/**
 * page_replacement_document() - the same as JSON
 * @lab: the experiment
 * @json: where to
 */
void page_replacement_document(struct lab *lab, struct json *json)
{
	const struct references *r = &page_replacement.references;
	char name[16];

	(void)lab;
	json_open(json, "string", '{');
	json_text(json, "source", page_replacement.source);
	json_number(json, "references", true, r->length);
	json_number(json, "pages", true, r->pages);
	json_close(json, '}');
	json_open(json, "faults", '[');
	for (size_t j = 0; j < page_replacement.nr; j++) {
		json_open(json, NULL, '{');
		json_number(json, "frames", true, page_replacement.results[j].frames);
		for (int i = 0; i < NR_ALGORITHMS; i++) {
			change_case(algorithms[i]->name, name, sizeof(name), ascii_lower);
			json_number(json, name, true, page_replacement.results[j].faults[i]);
		}
		json_close(json, '}');
	}
	json_close(json, ']');
}
