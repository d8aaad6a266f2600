/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Samples into a file
 */
#ifndef PAGESTAT_RECORD_H
#define PAGESTAT_RECORD_H

#include "cli/options.h"

int record(struct options *options);

#endif /* PAGESTAT_RECORD_H */
