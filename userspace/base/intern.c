// SPDX-License-Identifier: GPL-2.0
/*
 * One copy of each text: thousands of rows share a few users and cgroups
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
 * intern() - one copy of a text for all who use it
 *
 * Return: the same pointer for the same text, valid until the program ends; NULL if memory
 * ran out.
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
