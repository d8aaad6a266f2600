/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A file that is replaced as a whole
 */
#ifndef PAGESTAT_BASE_TEXTFILE_H
#define PAGESTAT_BASE_TEXTFILE_H

#include <limits.h>
#include <stdio.h>

/**
 * struct textfile - a file being written
 * @name: its final name
 * @temporary: its name until it is complete
 */
struct textfile {
	FILE *out;
	const char *name;
	char temporary[PATH_MAX];
};

int textfile_open(struct textfile *file, const char *name);
int textfile_close(struct textfile *file);
void textfile_drop(struct textfile *file);

#endif /* PAGESTAT_BASE_TEXTFILE_H */
