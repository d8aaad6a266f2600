// SPDX-License-Identifier: GPL-2.0
/*
 * Results of pagestat check and lab, a line each
 */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model/finding.h"

#define NAME(name)	[FOUND_##name] = #name,
const char *const finding_number_names[NR_FOUND] = { FINDING_NUMBERS(NAME) };

const char *const finding_verdict_names[] = {
	[VERDICT_PASS] = "PASS", [VERDICT_FAIL] = "FAIL", [VERDICT_SKIP] = "SKIP",
};

/**
 * finding_add() - begin a line; it is valid until the next call
 * @what: was checked
 * @counter: the counter that was checked, "" for none
 */
struct finding *finding_add(struct findings *findings, const char *what,
			    const char *counter)
{
	static struct finding nowhere;
	struct finding *more, *finding = &nowhere;

	more = reallocarray(findings->list, findings->nr + 1, sizeof(*more));
	if (more) {
		findings->list = more;
		finding = &more[findings->nr++];
	} else {
		findings->broken = true;
	}
	*finding = (struct finding){ .what = what, .counter = counter };
	return finding;
}

/**
 * finding_number() - set a number of a line
 */
void finding_number(struct finding *finding, enum found which, uint64_t value)
{
	finding->value[which] = value;
	finding->known |= 1u << which;
}

static void append(struct finding *finding, const char *format, va_list args)
{
	size_t len = strlen(finding->why);

	vsnprintf(finding->why + len, sizeof(finding->why) - len, format, args);
}

/**
 * finding_say() - add to the explanation of a line
 */
void finding_say(struct finding *finding, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	append(finding, format, args);
	va_end(args);
}

/**
 * finding_end() - set the verdict of a line
 * @format: as printf(3); added to the explanation, may be ""
 */
void finding_end(struct finding *finding, enum verdict verdict, const char *format, ...)
{
	va_list args;

	finding->verdict = verdict;
	va_start(args, format);
	append(finding, format, args);
	va_end(args);
}

/**
 * findings_count() - how many lines have a verdict
 */
size_t findings_count(const struct findings *findings, enum verdict verdict)
{
	size_t n = 0;

	for (size_t i = 0; i < findings->nr; i++)
		n += findings->list[i].verdict == verdict;
	return n;
}

/**
 * findings_free() - free the lines
 */
void findings_free(struct findings *findings)
{
	free(findings->list);
	*findings = (struct findings){ 0 };
}
