// SPDX-License-Identifier: GPL-2.0
/*
 * A short text into a file of /proc, /sys and the like
 */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "base/put.h"

/**
 * put_text() - write a text, at once, into a file that is there
 *
 * Context: anything, also a signal handler.
 * Return: whether all was written; if not, errno says why.
 */
bool put_text(const char *path, const char *text)
{
	int fd = open(path, O_WRONLY | O_CLOEXEC), saved;
	ssize_t len;

	if (fd < 0)
		return false;
	/* After EINTR nothing was changed. */
	do {
		len = write(fd, text, strlen(text));
	} while (len < 0 && errno == EINTR);
	saved = errno;
	close(fd);
	errno = saved;
	return len == (ssize_t)strlen(text);
}
