/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What is done before a signal ends us
 */
#ifndef PAGESTAT_DEATH_H
#define PAGESTAT_DEATH_H

void before_death(void (*task)(void));

#endif /* PAGESTAT_DEATH_H */
