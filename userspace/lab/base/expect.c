// SPDX-License-Identifier: GPL-2.0
/*
 * What was to be seen against what was seen
 */
#include "lab/base/lab.h"

#define OURS_KIB	1024	/* page tables, what we need to read all this */

/**
 * lab_at() - a number as it was when a step was done
 * @lab: the experiment
 * @role: whose
 * @step: which; the last time, if more than once
 * @column: which number
 *
 * Return: it.
 */
struct amount lab_at(const struct lab *lab, int role, int step, enum lab_column column)
{
	for (size_t i = lab->nr; i-- > 0;) {
		const struct reading *r = &lab->moments[i].reading[role];

		if (lab->moments[i].step == step)
			return (struct amount){ is_known(r->known, column),
						(int64_t)r->value[column] };
	}
	return (struct amount){ 0 };
}

/**
 * lab_grew() - by how much a number grew
 * @lab: the experiment
 * @role: whose
 * @from: step
 * @to: step
 * @column: which number
 *
 * Return: that.
 */
struct amount lab_grew(const struct lab *lab, int role, int from, int to,
		       enum lab_column column)
{
	struct amount before = lab_at(lab, role, from, column);
	struct amount after = lab_at(lab, role, to, column);

	return (struct amount){ before.known && after.known, after.n - before.n };
}

/**
 * lab_shrank() - by how much it shrank
 * @lab: the experiment
 * @role: whose
 * @from: step
 * @to: step
 * @column: which number
 *
 * Return: that.
 */
struct amount lab_shrank(const struct lab *lab, int role, int from, int to,
			 enum lab_column column)
{
	return lab_grew(lab, role, to, from, column);
}

/**
 * lab_faults() - how many faults there were
 * @lab: the experiment
 * @role: whose
 * @from: step
 * @to: step
 *
 * Return: the minor ones and the major ones.
 */
struct amount lab_faults(const struct lab *lab, int role, int from, int to)
{
	struct amount minor = lab_grew(lab, role, from, to, LAB_COUNTER(minor));
	struct amount major = lab_grew(lab, role, from, to, LAB_COUNTER(major));

	return (struct amount){ minor.known && major.known, minor.n + major.n };
}

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
 * A machine that is busy with other things says nothing about this one: so it is if
 * more pages went to and fro than that.
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
