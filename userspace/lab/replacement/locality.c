// SPDX-License-Identifier: GPL-2.0
/*
 * Strings with locality, as programs have: for some time they use few of their
 * pages, the working set, and then others
 */
#include <errno.h>
#include <stdlib.h>

#include "lab/replacement/replacement.h"

/* A generator of our own: the same seed gives the same string on every machine. */
static uint64_t chance(uint64_t *state)
{
	uint64_t x = *state += UINT64_C(0x9e3779b97f4a7c15);

	x = (x ^ x >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	x = (x ^ x >> 27) * UINT64_C(0x94d049bb133111eb);
	return x ^ x >> 31;
}

static uint32_t below(uint64_t *state, uint32_t limit)
{
	return (uint32_t)((chance(state) >> 32) * limit >> 32);
}

/* The first @locality->set of @page become pages drawn from all of them. */
static void draw_set(const struct locality *locality, uint32_t *page, uint64_t *state)
{
	for (uint32_t i = 0; i < locality->set; i++) {
		uint32_t other = i + below(state, locality->pages - i);
		uint32_t drawn = page[other];

		page[other] = page[i];
		page[i] = drawn;
	}
}

/**
 * references_generate() - make a reference string with locality
 * @references: to fill in; references_free() it
 * @locality: how; all of it at least one, but for @stray and @seed, and the working
 *	set no more than all pages
 *
 * Return: 0, -EINVAL if @locality is not as above, or as references_make().
 */
int references_generate(struct references *references, const struct locality *locality)
{
	uint64_t state = locality->seed;
	uint32_t *page;
	uint64_t *name;
	int rc = -ENOMEM;

	*references = (struct references){ 0 };
	if (!locality->length || !locality->phase || !locality->set ||
	    locality->set > locality->pages)
		return -EINVAL;
	page = calloc(locality->pages, sizeof(*page));
	name = calloc(locality->length, sizeof(*name));
	if (!page || !name)
		goto out;
	for (uint32_t i = 0; i < locality->pages; i++)
		page[i] = i;
	for (uint32_t i = 0; i < locality->length; i++) {
		bool stray;

		if (i % locality->phase == 0)
			draw_set(locality, page, &state);
		stray = below(&state, 100) < locality->stray;
		name[i] = page[below(&state, stray ? locality->pages : locality->set)];
	}
	rc = references_make(references, name, locality->length);
out:
	free(page);
	free(name);
	return rc;
}
