/* SPDX-License-Identifier: GPL-2.0 */
/* driver.h - the driver of programs/nest */
#ifndef SELFTESTS_DRIVER_H
#define SELFTESTS_DRIVER_H

#include <linux/ioctl.h>
#include <stdbool.h>

#define NEST_READ	_IO('n', 1)
#define NEST_NOWAIT	_IO('n', 2)

/* Load it; unload it, when nothing has it open any more. */
bool driver_load(void);
bool driver_unload(void);

/* In the subject: open its device. */
int driver_open(void);

#endif /* SELFTESTS_DRIVER_H */
