/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Reports as CSV
 */
#ifndef PAGESTAT_CSV_H
#define PAGESTAT_CSV_H

#include "cli/options.h"
#include "model/select.h"

void csv_headings(const struct options *options);
void csv_processes(const struct options *options, const struct selection *rows,
		   uint64_t elapsed_ns, uint64_t wall_ns);
void csv_system(const struct options *options, const struct system *system);
void csv_probes(const struct options *options, const struct probes *probes);
void csv_columns(const struct options *options);

#endif /* PAGESTAT_CSV_H */
