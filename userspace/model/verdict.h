/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The last verdict of pagestat check on this kernel
 */
#ifndef PAGESTAT_MODEL_VERDICT_H
#define PAGESTAT_MODEL_VERDICT_H

#include <stdbool.h>
#include <stdint.h>

#include "model/finding.h"

#define IDENTITY_MAX	256

/**
 * struct identity - of what a verdict is about; texts without a tab or newline
 * @release: of the kernel, as uname -r
 * @version: likewise -v, which tells builds of a release apart
 * @machine: likewise -m
 * @module: version of the module
 * @source: hash of its sources, "-" where the kernel keeps none
 */
struct identity {
	char release[IDENTITY_MAX];
	char version[IDENTITY_MAX];
	char machine[IDENTITY_MAX];
	char module[IDENTITY_MAX];
	char source[IDENTITY_MAX];
};

/**
 * struct verdict_kept - what pagestat check has found
 * @end_ns: when, by clock_wall_ns()
 * @number: of its lines, by enum verdict
 */
struct verdict_kept {
	uint64_t end_ns;
	uint64_t number[NR_VERDICTS];
};

void identity_read(struct identity *identity);
void verdict_keep(const struct findings *findings);
bool verdict_last(struct verdict_kept *verdict);

#endif /* PAGESTAT_MODEL_VERDICT_H */
