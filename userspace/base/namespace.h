/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Whether process ids here are those that the module knows
 */
#ifndef PAGESTAT_BASE_NAMESPACE_H
#define PAGESTAT_BASE_NAMESPACE_H

#include <stdbool.h>

bool namespace_is_initial(void);

#endif /* PAGESTAT_BASE_NAMESPACE_H */
