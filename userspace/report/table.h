/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Reports for people
 */
#ifndef PAGESTAT_TABLE_H
#define PAGESTAT_TABLE_H

#include <stdio.h>

#include "cli/options.h"
#include "model/finding.h"
#include "model/select.h"

int table_processes(const struct options *options, const struct selection *rows);
int table_children(FILE *out, const struct column_list *list,
		   const struct selection *rows);
int table_system(const struct options *options, const struct system *system);
int table_probes(const struct options *options, const struct probes *probes);
int table_findings(const struct options *options, const struct findings *findings);
int table_columns(const struct options *options);

#endif /* PAGESTAT_TABLE_H */
