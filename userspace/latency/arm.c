// SPDX-License-Identifier: GPL-2.0
/*
 * The module's parameter "latency": does it measure?
 *
 * Measuring slows down every fault of the machine.  So pagestat turns it off again if it
 * turned it on, even if a signal ends it.
 */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/cleanup.h"
#include "base/errors.h"
#include "latency/arm.h"

#define SYSFS		"/sys"
#define PARAMETERS	"module/pagestat/parameters"

static volatile sig_atomic_t parameter = -1;	/* its descriptor while it is armed */

static const char *sysfs_path(char path[PATH_MAX], const char *file)
{
	const char *sysfs = getenv("PAGESTAT_SYSFS");

	snprintf(path, PATH_MAX, "%s/%s", sysfs ? sysfs : SYSFS, file);
	return path;
}

static int fail_parameter(const char *path, int error)
{
	switch (error) {
	case ENOENT:
		return fail(EXIT_BAD_DATA, "%s: not there: the module is older than the tool and cannot measure latency. Update the module",
			    path);
	case EACCES:
	case EPERM:
	case EROFS:
		return fail(EXIT_DENIED, "%s: %s. Only root can have latency measured, where sysfs can be written: try sudo pagestat",
			    path, strerror(error));
	case ENODEV:
		return fail(EXIT_SYSTEM, "%s: the module has no hook \"return\", left out by its parameter \"without\": load it with the hook",
			    path);
	case ENOMEM:
		return fail(EXIT_SYSTEM, "%s: out of memory for the histograms of all threads, or for max_faults faults at a time",
			    path);
	default:
		return fail(EXIT_SYSTEM, "%s: %s. What the module said is in dmesg", path,
			    strerror(error));
	}
}

int arm_state(bool *on)
{
	char path[PATH_MAX], state = '\0';
	ssize_t n;
	int fd;

	fd = open(sysfs_path(path, PARAMETERS "/latency"), O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return fail_parameter(path, errno);
	n = read(fd, &state, 1);
	close(fd);
	if (n != 1 || (state != 'Y' && state != 'N'))
		return fail(EXIT_BAD_DATA, "%s: neither Y nor N. Is it pagestat's?", path);
	*on = state == 'Y';
	return EXIT_DONE;
}

static int write_state(int fd, bool on)
{
	ssize_t n;

	/* After EINTR nothing was changed. */
	do {
		n = pwrite(fd, on ? "Y\n" : "N\n", 2, 0);
	} while (n < 0 && errno == EINTR);
	return n < 0 ? errno : 0;
}

static int open_parameter(char path[PATH_MAX], int *fd)
{
	*fd = open(sysfs_path(path, PARAMETERS "/latency"), O_WRONLY | O_CLOEXEC);
	return *fd < 0 ? fail_parameter(path, errno) : EXIT_DONE;
}

/* Turns measuring on or off. */
int arm_set(bool on)
{
	char path[PATH_MAX];
	int fd, rc, error;

	rc = open_parameter(path, &fd);
	if (rc)
		return rc;
	error = write_state(fd, on);
	close(fd);
	return error ? fail_parameter(path, error) : EXIT_DONE;
}

/* Context: a signal handler. */
static void turn_off_at_death(void)
{
	if (parameter >= 0)
		write_state(parameter, false);
}

/**
 * arm_until_death() - turn measuring on until disarm(), or until a signal ends pagestat
 *
 * After SIGKILL it stays on.
 *
 * Return: EXIT_DONE, or another exit status after a message.
 */
int arm_until_death(void)
{
	char path[PATH_MAX];
	int fd, rc, error;

	rc = open_parameter(path, &fd);
	if (rc)
		return rc;

	parameter = fd;
	cleanup_on_signal(turn_off_at_death);
	error = write_state(fd, true);
	if (!error)
		return EXIT_DONE;
	parameter = -1;
	close(fd);
	return fail_parameter(path, error);
}

/* Undoes arm_until_death(), if that was called. */
int disarm(void)
{
	char path[PATH_MAX];
	int error;

	if (parameter < 0)
		return EXIT_DONE;
	error = write_state(parameter, false);
	close(parameter);
	parameter = -1;
	/* ENODEV: the module was unloaded meanwhile. */
	if (!error || error == ENODEV)
		return EXIT_DONE;
	return fail(EXIT_SYSTEM, "%s: %s: the module goes on measuring. Try: pagestat latency off",
		    sysfs_path(path, PARAMETERS "/latency"), strerror(error));
}

static const char *read_word(const char *file, char *text, int size)
{
	char path[PATH_MAX];
	FILE *stream = fopen(sysfs_path(path, file), "re");

	if (!stream || !fgets(text, size, stream))
		snprintf(text, (size_t)size, "unknown");
	if (stream)
		fclose(stream);
	text[strcspn(text, "\n")] = '\0';
	return text;
}

/* How many faults the module can follow at one time.  Return: @text, maybe "unknown". */
const char *arm_max_faults(char text[16])
{
	return read_word(PARAMETERS "/max_faults", text, 16);
}

/* How many processors the kernel is prepared for.  Return: 0 if unknown. */
unsigned int cpus_possible(void)
{
	char list[4096], *rest = list, *range;
	unsigned int first, last, cpus = 0;

	read_word("devices/system/cpu/possible", list, sizeof(list));
	while ((range = strsep(&rest, ","))) {
		int n = sscanf(range, "%u-%u", &first, &last);

		if (n == 1)
			last = first;
		if (n < 1 || last < first)
			return 0;
		cpus += last - first + 1;
	}
	return cpus;
}
