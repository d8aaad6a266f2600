/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Where control groups are: cgroup v2
 */
#ifndef PAGESTAT_EXPERIMENT_GROUP_H
#define PAGESTAT_EXPERIMENT_GROUP_H

#include <stdbool.h>
#include <stddef.h>

bool group_root(const char *mounts, char *root, size_t size);

#endif /* PAGESTAT_EXPERIMENT_GROUP_H */
