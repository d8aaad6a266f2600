/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Whose a process is: its user and its control group
 */
#ifndef PAGESTAT_OWNER_H
#define PAGESTAT_OWNER_H

#include <stdbool.h>
#include <stdint.h>

const char *user_name(uint64_t uid);
bool user_id(const char *name, uint64_t *uid);
void cgroups_anew(void);
const char *cgroup_of(uint64_t pid, uint64_t id);
bool cgroup_below(const char *cgroup, const char *top);
const char *cgroup_path(const char *path);

#endif /* PAGESTAT_OWNER_H */
