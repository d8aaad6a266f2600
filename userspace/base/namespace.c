// SPDX-License-Identifier: GPL-2.0
/*
 * Is this the PID namespace of the module?
 *
 * The module publishes process ids of the initial PID namespace.  In a container the
 * same numbers are other processes in /proc, so /proc must not be used.
 */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/namespace.h"

/* PROC_PID_INIT_INO of include/linux/proc_ns.h, in the kernel. */
#define INITIAL	"pid:[4026531836]"

/**
 * namespace_is_initial() - are we in the initial PID namespace?
 *
 * The environment variable PAGESTAT_PROC, of tests, names another /proc that is.
 *
 * Return: whether we are; true if it cannot be read.
 */
bool namespace_is_initial(void)
{
	static int known = -1;
	char name[64];
	ssize_t len;

	if (known < 0) {
		len = getenv("PAGESTAT_PROC") ? -1 :
		      readlink("/proc/self/ns/pid", name, sizeof(name) - 1);
		name[len < 0 ? 0 : len] = '\0';
		known = len < 0 || strcmp(name, INITIAL) == 0;
	}
	return known;
}
