/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Whether process ids here are those that the module knows
 */
#ifndef PAGESTAT_NAMESPACE_H
#define PAGESTAT_NAMESPACE_H

#include <stdbool.h>

bool pids_are_ours(void);

#endif /* PAGESTAT_NAMESPACE_H */
