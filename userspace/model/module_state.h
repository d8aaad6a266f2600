/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Is the module in a state to count rightly?
 */
#ifndef PAGESTAT_MACHINE_H
#define PAGESTAT_MACHINE_H

#include "model/finding.h"
#include "model/reader.h"
#include "model/snapshot.h"

/* What a fault can come to. */
#define NR_OUTCOMES	9
extern const enum column_id outcome_parts[NR_OUTCOMES];

int check_machine(struct findings *findings, struct reader *reader);
bool outcomes(const struct process *process, uint64_t *sum);
uint64_t vmstat(const char *name, bool *known);
bool have_swap(void);

#endif /* PAGESTAT_MACHINE_H */
