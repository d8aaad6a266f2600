/* SPDX-License-Identifier: GPL-2.0 */
/* table.h - a file of tab-separated columns, as the tests read it */
#ifndef SELFTESTS_TABLE_H
#define SELFTESTS_TABLE_H

#include <stdio.h>

#define TABLE_COLUMNS 128

/* Print what is wrong with which file or column, and end the program. */
void table_die(const char *what, const char *which);

/* Split a line in place; returns the number of columns. */
int table_split(char *line, char **column);

/* The index of a column, or -1. */
int table_find(char **column, int nr, const char *name);

/* Open one of pagestat's files; its header line is split into @column, @nr. */
FILE *table_open(const char *file, char **column, int *nr);

#endif /* SELFTESTS_TABLE_H */
