/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A recording as a picture
 */
#ifndef PAGESTAT_PLOT_H
#define PAGESTAT_PLOT_H

#include "cli/options.h"

int plot(struct options *options);

#endif /* PAGESTAT_PLOT_H */
