/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Notices of what a report lacks
 */
#ifndef PAGESTAT_REPORT_NOTICES_H
#define PAGESTAT_REPORT_NOTICES_H

#include "model/snapshot.h"

void notices_losses(const struct system *before, const struct system *now);
void notices_absent(const struct snapshot *snapshot);

#endif /* PAGESTAT_REPORT_NOTICES_H */
