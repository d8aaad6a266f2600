/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Names of the users and control groups of processes
 */
#ifndef PAGESTAT_MODEL_OWNER_H
#define PAGESTAT_MODEL_OWNER_H

#include <stdbool.h>
#include <stdint.h>

const char *owner_user_name(uint64_t uid);
bool owner_user_id(const char *name, uint64_t *uid);
void owner_forget_cgroups(void);
const char *owner_cgroup(uint64_t pid, uint64_t id);
bool owner_cgroup_below(const char *cgroup, const char *top);
const char *owner_cgroup_path(const char *path);

#endif /* PAGESTAT_MODEL_OWNER_H */
