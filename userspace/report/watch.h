/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A report every interval
 */
#ifndef PAGESTAT_WATCH_H
#define PAGESTAT_WATCH_H

#include "cli/options.h"
#include "recording/source.h"

int watch(const struct options *options, struct source *source);

#endif /* PAGESTAT_WATCH_H */
