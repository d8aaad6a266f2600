/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The columns and the order of a report: those given, else the usual ones
 *
 * Each returns EXIT_DONE, or EXIT_USAGE after a message.
 */
#ifndef PAGESTAT_CLI_CHOOSE_H
#define PAGESTAT_CLI_CHOOSE_H

#include "base/clock.h"
#include "model/query.h"
#include "report/form.h"

int choose_columns(struct form *form, struct column_use use);
int choose_order(struct query *query, const struct column_list *list, struct column_use use);
int check_one_object(const struct form *form, const struct period *period);

#endif /* PAGESTAT_CLI_CHOOSE_H */
