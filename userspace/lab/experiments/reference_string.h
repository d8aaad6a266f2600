/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Where the reference string of an experiment comes from
 */
#ifndef PAGESTAT_LAB_REFERENCE_STRING_H
#define PAGESTAT_LAB_REFERENCE_STRING_H

#include "lab/base/experiment.h"
#include "lab/replacement/replacement.h"

/**
 * struct recorded - how well the string of sorting.c was recorded
 * @touched: the references that the program knows of
 * @recorded: those that the trace has
 * @elsewhere: of these, how many are not what the program touched as the same one
 */
struct recorded {
	uint64_t touched;
	uint64_t recorded;
	uint64_t elsewhere;
};

int string_given(struct references *r, const char *text);
int string_generated(struct references *r, uint64_t seed);
int string_recorded(struct references *r, const struct lab *lab, struct recorded *how);
int string_of_process(struct references *r, const struct lab *lab, pid_t pid);

#endif /* PAGESTAT_LAB_REFERENCE_STRING_H */
