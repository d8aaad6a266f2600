/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Was a workload counted right?
 */
#ifndef PAGESTAT_CHECK_JUDGE_H
#define PAGESTAT_CHECK_JUDGE_H

#include "check/workload.h"
#include "experiment/measure.h"
#include "model/finding.h"

bool judge_disturbed(const struct outcome *o, const struct workload *w);
void judge(struct findings *findings, const struct outcome *o, const struct workload *w,
	   const struct probes *probes);
void judge_skip(struct findings *findings, const struct workload *w, const char *why);

#endif /* PAGESTAT_CHECK_JUDGE_H */
