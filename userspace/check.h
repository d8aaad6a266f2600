/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Are the numbers right on this machine?
 */
#ifndef PAGESTAT_CHECK_H
#define PAGESTAT_CHECK_H

#include "options.h"
#include "reader.h"

int check(const struct options *options, struct reader *reader);

#endif /* PAGESTAT_CHECK_H */
