/* SPDX-License-Identifier: GPL-2.0 */
/* latency.h - how long faults take, followed while somebody wants to know */
#ifndef PAGESTAT_LATENCY_H
#define PAGESTAT_LATENCY_H

#include <linux/jump_label.h>
#include <linux/types.h>

struct pagestat_call;
struct kretprobe;
struct pagestat_thread;

DECLARE_STATIC_KEY_FALSE(pagestat_latency_armed);

extern struct kretprobe pagestat_latency_probe;

void pagestat_latency_entered(struct pagestat_thread *t, bool again, const struct pagestat_call *call);

int pagestat_latency_follow(void);
void pagestat_latency_unfollow(void);

int pagestat_latency_init(void);
void pagestat_latency_exit(void);
u64 pagestat_latency_disputed(void);
u64 pagestat_latency_kept_ns(void);

#endif /* PAGESTAT_LATENCY_H */
