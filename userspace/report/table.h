/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Reports as tables
 */
#ifndef PAGESTAT_REPORT_TABLE_H
#define PAGESTAT_REPORT_TABLE_H

#include <stdio.h>

#include "model/finding.h"
#include "model/select.h"
#include "report/form.h"

int table_processes(const struct form *form, const struct selection *rows);
int table_children(FILE *out, const struct column_list *list,
		   const struct selection *rows);
int table_system(const struct form *form, const struct system *system);
int table_probes(const struct form *form, const struct probes *probes);
int table_findings(const struct form *form, const struct findings *findings);
int table_columns(const struct form *form);

#endif /* PAGESTAT_REPORT_TABLE_H */
