/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Reports as CSV
 */
#ifndef PAGESTAT_REPORT_CSV_H
#define PAGESTAT_REPORT_CSV_H

#include "model/select.h"
#include "report/form.h"

void csv_headings(const struct form *form, bool interval);
int csv_processes(const struct form *form, const struct selection *rows,
		   uint64_t elapsed_ns, uint64_t wall_ns);
void csv_system(const struct form *form, const struct system *system);
int csv_probes(const struct form *form, const struct probes *probes);
void csv_columns(const struct form *form);

#endif /* PAGESTAT_REPORT_CSV_H */
