// SPDX-License-Identifier: GPL-2.0
/*
 * Find, open and read the module's files
 *
 * Problems of an installation show here first, so every message says what to do.
 */
#include <errno.h>
#include <fcntl.h>
#include <mntent.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/errors.h"
#include "base/gettext.h"
#include "base/namespace.h"
#include "base/text.h"
#include "model/reader.h"
#include "uapi/pagestat.h"

#define DEBUGFS		"/sys/kernel/debug"
#define LOCKDOWN	"/sys/kernel/security/lockdown"
#define FIRST_READ	65536

/*
 * The module's directory: in the first debugfs that may be searched, or bind-mounted by
 * itself under the same name.
 *
 * Return: whether a debugfs is mounted.
 */
static bool find_dir(char *dir, size_t size)
{
	struct mntent *mount;
	bool mounted = false;
	char path[PATH_MAX];
	FILE *mounts;

	snprintf(dir, size, "%s/" PAGESTAT_DIR, DEBUGFS);
	mounts = setmntent("/proc/self/mounts", "re");
	if (!mounts)
		return false;
	while ((mount = getmntent(mounts))) {
		const char *name = strrchr(mount->mnt_dir, '/');
		bool bound = name && strcmp(name + 1, PAGESTAT_DIR) == 0;

		if (strcmp(mount->mnt_type, "debugfs") != 0)
			continue;
		snprintf(path, sizeof(path), "%s%s", mount->mnt_dir,
			 bound ? "" : "/" PAGESTAT_DIR);
		if (!mounted)
			snprintf(dir, size, "%s", path);
		mounted = true;
		if (access(path, X_OK) == 0) {
			snprintf(dir, size, "%s", path);
			break;
		}
	}
	endmntent(mounts);
	return mounted;
}

/* The lockdown mode of the kernel, "unknown" if it is not published. */
static void lockdown_state(char *state, size_t size)
{
	FILE *file = fopen(LOCKDOWN, "re");

	if (!file || !fgets(state, (int)size, file))
		snprintf(state, size, "unknown");
	state[strcspn(state, "\n")] = '\0';
	if (file)
		fclose(file);
}

static int fail_path(const char *path, int error)
{
	char state[80];

	switch (error) {
	case EACCES:
		return fail(EXIT_DENIED, _("%s: permission denied. These numbers are for root: try sudo pagestat"),
			    path);
	case EPERM:
		lockdown_state(state, sizeof(state));
		return fail(EXIT_DENIED, "%s: a security policy of this kernel forbids it to root, too. Lockdown (" LOCKDOWN ") is: %s",
			    path, state);
	case ENOMEM:
		return fail(EXIT_SYSTEM, "%s: out of memory", path);
	case ENOBUFS:
		return fail(EXIT_SYSTEM, "%s: too many of the module's files are open, and each keeps a snapshot in memory; close some",
			    path);
	default:
		return fail(EXIT_BAD_DATA, "%s: %s", path, strerror(error));
	}
}

/*
 * Reads all of @path into @text and adds a NUL.  The module makes a snapshot at open(),
 * so the file is read to its end at once.  Return: 0 or an errno.
 */
static int slurp(const char *path, char **text, size_t *len)
{
	size_t size = FIRST_READ;
	int fd, error = 0;
	char *larger;

	*text = NULL;
	*len = 0;

	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return errno;

	for (;;) {
		ssize_t n;

		if (!*text || *len + 1 == size) {
			size = *text ? size * 2 : size;
			larger = realloc(*text, size);
			if (!larger) {
				error = ENOMEM;
				break;
			}
			*text = larger;
		}

		n = read(fd, *text + *len, size - *len - 1);
		if (n == 0)
			break;
		if (n > 0) {
			*len += (size_t)n;
		} else if (errno != EINTR) {
			error = errno;
			break;
		}
	}
	close(fd);

	if (error) {
		free(*text);
		*text = NULL;
	} else {
		(*text)[*len] = '\0';
	}
	return error;
}

/* Can this tool read the files of this module? */
static int check_abi(struct reader *reader)
{
	char *text;
	size_t len;
	int rc;

	snprintf(reader->path, sizeof(reader->path), "%s/version", reader->dir);
	rc = slurp(reader->path, &text, &len);
	if (rc)
		return fail_path(reader->path, rc);

	if (len && text[len - 1] == '\n')
		text[--len] = '\0';
	if (strlen(text) != len || text_to_u64(text, &reader->abi) || !reader->abi)
		rc = fail(EXIT_BAD_DATA, "%s: \"%.40s\" is no version of the interface. Is this a file of pagestat?",
			  reader->path, text);
	else if (reader->abi > PAGESTAT_ABI)
		rc = fail(EXIT_BAD_DATA, "%s: the module has version %llu of the interface, and this tool knows up to %d. Update the tool",
			  reader->path, (unsigned long long)reader->abi, PAGESTAT_ABI);
	free(text);
	return rc;
}

/**
 * reader_open() - find the module's files and check their version
 *
 * They are below the directory in the environment variable PAGESTAT_DEBUGFS, if it is set,
 * else where debugfs, or the module's part of it, is mounted.
 */
int reader_open(struct reader *reader)
{
	const char *debugfs = getenv("PAGESTAT_DEBUGFS");
	bool mounted = true;

	if (debugfs)
		snprintf(reader->dir, sizeof(reader->dir), "%s/" PAGESTAT_DIR, debugfs);
	else
		mounted = find_dir(reader->dir, sizeof(reader->dir));

	if (access(reader->dir, X_OK) == 0) {
		if (!namespace_is_initial())
			notice("process ids are those of the initial PID namespace, and this is another one, where cgroups cannot be looked up");
		return check_abi(reader);
	}
	if (errno != ENOENT)
		return fail_path(reader->dir, errno);
	if (!mounted)
		return fail(EXIT_NO_MODULE, _("debugfs is not mounted. Try: mount -t debugfs none %s"),
			    DEBUGFS);
	return fail(EXIT_NO_MODULE, _("%s: not there, so the module is not loaded. Try: modprobe pagestat"),
		    reader->dir);
}

/**
 * reader_has() - does the module have a file? Older ones lack some.
 */
bool reader_has(const struct reader *reader, const char *file)
{
	char path[sizeof(reader->path)];

	snprintf(path, sizeof(path), "%s/%s", reader->dir, file);
	return access(path, F_OK) == 0;
}

/**
 * reader_read() - read one file, at once
 * @reader: keeps the path that messages about @tsv name
 * @tsv: to be freed with tsv_free() if this succeeds
 */
int reader_read(struct reader *reader, const char *file, struct tsv *tsv)
{
	char *text;
	size_t len;
	int rc;

	snprintf(reader->path, sizeof(reader->path), "%s/%s", reader->dir, file);
	rc = slurp(reader->path, &text, &len);
	if (rc == ENOENT && access(reader->dir, F_OK) != 0)
		return fail(EXIT_NO_MODULE, "%s: gone: the module was unloaded. Try: modprobe pagestat",
			    reader->path);
	if (rc == ENOENT)
		return fail(EXIT_BAD_DATA, "%s: missing, though the module is loaded. " TSV_RELEASES,
			    reader->path);
	if (rc)
		return fail_path(reader->path, rc);

	rc = tsv_parse(tsv, reader->path, text, len);
	if (rc)
		tsv_free(tsv);
	return rc;
}
