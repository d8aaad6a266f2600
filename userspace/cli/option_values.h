/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The values of options
 */
#ifndef PAGESTAT_VALUES_H
#define PAGESTAT_VALUES_H

#include "cli/options.h"

#define SEE_HELP	"See pagestat --help"
#define INTERVAL_MIN	0.1

int value_pids(struct options *options, char *arg);
int value_comm(struct options *options, const char *name);
int value_sort(struct options *options, const char *arg);
int value_number(const char *what, const char *arg, uint64_t *value);
int value_interval(struct options *options, const char *arg);
int value_mode(struct options *options, enum mode mode);
int value_format(struct options *options, enum format format);
int value_by(struct options *options, const char *arg);
int value_user(struct options *options, const char *arg);
int value_cgroup(struct options *options, const char *arg);
int value_size(struct options *options, const char *arg);
int value_thp(struct options *options, const char *arg);
bool value_turn(struct options *options, const char *word);

#endif /* PAGESTAT_VALUES_H */
