/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Is the module in a state to count rightly?
 */
#ifndef PAGESTAT_MODEL_MODULE_STATE_H
#define PAGESTAT_MODEL_MODULE_STATE_H

#include "model/finding.h"
#include "model/reader.h"
#include "model/snapshot.h"

/* What a fault can come to. */
#define NR_OUTCOMES	9
extern const enum column_id outcome_columns[NR_OUTCOMES];

int module_state_check(struct findings *findings, struct reader *reader);
bool process_outcomes(const struct process *process, uint64_t *sum);
uint64_t meminfo_vmstat(const char *name, bool *known);
bool meminfo_has_swap(void);

#endif /* PAGESTAT_MODEL_MODULE_STATE_H */
