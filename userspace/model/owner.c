// SPDX-License-Identifier: GPL-2.0
/*
 * Names of the users and control groups of processes
 *
 * The module publishes numbers only: the kernel has no names of users, and the path of
 * a cgroup depends on the cgroup namespace of the reader.
 */
#include <inttypes.h>
#include <limits.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/intern.h"
#include "base/namespace.h"
#include "base/text.h"
#include "model/owner.h"
#include "model/tsv.h"

#define CGROUPFS	"/sys/fs/cgroup"

/**
 * owner_user_name() - the name of a user
 *
 * Return: the number as text if it has no name; NULL if memory ran out.
 */
const char *owner_user_name(uint64_t uid)
{
	static struct {
		uint64_t uid;
		const char *name;
	} kept[64];
	size_t at = uid % (sizeof(kept) / sizeof(*kept));
	char number[24];
	struct passwd *user;

	/* Thousands of rows have few users, and the user directory may be remote. */
	if (kept[at].name && kept[at].uid == uid)
		return kept[at].name;
	/* A number that is no uid_t is of no user, and not of the one with its last 32 bits. */
	user = uid < UINT32_MAX ? getpwuid((uid_t)uid) : NULL;
	snprintf(number, sizeof(number), "%" PRIu64, uid);
	kept[at].name = intern_forever(user ? user->pw_name : number);
	kept[at].uid = uid;
	return kept[at].name;
}

/**
 * owner_user_id() - the number of a user, by name or number; is there one?
 */
bool owner_user_id(const char *name, uint64_t *uid)
{
	struct passwd *user = getpwnam(name);

	if (user)
		*uid = user->pw_uid;
	return user || (text_to_u64(name, uid) == 0 && *uid < UINT32_MAX);
}

static bool has_memory(const char *controllers)
{
	const char *end;

	for (;; controllers = end + 1) {
		end = controllers + strcspn(controllers, ",");
		if (end - controllers == 6 && strncmp(controllers, "memory", 6) == 0)
			return true;
		if (!*end)
			return false;
	}
}

/* A line is ID:CONTROLLERS:PATH; the hierarchy of memory is preferred. */
static const char *choose_hierarchy(FILE *file)
{
	char line[PATH_MAX + 256];
	const char *found = NULL;

	while (fgets(line, sizeof(line), file)) {
		char *controllers = strchr(line, ':');
		char *path = controllers ? strchr(controllers + 1, ':') : NULL;

		if (!path)
			continue;
		*path++ = '\0';
		path[strcspn(path, "\n")] = '\0';
		if (has_memory(controllers + 1))
			return intern(path);
		if (!controllers[1])
			found = intern(path);
	}
	return found;
}

/* From /proc: slower than reading all the module publishes of the process. */
static const char *look_up(uint64_t pid)
{
	const char *proc = getenv("PAGESTAT_PROC");
	const char *found = NULL;
	char path[PATH_MAX];
	FILE *file;

	snprintf(path, sizeof(path), "%s/%" PRIu64 "/cgroup", proc ? proc : "/proc", pid);
	file = fopen(path, "re");
	if (file) {
		found = choose_hierarchy(file);
		fclose(file);
	}
	return found;
}

/* The process may have moved to another group since the id was read. */
static bool has_id(const char *path, uint64_t id)
{
	static const char *const hierarchies[] = { "", "/memory", "/unified" };
	char whole[PATH_MAX];
	struct stat st;

	for (size_t i = 0; i < sizeof(hierarchies) / sizeof(*hierarchies); i++) {
		snprintf(whole, sizeof(whole), CGROUPFS "%s%s", hierarchies[i], path);
		if (stat(whole, &st) == 0 && st.st_ino == id)
			return true;
	}
	return false;
}

/* Cache of paths by id: thousands of processes are in few groups. */
static struct {
	uint64_t id;
	const char *path;
} kept[1024];

/**
 * owner_forget_cgroups() - drop the cache, because control groups may have been renamed
 */
void owner_forget_cgroups(void)
{
	memset(kept, 0, sizeof(kept));
}

/**
 * owner_cgroup() - the control group of a process
 * @id: inode number of the group, 0 if unknown
 *
 * Return: its path below the mount point, NULL if unknown.
 */
const char *owner_cgroup(uint64_t pid, uint64_t id)
{
	const size_t at = id % (sizeof(kept) / sizeof(*kept));
	const char *path;

	if (!namespace_is_initial())
		return NULL;
	if (id && kept[at].id == id)
		return kept[at].path;
	path = look_up(pid);
	if (id && path && has_id(path, id)) {
		kept[at].id = id;
		kept[at].path = path;
	}
	return path;
}

/**
 * owner_cgroup_path() - a control group named on the command line, as in /proc/PID/cgroup
 * @path: with or without the mount point, or the first slash
 *
 * Return: the path, NULL if memory ran out.
 */
const char *owner_cgroup_path(const char *path)
{
	char whole[PATH_MAX];
	size_t len;

	if (strncmp(path, CGROUPFS, strlen(CGROUPFS)) == 0)
		path += strlen(CGROUPFS);
	snprintf(whole, sizeof(whole), "/%s", path + strspn(path, "/"));
	for (len = strlen(whole); len > 1 && whole[len - 1] == '/'; len--)
		whole[len - 1] = '\0';
	return intern_forever(whole);
}

/**
 * owner_cgroup_below() - is control group @cgroup, NULL if unknown, @top or below it?
 */
bool owner_cgroup_below(const char *cgroup, const char *top)
{
	size_t len = strlen(top);

	if (!cgroup || strncmp(cgroup, top, len) != 0)
		return false;
	return len == 1 || cgroup[len] == '/' || !cgroup[len];
}
