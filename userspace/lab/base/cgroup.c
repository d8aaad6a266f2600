// SPDX-License-Identifier: GPL-2.0
/*
 * A control group of the lab's own, with a limit of memory: cgroup v2
 */
#include <errno.h>
#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/errors.h"
#include "base/gettext.h"
#include "base/put.h"
#include "experiment/group.h"
#include "experiment/worker.h"
#include "lab/base/cgroup.h"

static char root[PATH_MAX - 64];
static char group[PATH_MAX];
static bool enabled;	/* by us: the controller, for the root's children */

static bool put(const char *dir, const char *file, const char *text)
{
	char path[PATH_MAX + 64];

	snprintf(path, sizeof(path), "%s/%s", dir, file);
	return put_text(path, text);
}

static bool has(const char *dir, const char *file)
{
	char path[PATH_MAX + 64];

	snprintf(path, sizeof(path), "%s/%s", dir, file);
	return access(path, F_OK) == 0;
}

static int cannot(const char *path)
{
	return fail(errno == EACCES || errno == EPERM ? EXIT_DENIED : EXIT_CANNOT,
		    _("lab: this experiment makes a control group for itself, and cannot: %s: %s; be root, and not in a container"),
		    path, strerror(errno));
}

/**
 * lab_group_make() - make the group
 *
 * Return: EXIT_DONE, or another exit status after a message.
 */
int lab_group_make(void)
{
	int rc;

	if (!group_root("/proc/self/mounts", root, sizeof(root)))
		return fail(EXIT_CANNOT, _("lab: this experiment needs control groups: mount -t cgroup2 none /sys/fs/cgroup"));
	snprintf(group, sizeof(group), "%s/pagestat-lab-%d", root, (int)getpid());
	if (mkdir(group, 0755)) {
		rc = cannot(group);
		*group = '\0';
		return rc;
	}
	if (has(group, "memory.max"))
		return EXIT_DONE;
	if (put(root, "cgroup.subtree_control", "+memory"))
		enabled = true;
	if (has(group, "memory.max"))
		return EXIT_DONE;
	rc = fail(EXIT_CANNOT, _("lab: this experiment needs memory control groups, version 2: %s has no memory.max (boot with cgroup_no_v1=memory?)"),
		  group);
	lab_group_remove();
	return rc;
}

/**
 * lab_group_set() - set a limit of it
 * @file: which
 * @value: in bytes; UINT64_MAX for none
 *
 * Return: EXIT_DONE, or another exit status after a message.
 */
int lab_group_set(const char *file, uint64_t value)
{
	char text[24] = "max";

	if (value != UINT64_MAX)
		snprintf(text, sizeof(text), "%" PRIu64, value);
	if (put(group, file, text) || (!value && errno == ENOENT))
		return EXIT_DONE;	/* without swap there is no limit of it */
	return fail(EXIT_CANNOT, _("lab: cannot write \"%s\" into %s/%s: %s"), text, group,
		    file, strerror(errno));
}

/**
 * lab_group_enter() - in the worker: go into it
 */
void lab_group_enter(void)
{
	if (!put(group, "cgroup.procs", "0"))
		worker_give_up("cgroup.procs");
}

/**
 * lab_group_read() - read a number of it
 * @file: which has lines of a key and a number
 * @key: which
 * @value: gets it
 *
 * Return: whether it is there.
 */
bool lab_group_read(const char *file, const char *key, uint64_t *value)
{
	char path[PATH_MAX + 64], line[128], name[64];
	bool found = false;
	FILE *in;

	if (!*group)
		return false;

	snprintf(path, sizeof(path), "%s/%s", group, file);
	in = fopen(path, "re");
	while (in && !found && fgets(line, sizeof(line), in))
		found = sscanf(line, "%63s %" SCNu64, name, value) == 2 &&
			strcmp(name, key) == 0;
	if (in)
		fclose(in);
	return found;
}

/**
 * lab_group_remove() - remove it, once nobody is in it
 */
void lab_group_remove(void)
{
	/* A process that was killed in it may not have left it yet. */
	for (int i = 0; i < 100 && rmdir(group) && errno == EBUSY; i++)
		usleep(10000);
	*group = '\0';
	if (enabled)
		put(root, "cgroup.subtree_control", "-memory");
}

/**
 * lab_group_clean() - what an experiment that made it does at its end
 * @lab: the experiment
 */
void lab_group_clean(struct lab *lab)
{
	(void)lab;
	lab_group_remove();
}
