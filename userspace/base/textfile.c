// SPDX-License-Identifier: GPL-2.0
/*
 * A file that is replaced as a whole
 *
 * A reader like the textfile collector of node_exporter sees the old contents or the
 * new ones at any time, never a part.  A device or a pipe cannot be replaced: it gets the
 * contents when they are complete.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/cleanup.h"
#include "base/errors.h"
#include "base/textfile.h"

#define SUFFIX	".XXXXXX"	/* for mkostemp(); the collector reads no file with it */

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
	if (file->direct >= 0)
		close(file->direct);
	else
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
 * textfile_is_stdout() - does a name on the command line mean standard output?
 */
bool textfile_is_stdout(const char *name)
{
	return strcmp(name, "-") == 0 || strcmp(name, "/dev/stdout") == 0;
}

/* Names of files that are open already, which may be regular files as well. */
static bool is_descriptor(const char *name)
{
	return strncmp(name, "/dev/fd/", 8) == 0 || strncmp(name, "/proc/", 6) == 0 ||
	       strcmp(name, "/dev/stderr") == 0;
}

/**
 * textfile_open_special() - open for writing what cannot be replaced by a new file
 * @name: a file, "-" for standard output
 * @special: gets whether it is a device, a pipe, a socket, or a file that is open already
 *
 * Return: the open file if @special, else -1; -1 with errno set if it cannot be opened.
 */
int textfile_open_special(const char *name, bool *special)
{
	struct stat st;

	*special = true;
	if (textfile_is_stdout(name))
		return fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
	*special = is_descriptor(name) || (stat(name, &st) == 0 && !S_ISREG(st.st_mode) &&
					   !S_ISDIR(st.st_mode));
	return *special ? open(name, O_WRONLY | O_APPEND | O_CLOEXEC | O_NOCTTY) : -1;
}

/* Follows symbolic links, so that they stay.  Return: 0, or -1 with errno set. */
static int find_target(struct textfile *file, const char *name, struct stat *old)
{
	struct stat link;

	*old = (struct stat){ 0 };
	if (stat(name, old) == 0)
		return realpath(name, file->target) ? 0 : -1;
	if (errno != ENOENT || lstat(name, &link) == 0)
		return -1;
	if (strlen(name) >= sizeof(file->target)) {
		errno = ENAMETOOLONG;
		return -1;
	}
	strcpy(file->target, name);
	return 0;
}

/* As open(2) would make it; umask(2) cannot be read without setting it. */
static mode_t mode_of_new_files(void)
{
	mode_t mask = umask(077);

	umask(mask);
	return 0666 & ~mask;
}

/* The new file belongs to whom the one that it replaces belongs to, as far as possible. */
static int set_owner_and_mode(int fd, const struct stat *old, mode_t most)
{
	mode_t mode = old->st_nlink ? old->st_mode & 0777 : mode_of_new_files();
	struct stat now;

	if (old->st_nlink && fchown(fd, old->st_uid, old->st_gid) &&
	    (fstat(fd, &now) || now.st_gid != old->st_gid))
		mode &= ~0070u;	/* not meant for this group */
	return fchmod(fd, mode & most);
}

/* The contents are kept in memory until they are complete. */
static int open_direct(struct textfile *file, const char *name)
{
	int fd;

	if (file->direct < 0)
		return fail(EXIT_OUTPUT, "%s: %s", name, strerror(errno));
	fd = memfd_create("pagestat", MFD_CLOEXEC);
	file->out = fd < 0 ? NULL : fdopen(fd, "w+");
	if (file->out)
		return EXIT_DONE;
	if (fd >= 0)
		close(fd);
	return fail_file(file, "memory for it");
}

/**
 * textfile_open() - begin to write a file
 * @file: to be set up; to be closed with textfile_close() if this succeeds
 * @name: its name, "-" for standard output
 * @most: permissions that it may have at most; 0666 for those of any new file
 *
 * The temporary name is in the same folder.
 */
int textfile_open(struct textfile *file, const char *name, mode_t most)
{
	struct stat old;
	bool special;
	int fd;

	*file = (struct textfile){
		.name = textfile_is_stdout(name) ? STANDARD_OUTPUT : name,
		.direct = -1,
	};
	file->direct = textfile_open_special(name, &special);
	if (special)
		return open_direct(file, name);
	if (find_target(file, name, &old))
		return fail(EXIT_OUTPUT, "%s: %s", name,
			    errno == ENOENT ? "a symbolic link to nothing" : strerror(errno));
	if ((size_t)snprintf(file->temporary, sizeof(file->temporary), "%s" SUFFIX,
			     file->target) >= sizeof(file->temporary))
		return fail(EXIT_OUTPUT, "%s: %s", name, strerror(ENAMETOOLONG));
	fd = make_temporary(file);
	if (fd < 0)
		return fail(EXIT_OUTPUT, "%s: %s", name, strerror(errno));
	file->out = fdopen(fd, "w");
	if (!file->out) {
		close(fd);
		return fail_file(file, "fdopen");
	}
	if (set_owner_and_mode(fd, &old, most))
		return fail_file(file, "chmod");
	return EXIT_DONE;
}

/* Return: 0, or -1 with errno set. */
static int copy(int from, int to)
{
	char buffer[65536];
	ssize_t n;

	if (lseek(from, 0, SEEK_SET))
		return -1;
	while ((n = read(from, buffer, sizeof(buffer))) > 0) {
		for (ssize_t done = 0, part; done < n; done += part) {
			part = write(to, buffer + done, (size_t)(n - done));
			if (part < 0 && errno != EINTR)
				return -1;
			part = part < 0 ? 0 : part;
		}
	}
	return (int)n;
}

static int close_direct(struct textfile *file)
{
	/* What was printed before comes first. */
	fflush(stdout);
	if (copy(fileno(file->out), file->direct))
		return fail_file(file, "not all could be written");
	fclose(file->out);
	file->out = NULL;
	if (close(file->direct) == 0)
		return EXIT_DONE;
	return fail(EXIT_OUTPUT, "%s: not all could be written: %s", file->name,
		    strerror(errno));
}

/**
 * textfile_close() - give a file its name, or remove it if not all could be written
 */
int textfile_close(struct textfile *file)
{
	FILE *out = file->out;

	errno = 0;
	if (fflush(out) || ferror(out))
		return fail_file(file, "not all could be written");
	if (file->direct >= 0)
		return close_direct(file);
	if (fsync(fileno(out)))
		return fail_file(file, "not all could be written");
	file->out = NULL;
	if (fclose(out))
		return fail_file(file, "not all could be written");
	if (rename(file->temporary, file->target))
		return fail_file(file, "rename");
	unfinished = NULL;
	return EXIT_DONE;
}
