/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The module's parameter "latency": does it measure?
 */
#ifndef PAGESTAT_LATENCY_ARM_H
#define PAGESTAT_LATENCY_ARM_H

#include <stdbool.h>

int arm_state(bool *on);
int arm_set(bool on);
int arm_until_death(void);
int disarm(void);
unsigned int cpus_possible(void);
const char *arm_max_faults(char text[16]);

#endif /* PAGESTAT_LATENCY_ARM_H */
