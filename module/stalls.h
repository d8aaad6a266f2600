/* SPDX-License-Identifier: GPL-2.0 */
/* stalls.h - stalls for want of memory */
#ifndef PAGESTAT_STALLS_H
#define PAGESTAT_STALLS_H

#include <linux/types.h>

bool pagestat_stalls_accounted(void);

#endif /* PAGESTAT_STALLS_H */
