/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A report in the form asked for
 */
#ifndef PAGESTAT_REPORT_H
#define PAGESTAT_REPORT_H

#include "cli/options.h"
#include "model/finding.h"
#include "model/sample.h"

struct sampling report_sampling(const struct options *options);
void report_begin(const struct options *options);
int report_sample(const struct options *options, const struct reader *reader,
		  const struct sample *sample);
int report_totals(const struct options *options, struct reader *reader);
int report_interval(const struct options *options, const struct reader *reader,
		    const struct sample *before, const struct sample *now);
int report_system(const struct options *options, struct reader *reader);
int report_probes(const struct options *options, struct reader *reader);
int report_findings(const struct options *options, const struct reader *reader,
		    const struct findings *findings);
int report_columns(const struct options *options);
int report_flush(void);

#endif /* PAGESTAT_REPORT_H */
