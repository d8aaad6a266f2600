// SPDX-License-Identifier: GPL-2.0
/*
 * replacement: the frames after each reference, as textbooks draw them
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

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
 * page_replacement_draw() - print the frames after each fault
 * @references: the string, a short one
 * @algorithm: that chooses
 * @frames: how many
 *
 * Return: EXIT_DONE, or another exit status after a message.
 */
int page_replacement_draw(const struct references *references,
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
