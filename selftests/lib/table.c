// SPDX-License-Identifier: GPL-2.0
/* table.c - a file of tab-separated columns, as the tests read it */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "counters.h"
#include "table.h"

void table_die(const char *what, const char *which)
{
	fprintf(stderr, "# %s %s\n", what, which);
	exit(1);
}

int table_split(char *line, char **column)
{
	int nr = 0;

	line[strcspn(line, "\n")] = '\0';
	while (line && nr < TABLE_COLUMNS)
		column[nr++] = strsep(&line, "\t");
	return nr;
}

int table_find(char **column, int nr, const char *name)
{
	int i;

	for (i = 0; i < nr; i++)
		if (!strcmp(column[i], name))
			return i;
	return -1;
}

FILE *table_open(const char *file, char **column, int *nr)
{
	static char header[4096];
	char path[256];
	FILE *f;

	snprintf(path, sizeof(path), DEBUGFS "%s", file);
	f = fopen(path, "r");
	if (!f)
		table_die("cannot open", path);
	if (!fgets(header, sizeof(header), f))
		table_die("empty:", path);
	*nr = table_split(header, column);
	return f;
}
