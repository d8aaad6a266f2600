/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A control group of the lab's own, with a limit of memory
 */
#ifndef PAGESTAT_LAB_CGROUP_H
#define PAGESTAT_LAB_CGROUP_H

#include <stdbool.h>
#include <stdint.h>

struct lab;

int lab_group_make(void);
int lab_group_set(const char *file, uint64_t value);
void lab_group_enter(void);
bool lab_group_read(const char *file, const char *key, uint64_t *value);
void lab_group_remove(void);
void lab_group_clean(struct lab *lab);

#endif /* PAGESTAT_LAB_CGROUP_H */
