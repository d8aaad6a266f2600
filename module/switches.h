/* SPDX-License-Identifier: GPL-2.0 */
/* switches.h - what silences hooks without a word, found out */
#ifndef PAGESTAT_SWITCHES_H
#define PAGESTAT_SWITCHES_H

#include "hooks.h"

bool pagestat_switches_silent(enum pagestat_hook_id id);

#endif /* PAGESTAT_SWITCHES_H */
