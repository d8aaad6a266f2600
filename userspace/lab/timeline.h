/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What an experiment did to memory and counters, as a picture
 */
#ifndef PAGESTAT_LAB_TIMELINE_H
#define PAGESTAT_LAB_TIMELINE_H

#include <stdio.h>

#include "lab/base/lab.h"

void timeline_plot(const struct lab *lab, FILE *in);

#endif /* PAGESTAT_LAB_TIMELINE_H */
