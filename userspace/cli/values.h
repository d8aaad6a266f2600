/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The values of options and operands
 */
#ifndef PAGESTAT_CLI_VALUES_H
#define PAGESTAT_CLI_VALUES_H

#include "base/clock.h"

#define INTERVAL_MIN	0.1

/* Of options: see values.c; the type of the field is in PAGESTAT_OPTIONS. */
int value_by(void *field, const char *option, char *arg);
int value_cgroup(void *field, const char *option, char *arg);
int value_form(void *field, const char *option, char *arg);
int value_name(void *field, const char *option, char *arg);
int value_no_headings(void *field, const char *option, char *arg);
int value_number(void *field, const char *option, char *arg);
int value_on_off(void *field, const char *option, char *arg);
int value_order(void *field, const char *option, char *arg);
int value_pids(void *field, const char *option, char *arg);
int value_since(void *field, const char *option, char *arg);
int value_size(void *field, const char *option, char *arg);
int value_text(void *field, const char *option, char *arg);
int value_true(void *field, const char *option, char *arg);
int value_user(void *field, const char *option, char *arg);

/* Of operands. */
int value_period(struct period *period, int argc, char **argv);

#endif /* PAGESTAT_CLI_VALUES_H */
