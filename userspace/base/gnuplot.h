/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A picture drawn by gnuplot
 */
#ifndef PAGESTAT_BASE_GNUPLOT_H
#define PAGESTAT_BASE_GNUPLOT_H

#include <sys/types.h>

#include "base/textfile.h"

/**
 * struct gnuplot - a picture being drawn
 * @in: where its commands go
 * @pid: of gnuplot
 * @picture: what it draws
 * @last: what a complete picture ends with
 */
struct gnuplot {
	FILE *in;
	pid_t pid;
	struct textfile picture;
	const char *last;
};

int gnuplot_check(const char *path);
int gnuplot_open(struct gnuplot *gnuplot, const char *path, mode_t most);
void gnuplot_text(FILE *in, const char *text);
int gnuplot_close(struct gnuplot *gnuplot);

#endif /* PAGESTAT_BASE_GNUPLOT_H */
