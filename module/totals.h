/* SPDX-License-Identifier: GPL-2.0 */
/* totals.h - the sums over all processes, and since when everything is counted */
#ifndef PAGESTAT_TOTALS_H
#define PAGESTAT_TOTALS_H

struct pagestat_totals;

void pagestat_totals_read(struct pagestat_totals *totals);
void pagestat_totals_begin(void);
int pagestat_totals_reset(void);

#endif /* PAGESTAT_TOTALS_H */
