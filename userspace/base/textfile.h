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
 * @out: where to write
 * @name: what it is to be called
 * @temporary: what it is called until it is whole
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
