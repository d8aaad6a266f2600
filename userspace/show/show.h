/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What pagestat prints without a command
 */
#ifndef PAGESTAT_REPORTS_H
#define PAGESTAT_REPORTS_H

#include "cli/options.h"

int reports(struct options *options);

#endif /* PAGESTAT_REPORTS_H */
