/* SPDX-License-Identifier: GPL-2.0 */
/*
 * How an experiment is found, done and reported
 */
#ifndef PAGESTAT_LAB_LAB_H
#define PAGESTAT_LAB_LAB_H

#include "lab/base/experiment.h"

int lab_start(void *arg);
int lab_run_worker(struct lab *lab);

const struct experiment *lab_find(const char *name);
int lab_list(void);

int lab_report(struct lab *lab);
int lab_document(struct lab *lab);
void lab_plot_steps(const struct lab *lab, FILE *in);

#endif /* PAGESTAT_LAB_LAB_H */
