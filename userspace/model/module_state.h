/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Does the module count correctly?
 */
#ifndef PAGESTAT_MODEL_MODULE_STATE_H
#define PAGESTAT_MODEL_MODULE_STATE_H

#include "model/finding.h"
#include "model/reader.h"

int module_state_check(struct findings *findings, struct reader *reader);

#endif /* PAGESTAT_MODEL_MODULE_STATE_H */
