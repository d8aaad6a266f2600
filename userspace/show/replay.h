/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What was recorded, shown as it would have been then
 */
#ifndef PAGESTAT_REPLAY_H
#define PAGESTAT_REPLAY_H

#include "cli/options.h"

int replay(struct options *options);

#endif /* PAGESTAT_REPLAY_H */
