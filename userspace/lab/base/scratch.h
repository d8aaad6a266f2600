/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A file for an experiment
 */
#ifndef PAGESTAT_LAB_SCRATCH_H
#define PAGESTAT_LAB_SCRATCH_H

#include <stddef.h>

int scratch_file(size_t pages);
void scratch_write_back(int fd, size_t pages);
void scratch_read(int fd, size_t pages);
void scratch_write(int fd, size_t pages);

#endif /* PAGESTAT_LAB_SCRATCH_H */
