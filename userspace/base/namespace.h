/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Is this the PID namespace of the module?
 */
#ifndef PAGESTAT_BASE_NAMESPACE_H
#define PAGESTAT_BASE_NAMESPACE_H

#include <stdbool.h>

bool namespace_is_initial(void);

#endif /* PAGESTAT_BASE_NAMESPACE_H */
