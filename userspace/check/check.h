/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Are the numbers right on this machine?
 */
#ifndef PAGESTAT_CHECK_H
#define PAGESTAT_CHECK_H

#include "cli/options.h"

int check(struct options *options);

#endif /* PAGESTAT_CHECK_H */
