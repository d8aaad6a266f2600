// SPDX-License-Identifier: GPL-2.0
/*
 * Texts that are kept once: thousands of rows share a few users and cgroups
 */
#include <search.h>
#include <stdlib.h>
#include <string.h>

#include "base/intern.h"

static int compare(const void *a, const void *b)
{
	return strcmp(a, b);
}

/**
 * intern() - a text that lasts
 * @text: to be kept
 *
 * Return: the same text for the same bytes, for as long as the program runs; NULL
 * if memory ran out.
 */
const char *intern(const char *text)
{
	static void *all;
	char *copy, **kept;

	kept = tfind(text, &all, compare);
	if (kept)
		return *kept;
	copy = strdup(text);
	kept = copy ? tsearch(copy, &all, compare) : NULL;
	if (!kept)
		free(copy);
	return kept ? *kept : NULL;
}
