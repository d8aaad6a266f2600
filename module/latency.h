/* SPDX-License-Identifier: GPL-2.0 */
/* latency.h - how long faults take, followed while somebody wants to know */
#ifndef PAGESTAT_LATENCY_H
#define PAGESTAT_LATENCY_H

#include <linux/jump_label.h>
#include <linux/types.h>

struct call;
struct kretprobe;
struct thread;

DECLARE_STATIC_KEY_FALSE(latency_armed);

extern struct kretprobe latency_probe;

void latency_entered(struct thread *t, bool again, const struct call *call);

int latency_follow(void);
void latency_unfollow(void);

int latency_init(void);
void latency_exit(void);
u64 latency_disputed(void);
u64 latency_kept_ns(void);

#endif /* PAGESTAT_LATENCY_H */
