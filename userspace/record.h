/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Samples into a file
 */
#ifndef PAGESTAT_RECORD_H
#define PAGESTAT_RECORD_H

#include "options.h"
#include "reader.h"

int record(const struct options *options, struct reader *reader);

#endif /* PAGESTAT_RECORD_H */
