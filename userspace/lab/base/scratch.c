// SPDX-License-Identifier: GPL-2.0
/*
 * A file for an experiment: it has no name, and is gone when it is closed
 */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "experiment/pagemap.h"
#include "experiment/worker.h"
#include "lab/base/scratch.h"

static const char zeroes[65536];

/**
 * scratch_file() - in the worker: make a file, in $TMPDIR or /var/tmp
 * @pages: of zeroes in it
 *
 * Return: its descriptor.
 */
int scratch_file(size_t pages)
{
	const char *dir = getenv("TMPDIR");
	char path[PATH_MAX];
	int fd;

	snprintf(path, sizeof(path), "%s/pagestat-lab.XXXXXX", dir ? dir : "/var/tmp");
	fd = mkostemp(path, O_CLOEXEC);
	if (fd < 0)
		worker_give_up(path);
	unlink(path);
	scratch_write(fd, pages);
	return fd;
}

/**
 * scratch_write() - in the worker: write pages of a file
 * @fd: the file
 * @pages: how many, from its beginning
 */
void scratch_write(int fd, size_t pages)
{
	size_t size = pages * page_size();

	for (size_t at = 0; at < size; at += sizeof(zeroes)) {
		size_t some = size - at < sizeof(zeroes) ? size - at : sizeof(zeroes);

		if (pwrite(fd, zeroes, some, (off_t)at) != (ssize_t)some)
			worker_give_up("write");
	}
}

/**
 * scratch_read() - in the worker: read pages of a file
 * @fd: the file
 * @pages: how many, from its beginning
 */
void scratch_read(int fd, size_t pages)
{
	static char buffer[sizeof(zeroes)];
	size_t size = pages * page_size();

	for (size_t at = 0; at < size; at += sizeof(buffer))
		if (pread(fd, buffer, sizeof(buffer), (off_t)at) <= 0)
			worker_give_up("read");
}

/**
 * scratch_write_back() - in the worker: have a file on its disk, and not in memory
 * @fd: the file
 * @pages: how many it has
 */
void scratch_write_back(int fd, size_t pages)
{
	size_t size = pages * page_size();
	unsigned char *in_memory = malloc(pages);
	char *mem;

	if (fsync(fd) || posix_fadvise(fd, 0, 0, POSIX_FADV_DONTNEED))
		worker_give_up("fsync");
	mem = mmap(NULL, size, PROT_READ, MAP_SHARED, fd, 0);
	if (!in_memory || mem == MAP_FAILED || mincore(mem, size, in_memory))
		worker_give_up("mincore");
	for (size_t i = 0; i < pages; i++) {
		errno = ENOTSUP;
		if (in_memory[i] & 1)
			worker_give_up("TMPDIR is in memory (tmpfs), and not on a disk");
	}
	munmap(mem, size);
	free(in_memory);
}
