/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the command line of pagestat-lab asks for
 */
#ifndef PAGESTAT_LAB_REQUEST_H
#define PAGESTAT_LAB_REQUEST_H

#include <stdbool.h>
#include <stdint.h>

#include "model/query.h"
#include "report/form.h"

/**
 * struct lab_request - which experiment, and how it is done
 * @experiment: its name, NULL to list them
 * @size: of the memory it is done with, in bytes; 0 if not given
 * @thp: it is done with huge pages
 * @interactive: wait for Enter after each step
 * @broken: do it wrongly, to see it fail
 * @form: as --json has it
 * @json: print one JSON object, for programs
 * @picture: the file that it is drawn into, NULL for none
 * @string: the reference string, NULL if not given
 * @seed: the reference string is generated from it; 0 if not given
 * @record: the reference string is recorded from a program
 * @pids: the reference string is that of the faults of this process; one at most
 * @frames: the most frames a reference string is tried with; 0 if not given
 */
struct lab_request {
	const char *experiment;
	uint64_t size;
	bool thp;
	bool interactive;
	bool broken;
	struct form form;
	bool json;
	const char *picture;
	const char *string;
	uint64_t seed;
	bool record;
	struct pid_list pids;
	uint64_t frames;
};

#endif /* PAGESTAT_LAB_REQUEST_H */
