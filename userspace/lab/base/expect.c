// SPDX-License-Identifier: GPL-2.0
/*
 * What was expected, compared with what was counted
 */
#include "lab/base/experiment.h"

#define OURS_KIB	1024	/* page tables, what we need to read all this */

/**
 * lab_expect() - add a verdict
 * @lab: the experiment
 * @what: was looked at, to be translated
 * @counter: whose number it is, "" if it is none's
 * @expected: what it should be
 * @counted: what it is; less than nothing counts as nothing
 * @why: the mechanism, in a sentence to be translated
 */
void lab_expect(struct lab *lab, const char *what, const char *counter,
		struct range expected, struct amount counted, const char *why)
{
	struct finding *f = finding_add(&lab->findings, what, counter);
	uint64_t n = counted.n > 0 ? (uint64_t)counted.n : 0;

	f->text = why;
	f->most = expected.max;
	finding_number(f, FOUND_expected, expected.min);
	if (!counted.known) {
		finding_end(f, VERDICT_SKIP, "%s", "");
		return;
	}
	finding_number(f, FOUND_counted, n);
	finding_end(f, n >= expected.min && n <= expected.max ? VERDICT_PASS : VERDICT_FAIL,
		    "%s", "");
}

/**
 * lab_expect_used() - add a verdict about how much free memory went
 * @lab: the experiment
 * @what: was looked at, to be translated
 * @from: step
 * @to: step
 * @kib: how much should have gone
 * @noise: by how much it may be more or less, OURS_KIB apart
 * @why: the mechanism, in a sentence to be translated
 *
 * The result is unknown if the machine was busy with other things: if more pages were
 * allocated and freed than that.
 */
void lab_expect_used(struct lab *lab, const char *what, int from, int to, uint64_t kib,
		     uint64_t noise, const char *why)
{
	struct amount used = lab_shrank(lab, 0, from, to, LAB_free);
	struct amount traffic = lab_grew(lab, 0, from, to, LAB_traffic);

	noise += OURS_KIB;
	if (!traffic.known || traffic.n > (int64_t)(kib + noise))
		used.known = false;
	lab_expect(lab, what, "free",
		   BETWEEN(kib > noise ? kib - noise : 0, kib + noise), used, why);
}
