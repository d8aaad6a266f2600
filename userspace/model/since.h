/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The moment of --since
 */
#ifndef PAGESTAT_MODEL_SINCE_H
#define PAGESTAT_MODEL_SINCE_H

#include <stdint.h>

#include "model/sample.h"

int since_parse(const char *arg, uint64_t *boot_ns);
int since_recorded(const char *arg, const struct sample *first, uint64_t *boot_ns);

#endif /* PAGESTAT_MODEL_SINCE_H */
