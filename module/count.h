/* SPDX-License-Identifier: GPL-2.0 */
/* count.h - the handlers that count, for the table of hooks */
#ifndef PAGESTAT_COUNT_H
#define PAGESTAT_COUNT_H

struct kprobe;
struct pt_regs;

int count_birth(struct kprobe *kp, struct pt_regs *regs);
int count_death(struct kprobe *kp, struct pt_regs *regs);
int count_fault(struct kprobe *kp, struct pt_regs *regs);
int count_new_anon(struct kprobe *kp, struct pt_regs *regs);
int count_uffd(struct kprobe *kp, struct pt_regs *regs);
int count_refault(struct kprobe *kp, struct pt_regs *regs);
int count_wp(struct kprobe *kp, struct pt_regs *regs);
int count_reuse(struct kprobe *kp, struct pt_regs *regs);
int count_huge_reuse(struct kprobe *kp, struct pt_regs *regs);
int count_hugetlb(struct kprobe *kp, struct pt_regs *regs);
int count_numa(struct kprobe *kp, struct pt_regs *regs);
int count_swap(struct kprobe *kp, struct pt_regs *regs);
int count_swap_map(struct kprobe *kp, struct pt_regs *regs);
int count_swap_map_pages(struct kprobe *kp, struct pt_regs *regs);

int count_unmap(struct kprobe *kp, struct pt_regs *regs);
int count_swap_out(struct kprobe *kp, struct pt_regs *regs);

#endif /* PAGESTAT_COUNT_H */
