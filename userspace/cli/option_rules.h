/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Which options go together
 */
#ifndef PAGESTAT_OPTIONS_CHECK_H
#define PAGESTAT_OPTIONS_CHECK_H

#include "cli/options.h"

int options_check(struct options *options);

#endif /* PAGESTAT_OPTIONS_CHECK_H */
