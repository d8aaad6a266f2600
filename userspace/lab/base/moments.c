// SPDX-License-Identifier: GPL-2.0
/*
 * Numbers as they were after each step of an experiment
 */
#include "lab/base/experiment.h"

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

/* The first reading of a role: what its counters are counted from. */
static const struct reading *first_reading(const struct lab *lab, int role)
{
	for (size_t i = 0; i < lab->nr; i++)
		if (lab->moments[i].reading[role].known)
			return &lab->moments[i].reading[role];
	return NULL;
}

/**
 * lab_shown() - a number as reports show it: counters from the first step on
 * @lab: the experiment
 * @moment: when
 * @role: whose
 * @column: which
 *
 * Return: the number.
 */
struct amount lab_shown(const struct lab *lab, const struct lab_moment *moment, int role,
			enum lab_column column)
{
	const struct reading *r = &moment->reading[role];
	const struct reading *first = first_reading(lab, role);
	struct amount amount = { is_known(r->known, column), (int64_t)r->value[column] };

	if (lab_is_counter(column) && amount.known)
		amount.n -= (int64_t)first->value[column];
	return amount;
}

/**
 * lab_heading() - what a column is called in an experiment
 * @experiment: which
 * @column: which
 *
 * Return: its name.
 */
const char *lab_heading(const struct experiment *experiment, enum lab_column column)
{
	return column == LAB_number ? experiment->number : lab_column_name(column);
}
