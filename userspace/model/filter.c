// SPDX-License-Identifier: GPL-2.0
/*
 * The filter of the live table
 *
 * Its first character says what it matches, so it works while it is being typed.
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/ascii.h"
#include "model/filter.h"

/**
 * filter_match() - does a row match?
 * @filter: a part of the command's name; the first digits of a pid; @ and the beginning
 *          of a user's name; a slash and more of a control group's path
 * @p: the row, its user and control group looked up
 */
bool filter_match(const char *filter, const struct process *p)
{
	char digits[24];

	switch (*filter) {
	case '\0':
		return true;
	case '@':
		return p->user && strncmp(p->user, filter + 1, strlen(filter + 1)) == 0;
	case '/':
		return p->cgroup && strstr(p->cgroup, filter);
	}
	if (ascii_contains(p->comm, filter))
		return true;
	snprintf(digits, sizeof(digits), "%" PRIu64, p->value[COL_pid]);
	return strncmp(digits, filter, strlen(filter)) == 0;
}
