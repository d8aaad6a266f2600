/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A command and what it cost
 */
#ifndef PAGESTAT_RUN_H
#define PAGESTAT_RUN_H

#include "cli/options.h"

int run(struct options *options);

#endif /* PAGESTAT_RUN_H */
