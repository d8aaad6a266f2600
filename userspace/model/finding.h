/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Results of pagestat check and lab, a line each
 */
#ifndef PAGESTAT_MODEL_FINDING_H
#define PAGESTAT_MODEL_FINDING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/errors.h"

enum verdict { VERDICT_PASS, VERDICT_FAIL, VERDICT_SKIP, NR_VERDICTS };

/* The numbers of a finding, as columns and in JSON. */
#define FINDING_NUMBERS(X) X(expected) X(counted) X(seen) X(faults) X(kernel)

#define FINDING_ENUM(name)	FOUND_##name,
enum found { FINDING_NUMBERS(FINDING_ENUM) NR_FOUND };

/**
 * struct finding - a line of the report
 * @what: was checked
 * @counter: that was checked, "" for none
 * @value: by enum found
 * @known: bit n is set if value[n] is a number
 * @most: of pagestat lab: the largest value that passes; the expected value is the least
 * @text: of pagestat lab: the mechanism
 * @why: explains the verdict, may be ""
 */
struct finding {
	const char *what;
	const char *counter;
	enum verdict verdict;
	uint64_t value[NR_FOUND];
	unsigned int known;
	uint64_t most;
	const char *text;
	char why[200];
};

/**
 * struct findings - all of them
 * @list: in the order of the report; owned
 * @broken: memory ran out
 */
struct findings {
	struct finding *list;
	size_t nr;
	bool broken;
};

extern const char *const finding_number_names[NR_FOUND];
extern const char *const finding_verdict_names[];

struct finding *finding_add(struct findings *findings, const char *what,
			    const char *counter);
void finding_number(struct finding *finding, enum found which, uint64_t value);
__printf(3, 4) void finding_end(struct finding *finding, enum verdict verdict,
				const char *format, ...);
__printf(2, 3) void finding_say(struct finding *finding, const char *format, ...);
size_t findings_count(const struct findings *findings, enum verdict verdict);
void findings_free(struct findings *findings);

#endif /* PAGESTAT_MODEL_FINDING_H */
