// SPDX-License-Identifier: GPL-2.0
/*
 * A file to play with: it has no name, so nobody finds it, and it goes with us
 */
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "lab/scratch.h"
#include "pagemap.h"
#include "worker.h"

/**
 * scratch_file() - in the worker: make a file, in $TMPDIR or /var/tmp
 * @pages: of zeroes in it
 *
 * Return: its descriptor.
 */
int scratch_file(size_t pages)
{
	static const char zeroes[65536];
	const char *dir = getenv("TMPDIR");
	size_t left = pages * page_size();
	char path[PATH_MAX];
	int fd;

	snprintf(path, sizeof(path), "%s/pagestat-lab.XXXXXX", dir ? dir : "/var/tmp");
	fd = mkostemp(path, O_CLOEXEC);
	if (fd < 0)
		give_up(path);
	unlink(path);
	while (left) {
		size_t some = left < sizeof(zeroes) ? left : sizeof(zeroes);

		if (write(fd, zeroes, some) != (ssize_t)some)
			give_up("write");
		left -= some;
	}
	return fd;
}
