/* SPDX-License-Identifier: GPL-2.0 */
/*
 * replacement: the string, and the faults of each algorithm
 */
#ifndef PAGESTAT_LAB_PAGE_REPLACEMENT_H
#define PAGESTAT_LAB_PAGE_REPLACEMENT_H

#include "lab/experiments/reference_string.h"

/**
 * struct frames_result - the faults of a reference string on so many frames
 * @frames: how many
 * @faults: by number of the algorithm
 */
struct frames_result {
	uint32_t frames;
	uint32_t faults[NR_ALGORITHMS];
};

/**
 * struct replacement - the experiment
 * @references: the string
 * @source: what it is, to be translated
 * @belady: it is the one of Belady's anomaly, whose faults are known
 * @recorded: how well it was recorded
 * @results: by frames, ascending; owned
 * @nr: how many
 */
struct replacement {
	struct references references;
	const char *source;
	bool belady;
	struct recorded recorded;
	struct frames_result *results;
	size_t nr;
};

extern struct replacement replacement;

int replacement_report(struct lab *lab);
void replacement_document(struct lab *lab, struct json *json);
void replacement_plot(const struct lab *lab, FILE *in);
int replacement_draw(const struct references *references,
		     const struct algorithm *algorithm, uint32_t frames);

#endif /* PAGESTAT_LAB_PAGE_REPLACEMENT_H */
