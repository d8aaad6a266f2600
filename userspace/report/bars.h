/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Histograms, for people and for programs
 */
#ifndef PAGESTAT_REPORT_BARS_H
#define PAGESTAT_REPORT_BARS_H

#include "base/json.h"
#include "model/latencies.h"

/**
 * struct kinds - histograms, by enum pagestat_kind
 */
struct kinds {
	struct histogram of[PAGESTAT_NR_KINDS];
};

int bars_table(const struct kinds *kinds, bool headings);
void bars_draw(const struct kinds *kinds);
void bars_json(struct json *json, const struct histogram *h);
void bars_json_bounds(struct json *json);

#endif /* PAGESTAT_REPORT_BARS_H */
