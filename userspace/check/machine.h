/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What is changed on the machine for a workload, and set back
 */
#ifndef PAGESTAT_CHECK_MACHINE_H
#define PAGESTAT_CHECK_MACHINE_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

const char *machine_path(const char *file);
bool machine_number(const char *file, uint64_t *number);
bool machine_word(const char *file, char *word, int size);
bool machine_set(const char *file, const char *text);
bool machine_set_number(const char *file, uint64_t number);
bool machine_folder(const char *path);
bool machine_put(const char *file, const char *text);
void machine_undo(const char *file, const char *text);
void machine_worker(pid_t pid);
void machine_forget(void);
void machine_restore(void);

#endif /* PAGESTAT_CHECK_MACHINE_H */
