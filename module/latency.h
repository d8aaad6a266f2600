/* SPDX-License-Identifier: GPL-2.0 */
/* latency.h - a fault followed from its entry to its return, on demand */
#ifndef PAGESTAT_LATENCY_H
#define PAGESTAT_LATENCY_H

#include <linux/jump_label.h>
#include <linux/types.h>

struct kretprobe;
struct pagestat_call;
struct pagestat_thread;

DECLARE_STATIC_KEY_FALSE(pagestat_latency_armed);

/* Faults that were entered before are not followed. */
extern u64 pagestat_latency_since;
#define LATENCY_NEVER	U64_MAX		/* none are */

extern struct kretprobe pagestat_latency_probe;

void pagestat_latency_entered(struct pagestat_thread *t, bool again,
			      const struct pagestat_call *call);
u64 pagestat_latency_disputed(void);

/* follow.c */
int pagestat_follow_init(void);
void pagestat_follow_exit(void);
u64 pagestat_follow_kept_ns(void);

#endif /* PAGESTAT_LATENCY_H */
