/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Reports in all formats
 */
#ifndef PAGESTAT_REPORT_REPORT_H
#define PAGESTAT_REPORT_REPORT_H

#include "base/clock.h"
#include "model/finding.h"
#include "model/query.h"
#include "model/sample.h"
#include "report/form.h"

/**
 * struct report - a report of processes
 * @period: how often, how many times
 */
struct report {
	struct period period;
	struct query query;
	struct form form;
};

/* report.c: processes */
struct sampling report_sampling(const struct report *report);
void report_begin(const struct report *report);
int report_sample(const struct report *report, const struct reader *reader,
		  struct sample *sample);
int report_totals(const struct report *report, struct reader *reader);
int report_interval(const struct report *report, const struct reader *reader,
		    const struct sample *before, const struct sample *now);
int report_flush(void);

/* module.c: without processes */
int report_system(const struct form *form, struct reader *reader);
int report_probes(const struct form *form, struct reader *reader);
int report_findings(const struct form *form, const struct reader *reader,
		    const struct findings *findings);
int report_columns(const struct form *form);

#endif /* PAGESTAT_REPORT_REPORT_H */
