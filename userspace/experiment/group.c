// SPDX-License-Identifier: GPL-2.0
/*
 * Where control groups are: cgroup v2
 */
#include <mntent.h>
#include <stdio.h>
#include <string.h>

#include "experiment/group.h"

/**
 * group_root() - the folder that the groups are in
 * @mounts: the file that lists what is mounted
 * @root: gets it
 *
 * Return: false if there is none.
 */
bool group_root(const char *mounts, char *root, size_t size)
{
	FILE *file = setmntent(mounts, "re");
	struct mntent *m;

	*root = '\0';
	while (file && !*root && (m = getmntent(file)))
		if (strcmp(m->mnt_type, "cgroup2") == 0)
			snprintf(root, size, "%s", m->mnt_dir);
	if (file)
		endmntent(file);
	return *root;
}
