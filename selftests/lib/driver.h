/* SPDX-License-Identifier: GPL-2.0 */
/* driver.h - the modules of programs/, loaded, and their devices opened */
#ifndef SELFTESTS_DRIVER_H
#define SELFTESTS_DRIVER_H

#include <linux/ioctl.h>
#include <stdbool.h>

/* Of programs/nest. */
#define NEST_READ	_IO('n', 1)
#define NEST_NOWAIT	_IO('n', 2)

/* Load the module; unload it, when nothing has its device open any more. */
bool driver_load(const char *name);
bool driver_unload(const char *name);

/* Open its device; it is there. */
int driver_open(const char *name);

#endif /* SELFTESTS_DRIVER_H */
