/* SPDX-License-Identifier: GPL-2.0 */
/* follow.h - latency measured on demand */
#ifndef PAGESTAT_FOLLOW_H
#define PAGESTAT_FOLLOW_H

#include <linux/types.h>

int pagestat_follow_init(void);
void pagestat_follow_exit(void);
u64 pagestat_follow_kept_ns(void);

#endif /* PAGESTAT_FOLLOW_H */
