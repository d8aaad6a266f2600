/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Reports for Prometheus
 */
#ifndef PAGESTAT_METRICS_H
#define PAGESTAT_METRICS_H

#include <stdio.h>

#include "cli/options.h"
#include "model/select.h"

void metrics_processes(FILE *out, const struct options *options,
		       const struct selection *rows);
void metrics_system(FILE *out, const struct options *options,
		    const struct system *system);

#endif /* PAGESTAT_METRICS_H */
