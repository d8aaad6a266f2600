/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What is not in the numbers
 */
#ifndef PAGESTAT_TRUST_H
#define PAGESTAT_TRUST_H

#include "model/snapshot.h"

void note_losses(const struct system *before, const struct system *now);
void note_absent(const struct snapshot *snapshot);

#endif /* PAGESTAT_TRUST_H */
