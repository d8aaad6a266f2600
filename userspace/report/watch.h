/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A report every interval
 */
#ifndef PAGESTAT_REPORT_WATCH_H
#define PAGESTAT_REPORT_WATCH_H

#include "recording/source.h"
#include "report/report.h"

int watch(const struct report *report, struct source *source);

#endif /* PAGESTAT_REPORT_WATCH_H */
