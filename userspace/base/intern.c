// SPDX-License-Identifier: GPL-2.0
/*
 * One copy of each text: thousands of rows share a few users and cgroups
 *
 * Where names come and go for days, those that nobody asked for any more are freed.
 */
#include <limits.h>
#include <search.h>
#include <stdlib.h>
#include <string.h>

#include "base/intern.h"

#define FOREVER	UINT_MAX

/* @used: in which round it was asked for last */
struct kept_text {
	unsigned int used;
	char text[];
};

static void *all;
static unsigned int round_now;
static size_t nr;

static int compare(const void *a, const void *b)
{
	return strcmp(((const struct kept_text *)a)->text, ((const struct kept_text *)b)->text);
}

static const char *find_or_add(const char *text, unsigned int used)
{
	size_t size = sizeof(struct kept_text) + strlen(text) + 1;
	struct kept_text *entry = malloc(size), **kept;

	if (!entry)
		return NULL;
	strcpy(entry->text, text);
	entry->used = used;
	kept = tsearch(entry, &all, compare);
	if (!kept || *kept != entry)
		free(entry);
	else
		nr++;
	if (!kept)
		return NULL;
	if ((*kept)->used != FOREVER)
		(*kept)->used = used;
	return (*kept)->text;
}

/**
 * intern() - one copy of a text for all who use it
 *
 * Return: the same pointer for the same text, valid until the second intern_sweep() after
 * it was asked for last; NULL if memory ran out.
 */
const char *intern(const char *text)
{
	return find_or_add(text, round_now);
}

/**
 * intern_forever() - the same, valid until the program ends
 */
const char *intern_forever(const char *text)
{
	return find_or_add(text, FOREVER);
}

/* Lists the texts to be freed, as the tree must not change while it is walked. */
static void collect(const void *node, VISIT visit, void *arg)
{
	struct kept_text *entry = *(struct kept_text *const *)node, ***end = arg;

	if ((visit == postorder || visit == leaf) && entry->used != FOREVER &&
	    entry->used != round_now)
		*(*end)++ = entry;
}

/**
 * intern_sweep() - free all texts that were not asked for since the last call
 *
 * Texts of intern_forever() stay.
 */
void intern_sweep(void)
{
	struct kept_text **unused = calloc(nr + 1, sizeof(struct kept_text *)), **end = unused;

	/* Without memory they stay for now. */
	if (!unused)
		return;
	twalk_r(all, collect, &end);
	for (struct kept_text **entry = unused; entry < end; entry++) {
		tdelete(*entry, &all, compare);
		free(*entry);
		nr--;
	}
	free(unused);
	round_now = (round_now + 1) % FOREVER;
}

/**
 * intern_count() - how many texts there are
 */
size_t intern_count(void)
{
	return nr;
}
