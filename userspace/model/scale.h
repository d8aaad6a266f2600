/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Counters by the second, and times as a share of the time that has passed
 */
#ifndef PAGESTAT_MODEL_SCALE_H
#define PAGESTAT_MODEL_SCALE_H

#include "model/sample.h"

#define SCALE_DECIMALS	2
#define SCALE_ONE	100	/* 10 to that power */
#define SCALE_NAME_MAX	48

/* How a counter is shown: as it is, by the second, or in percent of a CPU's time. */
enum scaled { SCALED_COUNT, SCALED_RATE, SCALED_SHARE };

enum scaled scale_of(struct scale scale, enum column_id column);
bool scale_known(struct scale scale, const struct process *p, enum column_id column);
uint64_t scale_value(struct scale scale, const struct process *p, enum column_id column);
const char *scale_name(struct scale scale, enum column_id column,
			 char name[SCALE_NAME_MAX]);
const char *scale_heading(struct scale scale, enum column_id column,
			    char heading[HEADING_MAX]);
void scale_lives(struct process *process, size_t nr, const struct sample *sample);

#endif /* PAGESTAT_MODEL_SCALE_H */
