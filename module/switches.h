/* SPDX-License-Identifier: GPL-2.0 */
/* switches.h - what silences probes without a word, held or found out */
#ifndef PAGESTAT_SWITCHES_H
#define PAGESTAT_SWITCHES_H

#include <linux/kprobes.h>
#include <linux/types.h>

int count_self(struct kprobe *kp, struct pt_regs *regs);

int switches_hold(void);
void switches_release(void);
int switches_check(void);
bool switches_silent(void);

#endif /* PAGESTAT_SWITCHES_H */
