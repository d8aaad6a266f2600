/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Reports for Prometheus
 */
#ifndef PAGESTAT_REPORT_METRICS_H
#define PAGESTAT_REPORT_METRICS_H

#include <stdio.h>

#include "model/select.h"
#include "report/form.h"

int metrics_processes(FILE *out, const struct form *form, const struct query *query,
		      const struct selection *rows);
void metrics_system(FILE *out, const struct form *form, const struct system *system);

#endif /* PAGESTAT_REPORT_METRICS_H */
