// SPDX-License-Identifier: GPL-2.0
/*
 * A filter as one types it: what it is about shows from its first character, so
 * that every beginning of it is a filter, too
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "model/filter.h"

/**
 * filter_match() - does a row match?
 * @filter: a name or a part of one; the first digits of a pid; @ and a user; a part
 *          of a control group's path, from a slash on
 * @p: the row, its user and control group looked up
 *
 * Return: whether it does.
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
	if (strcasestr(p->comm, filter))
		return true;
	snprintf(digits, sizeof(digits), "%" PRIu64, p->value[COL_pid]);
	return strncmp(digits, filter, strlen(filter)) == 0;
}
