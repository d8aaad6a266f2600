// SPDX-License-Identifier: GPL-2.0
/*
 * A file that is replaced as a whole
 *
 * A reader like the textfile collector of node_exporter sees the old contents or the
 * new ones at any time, never a part.
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

static const char *volatile unfinished;	/* temporary name of the file */

static void remove_unfinished(void)
{
	if (unfinished)
		unlink(unfinished);
}

/* Signals are blocked so that the file is removed whenever one ends the process. */
static int make_temporary(struct textfile *file)
{
	sigset_t block, before;
	int fd;

	cleanup_on_signal(remove_unfinished);
	sigfillset(&block);
	sigprocmask(SIG_BLOCK, &block, &before);
	fd = mkostemp(file->temporary, O_CLOEXEC);
	unfinished = fd < 0 ? NULL : file->temporary;
	sigprocmask(SIG_SETMASK, &before, NULL);
	return fd;
}

/**
 * textfile_drop() - remove a file that will not be complete
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
 * @name: its final name
 *
 * The temporary name is in the same folder, and has no suffix that the collector reads.
 */
int textfile_open(struct textfile *file, const char *name)
{
	int fd;

	*file = (struct textfile){ .name = name };
	snprintf(file->temporary, sizeof(file->temporary), "%s.XXXXXX", name);
	fd = make_temporary(file);
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
 * textfile_close() - give a file its name, or remove it if not all could be written
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
