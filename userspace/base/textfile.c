// SPDX-License-Identifier: GPL-2.0
/*
 * A file that is replaced as a whole
 *
 * Who reads it, the textfile collector of node_exporter for one, comes at any time:
 * it finds the old contents or the new ones, never half of them.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/cleanup.h"
#include "base/errors.h"
#include "base/textfile.h"

static const char *volatile unfinished;	/* the name of the file that is not whole yet */

static void take_away(void)
{
	if (unfinished)
		unlink(unfinished);
}

/* Makes the file that is to be unfinished, or gone, whenever a signal ends us. */
static int make(struct textfile *file)
{
	sigset_t block, before;
	int fd;

	cleanup_on_signal(take_away);
	sigfillset(&block);
	sigprocmask(SIG_BLOCK, &block, &before);
	fd = mkostemp(file->temporary, O_CLOEXEC);
	unfinished = fd < 0 ? NULL : file->temporary;
	sigprocmask(SIG_SETMASK, &before, NULL);
	return fd;
}

/**
 * textfile_drop() - take a file away that will not be whole
 * @file: from textfile_open()
 */
void textfile_drop(struct textfile *file)
{
	if (file->out)
		fclose(file->out);
	unlink(file->temporary);
	unfinished = NULL;
}

static int fail_file(struct textfile *file, const char *what)
{
	int error = errno;

	textfile_drop(file);
	return fail(EXIT_OUTPUT, "%s: %s: %s", file->name, what, strerror(error));
}

/**
 * textfile_open() - begin to write a file
 * @file: to be set up; to be closed with textfile_close() if this succeeds
 * @name: what it is to be called
 *
 * The temporary name is in the same folder, and does not end as the collector
 * wants it.
 *
 * Return: EXIT_DONE, or EXIT_OUTPUT after a message.
 */
int textfile_open(struct textfile *file, const char *name)
{
	int fd;

	*file = (struct textfile){ .name = name };
	snprintf(file->temporary, sizeof(file->temporary), "%s.XXXXXX", name);
	fd = make(file);
	if (fd < 0)
		return fail(EXIT_OUTPUT, "%s: %s", name, strerror(errno));
	file->out = fdopen(fd, "w");
	if (!file->out) {
		close(fd);
		return fail_file(file, "fdopen");
	}
	/* The collector is not root. */
	if (fchmod(fd, 0644))
		return fail_file(file, "chmod");
	return EXIT_DONE;
}

/**
 * textfile_close() - give a file its name, or take it away if it is not whole
 * @file: from textfile_open()
 *
 * Return: EXIT_DONE, or EXIT_OUTPUT after a message.
 */
int textfile_close(struct textfile *file)
{
	FILE *out = file->out;

	errno = 0;
	if (fflush(out) || ferror(out) || fsync(fileno(out)))
		return fail_file(file, "not all could be written");
	file->out = NULL;
	if (fclose(out))
		return fail_file(file, "not all could be written");
	if (rename(file->temporary, file->name))
		return fail_file(file, "rename");
	unfinished = NULL;
	return EXIT_DONE;
}
