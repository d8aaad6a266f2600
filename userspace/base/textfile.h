/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A file that is replaced as a whole
 */
#ifndef PAGESTAT_BASE_TEXTFILE_H
#define PAGESTAT_BASE_TEXTFILE_H

#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <sys/types.h>

#define STANDARD_OUTPUT	"standard output"

/**
 * struct textfile - a file being written
 * @out: where to write
 * @name: what messages call it
 * @target: its final name, symbolic links followed
 * @temporary: its name until it is complete; "" if the target is no regular file
 * @direct: the target, if that is no regular file; else -1
 */
struct textfile {
	FILE *out;
	const char *name;
	char target[PATH_MAX];
	char temporary[PATH_MAX];
	int direct;
};

bool textfile_is_stdout(const char *name);
int textfile_open_special(const char *name, bool *special);
int textfile_open(struct textfile *file, const char *name, mode_t most);
int textfile_close(struct textfile *file);
void textfile_drop(struct textfile *file);

#endif /* PAGESTAT_BASE_TEXTFILE_H */
