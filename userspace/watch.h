/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A report every interval
 */
#ifndef PAGESTAT_WATCH_H
#define PAGESTAT_WATCH_H

#include "options.h"
#include "reader.h"

int watch(const struct options *options, struct reader *reader);

#endif /* PAGESTAT_WATCH_H */
