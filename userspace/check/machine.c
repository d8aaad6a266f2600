// SPDX-License-Identifier: GPL-2.0
/*
 * What is changed on the machine for a workload, and set back
 *
 * After the workload, or when a signal ends pagestat; SIGKILL cannot be caught.
 */
#include <errno.h>
#include <inttypes.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/cleanup.h"
#include "base/errors.h"
#include "base/put.h"
#include "check/machine.h"

#define CHANGES_MAX	8

/* A file as it was, or a folder that was not there: without text. */
struct change {
	char path[PATH_MAX];
	char text[64];
};

static struct change changes[CHANGES_MAX];
static volatile sig_atomic_t nr_changes;
static volatile sig_atomic_t worker;

/**
 * machine_path() - the path of a file below /proc or /sys; valid until the next call
 * @file: with that folder, as "/proc/sys/vm/nr_hugepages"
 *
 * The tests have such folders of their own.
 */
const char *machine_path(const char *file)
{
	static char path[PATH_MAX];
	bool proc = strncmp(file, "/proc", 5) == 0;
	const char *root = getenv(proc ? "PAGESTAT_PROC" : "PAGESTAT_SYSFS");

	if (root)
		snprintf(path, sizeof(path), "%s%s", root, file + (proc ? 5 : 4));
	else
		snprintf(path, sizeof(path), "%s", file);
	return path;
}

/**
 * machine_word() - the first line of a file; false if it cannot be read
 */
bool machine_word(const char *file, char *word, int size)
{
	FILE *in = fopen(machine_path(file), "re");
	bool done = in && fgets(word, size, in);

	if (in)
		fclose(in);
	if (done)
		word[strcspn(word, "\n")] = '\0';
	return done;
}

/**
 * machine_number() - the number in a file; false if there is none
 */
bool machine_number(const char *file, uint64_t *number)
{
	char word[32];

	return machine_word(file, word, sizeof(word)) && sscanf(word, "%" SCNu64, number) == 1;
}

/*
 * Context: anything, also a signal handler.  A process that was killed in a control
 * group may not have left it yet.
 */
static bool remove_folder(const char *path)
{
	int rc = rmdir(path);

	for (int i = 0; i < 100 && rc && errno == EBUSY; i++) {
		poll(NULL, 0, 10);
		rc = rmdir(path);
	}
	return !rc;
}

/* Context: likewise.  Return: the change that could not be undone, or NULL. */
static const struct change *put_back(void)
{
	const struct change *failed = NULL;

	while (nr_changes) {
		const struct change *c = &changes[nr_changes - 1];

		if (!(*c->text ? put_text(c->path, c->text) : remove_folder(c->path)))
			failed = c;
		nr_changes--;
	}
	return failed;
}

/* Context: a signal handler. */
static void put_back_at_death(void)
{
	/* What it uses cannot be given back before it has ended. */
	if (worker > 0) {
		kill(worker, SIGKILL);
		while (waitpid(worker, NULL, 0) < 0 && errno == EINTR)
			;
	}
	put_back();
}

/**
 * machine_set() - write to a file until machine_restore()
 *
 * Return: false if it cannot be written; then it is as it was.
 */
bool machine_set(const char *file, const char *text)
{
	struct change *c = &changes[nr_changes];

	if (nr_changes == CHANGES_MAX || !machine_word(file, c->text, sizeof(c->text)))
		return false;
	snprintf(c->path, sizeof(c->path), "%s", machine_path(file));
	cleanup_on_signal(put_back_at_death);
	/* First: a signal may come at any time. */
	nr_changes++;
	if (put_text(c->path, text))
		return true;
	nr_changes--;
	return false;
}

/**
 * machine_set_number() - the same, of a number
 */
bool machine_set_number(const char *file, uint64_t number)
{
	char text[24];

	snprintf(text, sizeof(text), "%" PRIu64, number);
	return machine_set(file, text);
}

/**
 * machine_folder() - make a folder, as for a control group, until machine_restore()
 */
bool machine_folder(const char *path)
{
	struct change *c = &changes[nr_changes];

	if (nr_changes == CHANGES_MAX)
		return false;
	*c->text = '\0';
	snprintf(c->path, sizeof(c->path), "%s", path);
	cleanup_on_signal(put_back_at_death);
	nr_changes++;
	if (mkdir(path, 0755) == 0)
		return true;
	nr_changes--;
	return false;
}

/**
 * machine_put() - write to a file that is not set back
 */
bool machine_put(const char *file, const char *text)
{
	return put_text(machine_path(file), text);
}

/**
 * machine_undo() - have something more written when all is set back
 * @text: before what machine_set() has changed until now
 */
void machine_undo(const char *file, const char *text)
{
	struct change *c = &changes[nr_changes];

	if (nr_changes == CHANGES_MAX)
		return;
	snprintf(c->path, sizeof(c->path), "%s", machine_path(file));
	snprintf(c->text, sizeof(c->text), "%s", text);
	nr_changes++;
}

/**
 * machine_worker() - the process that has to end before all can be set back, 0 for none
 */
void machine_worker(pid_t pid)
{
	worker = pid;
}

/**
 * machine_forget() - in the worker: to set back is its parent's
 */
void machine_forget(void)
{
	cleanup_on_signal(NULL);
	nr_changes = 0;
	worker = 0;
}

/**
 * machine_restore() - set back all that machine_set() has changed
 */
void machine_restore(void)
{
	const struct change *failed = put_back();

	if (failed)
		notice("check: cannot set %s back to \"%s\": %s", failed->path, failed->text,
		       strerror(errno));
}
