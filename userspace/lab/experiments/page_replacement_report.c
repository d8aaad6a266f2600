// SPDX-License-Identifier: GPL-2.0
/*
 * replacement: the frames as textbooks draw them, and the table of faults
 */
#include <ctype.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/grid.h"
#include "lab/experiments/page_replacement.h"

/**
 * struct picture - the frames after each reference
 * @frames: of the memory
 * @width: of a page's name
 * @length: of the string
 * @cell: the page in each frame, by reference and frame; NO_FRAME for none
 * @fault: of each reference
 */
struct picture {
	uint32_t frames;
	int width;
	uint32_t length;
	uint32_t *cell;
	bool *fault;
};

static void look(const struct memory *memory, bool fault, void *data)
{
	struct picture *picture = data;

	picture->fault[memory->now] = fault;
	for (uint32_t frame = 0; frame < picture->frames; frame++)
		picture->cell[memory->now * picture->frames + frame] =
			frame < memory->full ? memory->page[frame] : NO_FRAME;
}

static void print_picture(const struct picture *p, const struct references *r,
			  uint32_t faults)
{
	printf("             ");
	for (uint32_t i = 0; i < p->length; i++)
		printf(" %*" PRIu64, p->width, r->name[r->page[i]]);
	putchar('\n');
	for (uint32_t frame = 0; frame < p->frames; frame++) {
		printf("             ");
		for (uint32_t i = 0; i < p->length; i++) {
			uint32_t page = p->cell[i * p->frames + frame];

			if (page == NO_FRAME)
				printf(" %*s", p->width, "");
			else if (!p->fault[i])
				printf(" %*s", p->width, ".");
			else
				printf(" %*" PRIu64, p->width, r->name[page]);
		}
		putchar('\n');
	}
	printf(_("           %u frames, %u faults\n"), p->frames, faults);
}

/**
 * replacement_draw() - print the frames after each fault
 * @references: the string, a short one
 * @algorithm: that chooses
 * @frames: how many
 *
 * Return: EXIT_DONE, or another exit status after a message.
 */
int replacement_draw(const struct references *references,
		     const struct algorithm *algorithm, uint32_t frames)
{
	struct picture p = { .frames = frames, .length = references->length };
	uint32_t faults;
	int rc = -1;

	for (uint32_t page = 0; page < references->pages; page++) {
		int width = snprintf(NULL, 0, "%" PRIu64, references->name[page]);

		if (width > p.width)
			p.width = width;
	}
	p.cell = calloc((size_t)p.length * frames, sizeof(*p.cell));
	p.fault = calloc(p.length, sizeof(*p.fault));
	if (p.cell && p.fault)
		rc = replacement_simulate(algorithm, references, frames, look, &p, &faults);
	if (!rc)
		print_picture(&p, references, faults);
	free(p.cell);
	free(p.fault);
	return rc ? fail_memory() : EXIT_DONE;
}

static void change_case(const char *name, char *to, size_t size, int (*change)(int))
{
	size_t i;

	for (i = 0; name[i] && i < size - 1; i++)
		to[i] = (char)change((unsigned char)name[i]);
	to[i] = '\0';
}

/* Where more memory meant more faults. */
static void print_anomalies(void)
{
	for (int i = 0; i < NR_ALGORITHMS; i++) {
		for (size_t j = 1; j < replacement.nr; j++) {
			const struct frames_result *fewer = &replacement.results[j - 1];
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
 * replacement_report() - print the faults of each algorithm
 * @lab: the experiment
 *
 * Return: EXIT_DONE, or another exit status after a message.
 */
int replacement_report(struct lab *lab)
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
		change_case(algorithms[i]->name, name, sizeof(name), toupper);
		grid_heading(&t, name, SCOLS_FL_RIGHT);
	}
	for (size_t j = 0; j < replacement.nr; j++) {
		grid_line(&t);
		grid_number(&t, true, replacement.results[j].frames);
		for (int i = 0; i < NR_ALGORITHMS; i++)
			grid_number(&t, true, replacement.results[j].faults[i]);
	}
	rc = grid_end(&t);
	print_anomalies();
	return rc;
}

/**
 * replacement_document() - the same as JSON
 * @lab: the experiment
 * @json: where to
 */
void replacement_document(struct lab *lab, struct json *json)
{
	const struct references *r = &replacement.references;
	char name[16];

	(void)lab;
	json_open(json, "string", '{');
	json_text(json, "source", replacement.source);
	json_number(json, "references", true, r->length);
	json_number(json, "pages", true, r->pages);
	json_close(json, '}');
	json_open(json, "faults", '[');
	for (size_t j = 0; j < replacement.nr; j++) {
		json_open(json, NULL, '{');
		json_number(json, "frames", true, replacement.results[j].frames);
		for (int i = 0; i < NR_ALGORITHMS; i++) {
			change_case(algorithms[i]->name, name, sizeof(name), tolower);
			json_number(json, name, true, replacement.results[j].faults[i]);
		}
		json_close(json, '}');
	}
	json_close(json, ']');
}
