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
 * struct page_replacement - the experiment
 * @references: the string
 * @source: what it is, to be translated
 * @belady: it is the one of Belady's anomaly, whose faults are known
 * @recorded: how well it was recorded
 * @results: by frames, ascending; owned
 * @nr: how many
 */
struct page_replacement {
	struct references references;
	const char *source;
	bool belady;
	struct recorded recorded;
	struct frames_result *results;
	size_t nr;
};

extern struct page_replacement page_replacement;

int page_replacement_run(struct lab *lab);
int page_replacement_report(struct lab *lab);
void page_replacement_document(struct lab *lab, struct json *json);
void page_replacement_plot(const struct lab *lab, FILE *in);
int page_replacement_draw(const struct references *references,
			  const struct algorithm *algorithm, uint32_t frames);

#endif /* PAGESTAT_LAB_PAGE_REPLACEMENT_H */
