/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The table of processes
 */
#ifndef PAGESTAT_REPORT_ROWS_H
#define PAGESTAT_REPORT_ROWS_H

#include <stdbool.h>
#include <stdio.h>

#include "model/select.h"
#include "report/form.h"

int rows_print(FILE *out, const struct form *form, const struct column_list *list,
	       const struct selection *rows, bool mark_ended);

#endif /* PAGESTAT_REPORT_ROWS_H */
