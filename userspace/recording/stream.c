// SPDX-License-Identifier: GPL-2.0
/*
 * A recording that comes through a pipe
 *
 * Readers of recordings go back and forth, and some read them twice, which a pipe cannot.
 * So what has come is kept in a file without a name, and is read from there.  Only what
 * nobody has asked for yet is waited for: what is being recorded is shown meanwhile.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/stop.h"
#include "recording/stream.h"

/**
 * struct stream - a pipe, and what has come from it
 * @path: of the pipe, as given
 * @in: the pipe
 * @kept: what has come
 * @size: how many bytes that are
 *
 * There is one at most, and it stays open: a pipe cannot be opened for a second time.
 */
static struct stream {
	char *path;
	int in;
	FILE *kept;
	off_t size;
} stream;

/* Waits for more.  Return: bytes, 0 at the end or when asked to stop, -1 with errno set. */
static ssize_t take_more(void)
{
	char buffer[65536];
	ssize_t n;

	do {
		n = stop_asked() ? 0 : read(stream.in, buffer, sizeof(buffer));
	} while (n < 0 && errno == EINTR);
	if (n > 0 && pwrite(fileno(stream.kept), buffer, (size_t)n, stream.size) != n)
		return -1;
	stream.size += n > 0 ? n : 0;
	return n;
}

/* Functions of fopencookie(); a cookie is the position. */
static ssize_t cookie_read(void *cookie, char *buffer, size_t size)
{
	off_t *at = cookie;
	ssize_t n = 1;

	while (*at >= stream.size && n > 0)
		n = take_more();
	if (n > 0)
		n = pread(fileno(stream.kept), buffer, size, *at);
	*at += n > 0 ? n : 0;
	return n;
}

static int cookie_seek(void *cookie, off_t *offset, int whence)
{
	off_t *at = cookie;
	ssize_t n = 1;

	while (whence == SEEK_END && n > 0)
		n = take_more();
	if (n < 0)
		return -1;
	*offset += whence == SEEK_CUR ? *at : whence == SEEK_END ? stream.size : 0;
	*at = *offset;
	return 0;
}

static int cookie_close(void *cookie)
{
	free(cookie);
	return 0;
}

static FILE *open_cookie(void)
{
	const cookie_io_functions_t functions = {
		.read = cookie_read,
		.seek = cookie_seek,
		.close = cookie_close,
	};
	off_t *at = calloc(1, sizeof(*at));
	FILE *file = at ? fopencookie(at, "r", functions) : NULL;

	if (!file)
		free(at);
	return file;
}

static int open_input(const char *path)
{
	if (strcmp(path, "-") == 0 || strcmp(path, "/dev/stdin") == 0)
		return fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
	return open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
}

/**
 * stream_open() - open a file for reading and seeking, though it may be a pipe
 * @path: "-" for standard input
 *
 * Return: the file, to be closed with fclose(); NULL with errno set.
 */
FILE *stream_open(const char *path)
{
	struct stat st;
	FILE *file;
	int fd;

	if (stream.path && strcmp(stream.path, path) == 0)
		return open_cookie();
	fd = open_input(path);
	if (fd < 0 || fstat(fd, &st))
		return NULL;
	if (S_ISREG(st.st_mode) || S_ISDIR(st.st_mode) || stream.path) {
		/* Standard input may have been read before: a recording is the whole file. */
		if (S_ISREG(st.st_mode))
			lseek(fd, 0, SEEK_SET);
		file = fdopen(fd, "r");
		if (!file)
			close(fd);
		return file;
	}
	stream = (struct stream){ .path = strdup(path), .in = fd, .kept = tmpfile() };
	return stream.path && stream.kept ? open_cookie() : NULL;
}
