// SPDX-License-Identifier: GPL-2.0
/*
 * Whether process ids here are those that the module knows
 *
 * It publishes those of the initial PID namespace.  In a container /proc has others
 * under the same numbers: what it says there is not to be shown beside them.
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
 * Where /proc is another's, as the environment variable PAGESTAT_PROC says, so are
 * the process ids.
 *
 * Return: whether we are; true where it cannot be known.
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
